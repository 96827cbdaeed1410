package dev.pedidos.tools.proof.torture.load;

/** What a client sets out to do; it ends with a definite answer to each pedido, or in giving up. */
sealed interface Errand {

    record Once(Made pedido) implements Errand {}

    /** Sent again as it was after it was accepted. */
    record Again(Made pedido) implements Errand {}

    /** Two requests under one id at the same moment, through two APIs; equal or of other content. */
    record Race(Made one, Made other) implements Errand {}

    /** Must be refused, and leave no trace. */
    record Faulty(String pedidoId, String recebedorId, byte[] body) implements Errand {}
}
