package dev.pedidos.tools.proof.torture.load;

import dev.pedidos.tools.proof.load.LoadAnswer;
import dev.pedidos.tools.proof.load.Outgoing.Address;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Sends to its receivers one after the other. It waits for a definite answer before it goes on, and repeats requests
 * with an unknown result (no answer, 5xx) under the same id.
 */
final class LoadClient {
    private static final byte[] NOTHING = {'{', '}'};
    private static final int MOST_REPEATS = 30;
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;

    private final List<Entrance> doors;
    private final Recorder recorder;
    private final ExecutorService threads;
    private int turn;

    LoadClient(List<Entrance> doors, Recorder recorder, ExecutorService threads, int first) {
        this.doors = doors;
        this.recorder = recorder;
        this.threads = threads;
        this.turn = first;
    }

    void run(ClientTask errand) throws InterruptedException {
        turn++;
        switch (errand) {
            case ClientTask.Once(PreparedPedido pedido) -> untilKnown(pedido);
            case ClientTask.Again(PreparedPedido pedido) -> {
                untilKnown(pedido);
                untilKnown(pedido);
            }
            case ClientTask.Race(PreparedPedido one, PreparedPedido other) -> {
                var second = threads.submit(() -> send(other, turn + 1));
                send(one, turn);
                await(second);
                // The winner is known only when both have an answer.
                untilKnown(one);
                if (!other.content().equals(one.content())) {
                    untilKnown(other);
                }
            }
            case ClientTask.Cancelled(PreparedPedido pedido) -> {
                var cancelling = threads.submit(() -> cancel(pedido.pedidoId(), turn + 1));
                send(pedido, turn);
                await(cancelling);
                untilKnown(pedido);
            }
            case ClientTask.Cancel(String pedidoId) -> untilKnown(door -> cancel(pedidoId, door));
            case ClientTask.Faulty(String id, String recebedorId, byte[] body) ->
                sendFaulty(new PreparedPedido(id, recebedorId, Address.PEDIDOS, body, "faulty"));
        }
    }

    /** Sends through an API, and gives the status of the answer. */
    @FunctionalInterface
    private interface Sending {
        int through(int door) throws InterruptedException;
    }

    private void untilKnown(PreparedPedido pedido) throws InterruptedException {
        untilKnown(door -> send(pedido, door));
    }

    private void untilKnown(Sending sending) throws InterruptedException {
        long pause = FIRST_PAUSE_MILLIS;
        for (int i = 0; i < MOST_REPEATS && LoadAnswer.isUnknown(sending.through(turn)); i++) {
            turn++;
            TimeUnit.MILLISECONDS.sleep(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    private int cancel(String pedidoId, int door) throws InterruptedException {
        int status = door(door).post("/pedidos/" + pedidoId + "/cancel", NOTHING);
        recorder.recordCancel(pedidoId, status);
        return status;
    }

    private Entrance door(int door) {
        return doors.get(Math.floorMod(door, doors.size()));
    }

    private int send(PreparedPedido pedido, int door) throws InterruptedException {
        long start = System.nanoTime();
        int status = door(door).post(pedido.address().path(), pedido.body());
        recorder.record(pedido, start, System.nanoTime(), status);
        return status;
    }

    private void sendFaulty(PreparedPedido faulty) throws InterruptedException {
        long start = System.nanoTime();
        int status = door(turn).post(faulty.address().path(), faulty.body());
        recorder.recordFaulty(faulty, start, System.nanoTime(), status);
    }

    private static void await(Future<?> other) throws InterruptedException {
        try {
            other.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a request failed other than by the network", e);
        }
    }
}
