package dev.pedidos.tools.proof.torture.load;

/** What a client sets out to do; it ends with a definite answer to each pedido, or in giving up. */
sealed interface ClientTask {

    record Once(PreparedPedido pedido) implements ClientTask {}

    /** Sent again as it was after it was accepted. */
    record Again(PreparedPedido pedido) implements ClientTask {}

    /** Two requests under one id at the same moment, through two APIs; equal or of other content. */
    record Race(PreparedPedido one, PreparedPedido other) implements ClientTask {}

    /** Must be refused, and leave no trace. */
    record Faulty(String pedidoId, String recebedorId, byte[] body) implements ClientTask {}
}
