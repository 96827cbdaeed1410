package dev.pedidos.worker.settle;

import dev.pedidos.shared.ledger.turn.Head;
import dev.pedidos.shared.message.Death;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.Version;
import dev.pedidos.shared.protocol.Candidate;
import java.time.Duration;

/** How a step of a delivery ended. The ledger's record of it is committed. {@link Settlement} settles each. */
public sealed interface Ending {

    /**
     * The pedido took effect, or was rejected.
     *
     * @param parkedBehind a pedido behind it is parked: if it is the next one, this worker goes on with it
     */
    record Finished(boolean parkedBehind) implements Ending {}

    /** There was nothing to do for this message. */
    record Skipped(Reason reason) implements Ending {

        /** Why there was nothing to do. */
        public enum Reason {
            /** The pedido is finished. */
            DUPLICATE("duplicate"),
            /** Same id, other content. */
            CONFLICT("conflict"),
            /** A newer attempt or a redrive has its own message. */
            STALE("stale"),
            /** Another pedido of its receiver comes first. */
            PARKED("parked"),
            /** It is not due, and the relay publishes it when it is. */
            EARLY("early");

            private final String label;

            Reason(String label) {
                this.label = label;
            }

            /** As the metric names it. */
            public String label() {
                return label;
            }
        }
    }

    /**
     * Another attempt is scheduled. Until then it holds its receiver's line, if it stands in one.
     *
     * @param suspect the attempt before may have ended its worker
     */
    record Retrying(Pedido pedido, Version next, Duration delay, boolean suspect) implements Ending {}

    /**
     * The pedido waits in the ledger until it may call a dependency. Until then it holds its receiver's line, if it stands in
     * one. No message of it is on the way.
     */
    record Waiting() implements Ending {}

    /** The pedido is given up. */
    record Dead(Pedido pedido, Version version, Death death) implements Ending {}

    /**
     * Nothing was decided: the receiver is busy (another session keeps its lock or a row that its pedido needs, a worker has begun
     * with the pedido, or its lane is full), the database refuses what the pedido needs, or an unexpected fault came before its
     * attempt.
     *
     * @param message is looked at again later
     */
    record SetAside(Candidate message) implements Ending {}

    /** The receiver has had many turns in a row; the other receivers of the shard come first now. */
    record HandedOn(Head head) implements Ending {}

    /** The ledger does not know the pedido. No worker may process it. */
    record Unknown(Candidate message) implements Ending {}

    /** The message is not a pedido. */
    record Unreadable(String fault) implements Ending {}
}
