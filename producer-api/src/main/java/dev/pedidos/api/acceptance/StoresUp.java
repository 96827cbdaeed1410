package dev.pedidos.api.acceptance;

/** Which stores can be used, as far as is known without asking them. */
record StoresUp(boolean ledgerUp, Broker broker) {

    /** How the broker can be used. */
    enum Broker {
        UP,
        /** Only a connection may be down: it is opened again in a moment. */
        INTERRUPTED,
        DOWN
    }

    boolean brokerUp() {
        return broker == Broker.UP;
    }

    /** For a pedido that waits no longer. */
    StoresUp interruptedAsDown() {
        return broker == Broker.INTERRUPTED ? new StoresUp(ledgerUp, Broker.DOWN) : this;
    }
}
