package dev.pedidos.api.acceptance;

/**
 * How many pedidos this instance has sent to the open queue.
 *
 * @param sent since its start
 * @param underWay of these, sent and neither confirmed nor given up
 */
public record Traffic(long sent, long underWay) {
    static final Traffic NONE = new Traffic(0, 0);

    Traffic plus(int more) {
        return new Traffic(sent + more, underWay + more);
    }

    Traffic oneSettled() {
        return new Traffic(sent, underWay - 1);
    }
}
