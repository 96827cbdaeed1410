package dev.pedidos.api.acceptance;

/**
 * How many pedidos this instance has sent to the open queue.
 *
 * @param sent since its start
 * @param underWay of these, sent and neither confirmed nor given up
 */
public record OpenQueueTraffic(long sent, long underWay) {
    static final OpenQueueTraffic NONE = new OpenQueueTraffic(0, 0);

    OpenQueueTraffic plus(int more) {
        return new OpenQueueTraffic(sent + more, underWay + more);
    }

    OpenQueueTraffic oneSettled() {
        return new OpenQueueTraffic(sent, underWay - 1);
    }
}
