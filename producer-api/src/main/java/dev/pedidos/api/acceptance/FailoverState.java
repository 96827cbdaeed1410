package dev.pedidos.api.acceptance;

import java.time.Duration;

/**
 * Decides where new pedidos go. Each state is a value without I/O: it is told the time and which stores are up, and answers
 * with a route or with the next state.
 */
sealed interface FailoverState {

    Route route(StoresUp stores);

    /** The state after a look at the stores. */
    default FailoverState seeing(StoresUp stores) {
        return this;
    }

    /** The state after an insert that failed. */
    default FailoverState insertFailed() {
        return this;
    }

    /** The state after the intake asks new pedidos to wait, so that all in the open queue can be inserted before them. */
    default FailoverState hold(long nanos) {
        return this;
    }

    /** The state after the intake gives up for now: the open queue is not going to be empty soon. */
    default FailoverState release() {
        return this;
    }

    /** The state at this time: a hold that has lasted for longer is over. */
    default FailoverState expired(long nanos, Duration longest) {
        return this;
    }

    /** The state after all that lay in the open queue is inserted, and none was sent there meanwhile. */
    default FailoverState queueInserted() {
        return this;
    }

    /** New pedidos are inserted. */
    record Normal() implements FailoverState {
        @Override
        public Route route(StoresUp stores) {
            return stores.ledgerUp() ? Route.LEDGER : insertFailed().route(stores);
        }

        @Override
        public FailoverState seeing(StoresUp stores) {
            return stores.ledgerUp() ? this : insertFailed();
        }

        @Override
        public FailoverState insertFailed() {
            return new FailedOver();
        }
    }

    /**
     * The broker keeps new pedidos, until everything in the open queue is inserted: a pedido that is inserted at once would
     * overtake one that still lies in the queue.
     */
    record FailedOver() implements FailoverState {

        /** Without the broker nothing reaches a worker before the open queue does, so a pedido may be inserted at once. */
        @Override
        public Route route(StoresUp stores) {
            return switch (stores.broker()) {
                case UP -> Route.BROKER;
                case INTERRUPTED -> stores.ledgerUp() ? Route.HOLD : Route.NONE;
                case DOWN -> stores.ledgerUp() ? Route.LEDGER : Route.NONE;
            };
        }

        @Override
        public FailoverState hold(long nanos) {
            return new Holding(nanos);
        }
    }

    /**
     * New pedidos wait, so that all that lies in the open queue can be inserted before them.
     *
     * @param since by the clock of nanoseconds
     */
    record Holding(long since) implements FailoverState {
        @Override
        public Route route(StoresUp stores) {
            return stores.brokerUp() ? Route.HOLD : release().route(stores);
        }

        @Override
        public FailoverState release() {
            return new FailedOver();
        }

        @Override
        public FailoverState expired(long nanos, Duration longest) {
            return nanos - since > longest.toNanos() ? release() : this;
        }

        @Override
        public FailoverState queueInserted() {
            return new Normal();
        }
    }
}
