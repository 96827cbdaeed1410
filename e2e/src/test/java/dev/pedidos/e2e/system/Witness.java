package dev.pedidos.e2e.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.tools.proof.laws.HistoryLaws;
import dev.pedidos.tools.proof.laws.LedgerLaws;
import dev.pedidos.tools.proof.laws.Verdict;
import dev.pedidos.tools.proof.ledger.Drain;
import dev.pedidos.tools.proof.ledger.Ledger;
import dev.pedidos.tools.proof.ledger.LedgerPedidos;
import dev.pedidos.tools.proof.ledger.RefusedContents;
import dev.pedidos.tools.proof.load.ClientHistory;
import dev.pedidos.tools.proof.load.LoadAnswer;
import dev.pedidos.tools.proof.load.Outgoing;
import dev.pedidos.tools.proof.load.Sender;
import dev.pedidos.tools.proof.load.SentPedido;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client that remembers what it sent and the answers, and compares them with the ledger at the end. */
public final class Witness {

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final TestSystem system;
    private final List<LoadAnswer> answers = new CopyOnWriteArrayList<>();

    public Witness(TestSystem system) {
        this.system = system;
    }

    /** Sends these in order, this many at once, to the programs in turn; returns when all are answered. */
    public void send(List<TestProgram> apis, int concurrency, List<String> bodies) throws Exception {
        send(apis, concurrency, 0, bodies.iterator());
    }

    private void send(List<TestProgram> apis, int concurrency, int perSecond, Iterator<String> left) throws Exception {
        new Sender(apis.stream().map(TestProgram::url).toList(), concurrency, perSecond)
                .send(
                        () -> left.hasNext() ? new Outgoing(0, left.next().getBytes(StandardCharsets.UTF_8)) : null,
                        answers::add);
    }

    /** As {@link #send}, while the test goes on. */
    public CompletableFuture<Void> sending(List<TestProgram> apis, int concurrency, List<String> bodies) {
        return sending(apis, concurrency, 0, bodies.iterator());
    }

    /** As {@link #send}, while the test goes on, at most this many per second. */
    public CompletableFuture<Void> sending(
            List<TestProgram> apis, int concurrency, int perSecond, Iterator<String> bodies) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        send(apis, concurrency, perSecond, bodies);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                Thread::startVirtualThread);
    }

    /** As if an API had answered this with 202 and put it directly into a queue. */
    public void wasToldAccepted(String body) {
        long now = System.nanoTime();
        answers.add(new LoadAnswer(new Outgoing(0, body.getBytes(StandardCharsets.UTF_8)), now, now, 202, "", 0));
    }

    public long answered() {
        return answers.size();
    }

    public long accepted() {
        return answers.stream().filter(LoadAnswer::isAccepted).count();
    }

    /** The longest wait for an answer, but for the slowest: among this many percent of the answers. */
    public Duration slowest(int percent) {
        var waits = answers.stream()
                .mapToLong(each -> each.endNanos() - each.startNanos())
                .sorted()
                .toArray();
        return Duration.ofNanos(waits[(waits.length - 1) * percent / 100]);
    }

    /** Waits until all pedidos are final, then checks the ledger alone and against the client's history. */
    public List<Verdict> verdicts(Duration patience) throws Exception {
        var history = ClientHistory.of(answers);
        awaitNoted(history, patience);
        var url = DatabaseUrl.parse(system.stores().databaseAdminUrl());
        try (var live = Ledger.connect(url)) {
            Drain.await(live, patience, () -> true, progress -> {});
        }
        try (var broker = system.broker();
                var snapshot = Ledger.snapshot(url)) {
            List<Verdict> verdicts = new ArrayList<>(LedgerLaws.checkRunning(snapshot));
            verdicts.addAll(new QueueLaws(system, broker, patience).check());
            verdicts.addAll(new HistoryLaws(history, LedgerPedidos.read(snapshot))
                    .checkUnderFaults(RefusedContents.read(snapshot)));
            return verdicts;
        }
    }

    /**
     * The ledger does not know a pedido that was accepted without it for a while: it is in pedidos_queue, or the
     * intake has it.
     */
    private void awaitNoted(ClientHistory history, Duration patience) throws InterruptedException {
        var missing = new HashSet<String>();
        history.pedidos().values().stream()
                .filter(SentPedido::isAccepted)
                .map(SentPedido::pedidoId)
                .forEach(missing::add);
        long end = System.nanoTime() + patience.toNanos();
        inserted().forEach(missing::remove);
        while (!missing.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(LOOK_EVERY);
            inserted().forEach(missing::remove);
        }
    }

    private List<String> inserted() {
        return system.ledger()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select pedido_id from pedidos")
                        .mapTo(String.class)
                        .list());
    }

    /** For a system with the usual settings: nothing in it waits longer than this for the relay or an operator. */
    public void assertEveryLawHolds() throws Exception {
        assertThat(verdicts(Duration.ofSeconds(90)))
                .isNotEmpty()
                .allSatisfy(verdict ->
                        assertThat(verdict.violations()).as(verdict.toString()).isZero());
    }
}
