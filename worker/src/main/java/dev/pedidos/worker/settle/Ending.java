package dev.pedidos.worker.settle;

import dev.pedidos.shared.ledger.Version;
import dev.pedidos.shared.message.Death;
import dev.pedidos.shared.message.Pedido;
import java.time.Duration;

/** How a turn ended in the ledger; all of it is committed. */
public sealed interface Ending {

    /** Whether the receiver's next pedido may be waiting parked, so that somebody has to look. */
    boolean nextMayBeParked();

    /** It took effect, or was rejected. */
    record Finished(boolean nextIsParked) implements Ending {
        @Override
        public boolean nextMayBeParked() {
            return nextIsParked;
        }
    }

    /** Nothing was to be done for this message: parked, a duplicate, a conflict, stale, early. */
    record Passed() implements Ending {
        @Override
        public boolean nextMayBeParked() {
            return true;
        }
    }

    /** It will be tried again, and holds its receiver's line meanwhile, if it stands in one. */
    record Retrying(Pedido pedido, Version next, Duration delay) implements Ending {
        @Override
        public boolean nextMayBeParked() {
            return false;
        }
    }

    /** It was given up. */
    record Dead(Pedido pedido, Version version, Death death) implements Ending {
        @Override
        public boolean nextMayBeParked() {
            return true;
        }
    }

    /** The ledger does not know it: no worker may process it. */
    record Unknown() implements Ending {
        @Override
        public boolean nextMayBeParked() {
            return false;
        }
    }

    /** Its receiver's turn, or the pedido itself, is in the hands of a worker that does not let go: nothing was decided. */
    record NotNow() implements Ending {
        @Override
        public boolean nextMayBeParked() {
            return false;
        }
    }
}
