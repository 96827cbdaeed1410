package dev.pedidos.tools.proof.torture.load;

/** A task of a client. It ends with a definite answer to each pedido, or is given up. */
sealed interface ClientTask {

    record Once(PreparedPedido pedido) implements ClientTask {}

    /** Sent again unchanged after it was accepted. */
    record Again(PreparedPedido pedido) implements ClientTask {}

    /** Two requests with one id at the same moment, through two APIs, with equal or different content. */
    record Race(PreparedPedido one, PreparedPedido other) implements ClientTask {}

    /** Sent, and cancelled at the same moment through another API. */
    record Cancelled(PreparedPedido pedido) implements ClientTask {}

    /** A pedido that was sent before, or never was, is cancelled. */
    record Cancel(String pedidoId) implements ClientTask {}

    /** Must be refused, and leave no trace. */
    record Faulty(String pedidoId, String recebedorId, byte[] body) implements ClientTask {}
}
