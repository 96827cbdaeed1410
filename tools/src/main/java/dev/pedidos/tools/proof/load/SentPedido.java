package dev.pedidos.tools.proof.load;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** All sendings of one pedido_id. */
public final class SentPedido {

    /** One sending and its answer; content is the hex form of its payload hash. */
    public record Sending(String content, LoadAnswer answer) {}

    private final String pedidoId;
    private final String recebedorId;
    private final boolean orderPromised;
    private final List<Sending> sendings = new ArrayList<>(1);

    public SentPedido(String pedidoId, String recebedorId) {
        this(pedidoId, recebedorId, true);
    }

    /** @param orderPromised false: sent over AMQP, where the sender does not learn the order of acceptance */
    public SentPedido(String pedidoId, String recebedorId, boolean orderPromised) {
        this.pedidoId = pedidoId;
        this.recebedorId = recebedorId;
        this.orderPromised = orderPromised;
    }

    public boolean isOrderPromised() {
        return orderPromised;
    }

    public void add(String content, LoadAnswer answer) {
        sendings.add(new Sending(content, answer));
    }

    public String pedidoId() {
        return pedidoId;
    }

    public String recebedorId() {
        return recebedorId;
    }

    public List<Sending> sendings() {
        return sendings;
    }

    /** Over all contents: it is unknown which of them was inserted, so the earliest counts. */
    public long firstStartNanos() {
        return sendings.stream()
                .mapToLong(sending -> sending.answer().startNanos())
                .min()
                .orElseThrow();
    }

    public boolean isAccepted() {
        return sendings.stream().anyMatch(sending -> sending.answer().isAccepted());
    }

    /** When the client first knew that this content was accepted. */
    public OptionalLong acceptedNanos(String content) {
        return sendings.stream()
                .filter(sending ->
                        sending.answer().isAccepted() && sending.content().equals(content))
                .mapToLong(sending -> sending.answer().endNanos())
                .min();
    }

    /** The accepted contents, without repetitions; more than one is a fault. */
    public List<String> acceptedContents() {
        return sendings.stream()
                .filter(sending -> sending.answer().isAccepted())
                .map(Sending::content)
                .distinct()
                .toList();
    }
}
