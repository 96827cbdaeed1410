package dev.pedidos.tools.proof.torture.load;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.load.ClientHistory;
import dev.pedidos.tools.proof.load.LoadAnswer;
import dev.pedidos.tools.proof.load.Outgoing;
import dev.pedidos.tools.proof.load.SentPedido;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Records every request and its answer without the bodies, and writes them to a file for a closer look. */
public final class Recorder implements AutoCloseable {
    /** Bodies of some hundred thousand pedidos are not kept; the hashes of their contents are. */
    private static final Outgoing UNKEPT = new Outgoing(0, new byte[0]);

    private final Map<String, SentPedido> pedidos = new LinkedHashMap<>();
    private final SortedMap<Integer, Long> byStatus = new TreeMap<>();
    private final SortedMap<Integer, Long> byConfirm = new TreeMap<>();
    private final SortedMap<Integer, Long> byCancel = new TreeMap<>();
    private final Set<String> cancelled = new HashSet<>();
    private final List<LoadAnswer> faulty = new ArrayList<>();
    private final BufferedWriter file;

    public Recorder(Path file) throws IOException {
        this.file = Files.newBufferedWriter(file);
    }

    void record(PreparedPedido pedido, long startNanos, long endNanos, int status) {
        record(pedido, true, startNanos, endNanos, status);
    }

    /** Sent over AMQP: accepted if the broker has confirmed it, without a known order. */
    void recordForeign(PreparedPedido pedido, long startNanos, long endNanos, int status) {
        record(pedido, false, startNanos, endNanos, status);
    }

    /** A body that is no pedido: nothing may come of it. */
    synchronized void recordFaulty(PreparedPedido body, long startNanos, long endNanos, int status) {
        byStatus.merge(status, 1L, Long::sum);
        faulty.add(new LoadAnswer(UNKEPT, startNanos, endNanos, status, body.pedidoId(), 0));
        write(body, startNanos, endNanos, status);
    }

    synchronized void recordCancel(String pedidoId, int status) {
        byCancel.merge(status, 1L, Long::sum);
        if (status == 202) {
            cancelled.add(pedidoId);
        }
    }

    /** Pedidos whose cancellation was answered 202. */
    public synchronized Set<String> cancelled() {
        return Set.copyOf(cancelled);
    }

    /** The number of cancellations by status; 0: no answer. */
    public synchronized SortedMap<Integer, Long> byCancel() {
        return new TreeMap<>(byCancel);
    }

    private synchronized void record(
            PreparedPedido pedido, boolean orderPromised, long startNanos, long endNanos, int status) {
        if (orderPromised) {
            byStatus.merge(status, 1L, Long::sum);
        } else {
            byConfirm.merge(status, 1L, Long::sum);
        }
        pedidos.computeIfAbsent(pedido.pedidoId(), id -> new SentPedido(id, pedido.recebedorId(), orderPromised))
                .add(pedido.content(), new LoadAnswer(UNKEPT, startNanos, endNanos, status, "", 0));
        write(pedido, startNanos, endNanos, status);
    }

    private void write(PreparedPedido pedido, long startNanos, long endNanos, int status) {
        try {
            file.write(RootLocale.format(
                    "{\"pedido_id\":\"%s\",\"recebedor_id\":\"%s\",\"content\":\"%s\",\"start\":%d,\"end\":%d,\"status\":%d}%n",
                    pedido.pedidoId(), pedido.recebedorId(), pedido.content(), startNanos, endNanos, status));
        } catch (IOException e) {
            throw new UncheckedIOException("the history cannot be written", e);
        }
    }

    /** The number of requests by status; 0: no answer. */
    public synchronized SortedMap<Integer, Long> byStatus() {
        return new TreeMap<>(byStatus);
    }

    /** Messages over AMQP; 202: confirmed, 0: unknown. */
    public synchronized SortedMap<Integer, Long> byConfirm() {
        return new TreeMap<>(byConfirm);
    }

    public synchronized ClientHistory history() {
        return new ClientHistory(pedidos, List.copyOf(faulty));
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
