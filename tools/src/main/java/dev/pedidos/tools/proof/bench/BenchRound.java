package dev.pedidos.tools.proof.bench;

import dev.pedidos.tools.proof.load.EstoqueSender;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One round: the programs start, pedidos are accepted without a worker, two workers drain them, one pedido at a time and in
 * lots, then pedidos come at steady rates.
 */
final class BenchRound {
    private static final int LOTE = 16;
    /** So the drain in lots lasts about as long as the other: the start of a program is the same part of both. */
    private static final int LOTS_TO_ONE = 3;

    private static final int CALM = 100;
    private static final int BUSY = 500;
    private static final int[] BELOW_BUSY = {150, 200, 250, 300, 400};
    private static final int[] ABOVE_BUSY = {750, 1_000, 1_500, 2_000, 3_000, 4_000, 6_000};

    private final BenchPrograms programs;
    private final ProcessorTime processors;
    private final Effects effects;
    private final Duration window;
    private final Consumer<String> say;
    private final BenchPedidos pedidos;
    private final RoundFigures figures = new RoundFigures();

    BenchRound(
            BenchPrograms programs,
            ProcessorTime processors,
            Effects effects,
            long seed,
            Duration window,
            Consumer<String> say) {
        this.programs = programs;
        this.processors = processors;
        this.effects = effects;
        this.pedidos = new BenchPedidos(seed);
        this.window = window;
        this.say = say;
    }

    RoundFigures run() throws IOException, SQLException, InterruptedException {
        var clients = new Clients(start(), pedidos);
        ingest(clients);
        drain("drain", 1);
        say.accept("ingest again, for the lots: they take three times as many in the same time");
        clients.sendAsAnswered(cold().plus(window).multipliedBy(LOTS_TO_ONE));
        drain("drain in lots of " + LOTE, LOTE);
        say.accept("latency at steady rates");
        programs.startWorker(1);
        clients.sendAtRate(BUSY, window.dividedBy(2));
        effects.awaitAll();
        var calm = atRate(clients, CALM);
        latency(calm);
        var busy = atRate(clients, BUSY);
        latency(busy);
        steps(clients, calm, busy);
        memory("under load");
        programs.stopWorker();
        return figures;
    }

    private URI start() throws IOException, InterruptedException {
        say.accept("start of API and worker");
        long start = System.nanoTime();
        URI api = programs.startApi();
        figures.putMillis("API ready after", Duration.ofNanos(System.nanoTime() - start));
        // It registers the tipos, so that the API accepts pedidos without a worker.
        programs.startWorker(1);
        memory("at rest");
        programs.stopWorker();
        EstoqueSender.send(api, BenchPedidos.estoque());
        return api;
    }

    private void memory(String when) {
        ProcessorTime.residentMiB(programs.apiPid()).ifPresent(mib -> figures.put("API " + when + " MiB", mib));
        ProcessorTime.residentMiB(programs.workerPid()).ifPresent(mib -> figures.put("worker " + when + " MiB", mib));
    }

    private void ingest(Clients clients) throws IOException, InterruptedException {
        say.accept("ingest, no worker running");
        figures.put("ingest, cold /s", clients.sendAsAnswered(cold()).perSecond());
        processors.sample();
        var sent = clients.sendAsAnswered(window);
        processors.sample();
        figures.put("ingest /s", sent.perSecond());
        figures.putPercentiles("ingest, answer", sent.answers());
        figures.put("ingest, refused", sent.refused());
        figures.putCost("ingest", processors.between(sent.from(), sent.to()), sent.accepted());
    }

    private Duration cold() {
        return window.dividedBy(2);
    }

    private void drain(String name, int lote) throws IOException, SQLException, InterruptedException {
        say.accept(name);
        long newest = effects.newest();
        // The operating system tells the start of a process by whole seconds only.
        Instant start = Instant.now();
        programs.startWorker(lote);
        effects.awaitAll();
        processors.sample();
        var drained = effects.drainedSince(newest);
        figures.putMillis(name + ", first pedido after", Duration.between(start, drained.first()));
        figures.put(name + " /s", drained.perSecond());
        figures.put(name + ", warm /s", drained.warmPerSecond());
        var spent = processors.between(drained.half(), drained.last());
        spent.keySet().retainAll(EnumSet.of(Part.WORKER, Part.BROKER, Part.DATABASE));
        figures.putCost(name + ", warm", spent, drained.afterHalf());
        programs.stopWorker();
    }

    private void latency(Steady steady) {
        String name = "at " + steady.perSecond() + "/s";
        figures.putPercentiles(name + ", answer", steady.sent().answers());
        figures.putPercentiles(name + ", effect", steady.effect());
    }

    private Steady atRate(Clients clients, int perSecond) throws IOException, SQLException, InterruptedException {
        long newest = effects.newest();
        processors.sample();
        var sent = clients.sendAtRate(perSecond, window);
        processors.sample();
        effects.awaitAll();
        return Steady.of(perSecond, sent, effects.microsSince(newest));
    }

    private void steps(Clients clients, Steady calm, Steady busy)
            throws IOException, SQLException, InterruptedException {
        say.accept("faster and faster, while the effects follow");
        var flat =
                new ArrayList<>(Stream.of(calm, busy).takeWhile(Steady::isFlat).toList());
        if (calm.isFlat()) {
            for (int step : busy.isFlat() ? ABOVE_BUSY : BELOW_BUSY) {
                var next = atRate(clients, step);
                if (!next.isFlat()) {
                    break;
                }
                flat.add(next);
            }
        }
        figures.put(
                "highest rate with p99 of the effect under 100 ms /s",
                flat.isEmpty() ? 0 : flat.getLast().perSecond());
        if (!flat.isEmpty()) {
            var sent = flat.getLast().sent();
            figures.putCost("at that rate", processors.between(sent.from(), sent.to()), sent.accepted());
        }
    }
}
