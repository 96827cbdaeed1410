package dev.pedidos.api;

import dev.pedidos.api.acceptance.Absence;
import dev.pedidos.api.acceptance.Acceptor;
import dev.pedidos.api.acceptance.Failover;
import dev.pedidos.api.cancel.CancelRoute;
import dev.pedidos.api.estoque.EstoqueRoutes;
import dev.pedidos.api.http.BodyKind;
import dev.pedidos.api.http.Bulkheads;
import dev.pedidos.api.http.HttpServer;
import dev.pedidos.api.http.LargeAnswers;
import dev.pedidos.api.http.RequestPath;
import dev.pedidos.api.http.Routes;
import dev.pedidos.api.intake.KnownTipos;
import dev.pedidos.api.intake.PedidoRequestReader;
import dev.pedidos.api.intake.PostPedido;
import dev.pedidos.api.operate.AuditRoutes;
import dev.pedidos.api.operate.ProbeRoutes;
import dev.pedidos.api.operations.OperationAnswers;
import dev.pedidos.api.operations.OperationRoutes;
import dev.pedidos.api.operations.PostOperation;
import dev.pedidos.api.prefer.Awaitable;
import dev.pedidos.api.prefer.FinalStatePoller;
import dev.pedidos.api.prefer.PreferWait;
import dev.pedidos.api.status.PedidoAnswer;
import dev.pedidos.api.status.PedidoRoutes;
import dev.pedidos.api.tasks.PostBatch;
import dev.pedidos.api.webhooks.WebhookRoutes;
import dev.pedidos.shared.ledger.cancel.Cancellations;
import dev.pedidos.shared.ledger.estoque.EstoqueLedger;
import dev.pedidos.shared.ledger.fleet.TipoRegistry;
import dev.pedidos.shared.ledger.read.AuditReads;
import dev.pedidos.shared.ledger.read.OperationReads;
import dev.pedidos.shared.ledger.read.PedidoReads;
import dev.pedidos.shared.ledger.read.WebhookReads;
import dev.pedidos.shared.ledger.webhook.WebhookLedger;
import dev.pedidos.shared.message.Limits;
import dev.pedidos.shared.runtime.MemoryBudget;
import dev.pedidos.shared.runtime.Probes;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Request;

/** The part of the producer that clients talk to, put together. */
record HttpParts(
        HttpServer server,
        Bulkheads bulkheads,
        FinalStatePoller poller,
        StreamParts streams,
        KnownTipos tipos,
        Probes probes) {

    /** The addresses whose bodies are lists of thousands. */
    private static final Set<String> LISTS = Set.of(EstoqueRoutes.PATH, PostBatch.PATH);

    /** Nothing answers yet. */
    static HttpParts prepare(ApiContext context, PublishingParts publishing, Failover failover) {
        var config = context.config();
        var stores = context.stores();
        var lifecycle = context.lifecycle();
        var probes = new Probes(stores::ledgerIsUp, publishing.broker()::isUp).measuredBy(context.metrics());
        probes.watchNotReady(() -> lifecycle.isLeaving() || failover.takesNothing());
        var server = new HttpServer(
                config.host(),
                config.port(),
                config.names(),
                kinds(context.memory()),
                context.memory().unreadAnswers(),
                context.memory().connections(),
                config.fleet().drain(),
                context.metrics());
        var bulkheads = Bulkheads.of(server.threads());
        lifecycle.onStop("database bulkheads", bulkheads::close);
        lifecycle.onStop("HTTP server", server::close);
        var poller = new FinalStatePoller(
                stores::ledgerIsUp, context.memory().waitingRequests(), server.threads(), context.metrics());
        lifecycle.onStop("waiting requests", poller::close);
        poller.start();
        return new HttpParts(server, bulkheads, poller, StreamParts.start(context, server), tipos(context), probes);
    }

    private static KnownTipos tipos(ApiContext context) {
        var stores = context.stores();
        var registry = new TipoRegistry(stores.database());
        var tipos = new KnownTipos(
                context.config().builtInTipos(),
                () -> stores.whileLedgerIsUp(registry::registered),
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name("tipos").daemon().factory()),
                System::nanoTime);
        context.lifecycle().run("tipos", tipos.loop(stores::ledgerIsUp));
        return tipos;
    }

    /** @return the port that it listens on */
    int open(ApiContext context, PublishingParts publishing, AcceptanceParts acceptance, OperatingParts operating) {
        // Answers about pedidos and operations share this memory.
        var answers = new LargeAnswers(context.memory().answers());
        var absence = new Absence(acceptance.failover()::hasInsertedAll);
        server.open(Stream.of(
                        pedidos(context, acceptance.acceptor(), absence, answers),
                        operations(context, acceptance.acceptor(), absence, answers),
                        TaskParts.routes(context, publishing, acceptance, bulkheads, server.threads()),
                        operating.routes(bulkheads),
                        others(context))
                .flatMap(List::stream)
                .toList());
        return server.port();
    }

    private List<Routes> pedidos(ApiContext context, Acceptor acceptor, Absence absence, LargeAnswers answers) {
        var stores = context.stores();
        var pedidos = new PedidoReads(stores.database(), context.memory().batchBytes());
        var pedido = new PedidoAnswer(pedidos, absence, answers);
        return List.of(
                new PostPedido(
                        new PedidoRequestReader(context.config().callbackHosts()),
                        tipos,
                        acceptor,
                        new PreferWait(poller, new Awaitable(pedidos::finished, pedido::of), bulkheads.lookups()),
                        server.threads()),
                new PedidoRoutes(
                        pedidos,
                        absence,
                        pedido,
                        bulkheads,
                        new LargeAnswers(context.memory().pages())),
                new CancelRoute(
                        new Cancellations(stores.database()),
                        stores::ledgerIsUp,
                        acceptor,
                        new PreferWait(poller, new Awaitable(pedidos::cancelled, pedido::of), bulkheads.lookups()),
                        bulkheads,
                        server.threads()),
                streams.routes(server, absence));
    }

    private List<Routes> operations(ApiContext context, Acceptor acceptor, Absence absence, LargeAnswers answers) {
        var operations =
                new OperationReads(context.stores().database(), context.memory().batchBytes());
        var closed = new PreferWait(
                poller,
                new Awaitable(operations::finished, new OperationAnswers(operations, answers)::read),
                bulkheads.lookups());
        return List.of(
                new PostOperation(acceptor, closed, server.threads()),
                new OperationRoutes(operations, absence, bulkheads));
    }

    private List<Routes> others(ApiContext context) {
        var database = context.stores().database();
        int pageBytes = context.memory().batchBytes();
        return List.of(
                new EstoqueRoutes(new EstoqueLedger(database), bulkheads),
                new AuditRoutes(new AuditReads(database, pageBytes), bulkheads),
                new WebhookRoutes(new WebhookReads(database, pageBytes), new WebhookLedger(database), bulkheads),
                new ProbeRoutes(probes, context.telemetry()));
    }

    private static Function<Request, BodyKind> kinds(MemoryBudget memory) {
        var usual = new BodyKind(Limits.BODY_BYTES, memory.pedidosComing(), memory.pedidosInHand());
        var lists = new BodyKind(Limits.BATCH_BODY_BYTES, memory.listsComing(), memory.listsInHand());
        return request -> LISTS.contains(RequestPath.of(request)) ? lists : usual;
    }
}
