package dev.pedidos.worker.delivery;

/** Where the pedido of a delivery is worked on. */
enum DeliveryRoute {
    /** On the shard's thread: the ordinary route. */
    ON_SHARD,
    /** On the shard's thread, too, but of these a shard works on one at a time. */
    ON_SHARD_ALONE,
    /** In its receiver's lane. */
    IN_LANE,
    /** Its receiver has pedidos in a lane: it is only looked at. */
    LOOK_ONLY;

    /** The state of the receiver's lane when a message comes. */
    enum LaneState {
        NONE,
        /** It has not begun, so that pedidos like this one can join. */
        WAITS_FOR_IT,
        HAS_ROOM,
        IS_FULL
    }

    static DeliveryRoute of(LaneState lane, boolean handlerWaits, boolean suspect) {
        return switch (lane) {
            case NONE -> withoutLane(handlerWaits, suspect);
            case WAITS_FOR_IT -> IN_LANE;
            case HAS_ROOM -> suspect ? LOOK_ONLY : IN_LANE;
            case IS_FULL -> LOOK_ONLY;
        };
    }

    private static DeliveryRoute withoutLane(boolean handlerWaits, boolean suspect) {
        if (handlerWaits) {
            return IN_LANE;
        }
        return suspect ? ON_SHARD_ALONE : ON_SHARD;
    }
}
