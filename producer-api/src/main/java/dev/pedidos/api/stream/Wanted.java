package dev.pedidos.api.stream;

/** Which events a client listens to. */
sealed interface Wanted {

    /** Those of one pedido, from the first one to its end. */
    record OfPedido(String pedidoId) implements Wanted {}

    /** Those of all pedidos of a receiver. */
    record OfRecebedor(String recebedorId) implements Wanted {}
}
