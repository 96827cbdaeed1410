package dev.pedidos.api.intake;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.accept.IntakeTransaction;
import dev.pedidos.shared.ledger.accept.PedidoInserts;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The ledger as the open queue's intake needs it: whether it can be used, and the transaction that one instance at a time has. */
public final class IntakeLedger {
    private final Database database;
    private final BooleanSupplier up;
    private final PedidoInserts inserts;

    /** @param up whether the ledger can be used, as last seen: it does not ask the database */
    public IntakeLedger(Database database, BooleanSupplier up, PedidoInserts inserts) {
        this.database = database;
        this.up = up;
        this.inserts = inserts;
    }

    boolean isUp() {
        return up.getAsBoolean();
    }

    /** Empty if another instance has it. */
    Optional<IntakeTransaction> tryBegin() {
        return IntakeTransaction.tryBegin(database, inserts);
    }
}
