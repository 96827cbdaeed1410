package dev.pedidos.shared.broker.message;

/** Whether an earlier delivery of a pedido may have ended a worker: the value of {@link OutboundMessage#REENTREGUE}. */
public enum Suspicion {
    NONE(0),
    /** At the pedido itself. */
    OWN(1),
    /** At the pedido itself, or at one that the delivery found behind it. */
    WITH_FOLLOWERS(2);

    private final int header;

    Suspicion(int header) {
        this.header = header;
    }

    public static Suspicion ownIf(boolean suspect) {
        return suspect ? OWN : NONE;
    }

    static Suspicion ofHeader(long value) {
        return value == WITH_FOLLOWERS.header ? WITH_FOLLOWERS : ownIf(value > 0);
    }

    int header() {
        return header;
    }
}
