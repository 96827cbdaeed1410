package dev.pedidos.tools.proof.replay;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HexFormat;

/** Writes folded operations into the tables of schema replay, many rows at once. */
final class OperationTables implements AutoCloseable {
    private static final int AT_ONCE = 2_000;
    private static final String OPERATION = "insert into replay.operations values (?, ?, ?, ?, ?, ?)";
    private static final String OUTCOME = "insert into replay.operation_outcomes values (?, ?, ?, ?, ?, ?)";

    private static final String DROPPED = "insert into replay.dropped_operations values (?)";

    private final PreparedStatement operations;
    private final PreparedStatement outcomes;
    private final PreparedStatement dropped;
    private int gathered;

    OperationTables(Connection ledger) throws SQLException {
        this.operations = ledger.prepareStatement(OPERATION);
        this.outcomes = ledger.prepareStatement(OUTCOME);
        this.dropped = ledger.prepareStatement(DROPPED);
    }

    void add(Operations.Replayed operation) throws SQLException {
        if (operation.complete()) {
            gather(operation);
        } else {
            dropped.setString(1, operation.externalId());
            dropped.addBatch();
            gathered++;
        }
        if (gathered >= AT_ONCE) {
            flush();
        }
    }

    private void gather(Operations.Replayed operation) throws SQLException {
        operations.setString(1, operation.externalId());
        operations.setString(2, operation.recebedorId());
        operations.setString(3, operation.status());
        operations.setLong(4, operation.fold().operation().version());
        operations.setObject(5, operation.valorCentavos(), Types.BIGINT);
        operations.setString(6, operation.fold().operation().motivo());
        operations.addBatch();
        gathered++;
        for (var outcome : operation.fold().outcomes()) {
            if (outcome.verdict() != null) {
                outcomes.setString(1, operation.externalId());
                outcomes.setString(2, outcome.event().type().name());
                outcomes.setBytes(3, HexFormat.of().parseHex(outcome.event().payloadHash()));
                outcomes.setLong(4, outcome.eventId());
                outcomes.setString(5, outcome.estado());
                outcomes.setString(6, outcome.motivo());
                outcomes.addBatch();
                gathered++;
            }
        }
    }

    private void flush() throws SQLException {
        operations.executeBatch();
        outcomes.executeBatch();
        dropped.executeBatch();
        gathered = 0;
    }

    @Override
    public void close() throws SQLException {
        try (operations;
                outcomes;
                dropped) {
            flush();
        }
    }
}
