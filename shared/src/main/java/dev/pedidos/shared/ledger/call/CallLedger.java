package dev.pedidos.shared.ledger.call;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import java.time.Duration;
import java.util.List;

/** Inserts calls. */
public final class CallLedger {
    private static final String RECORD = Sql.named("call_record");

    private final Database database;

    public CallLedger(Database database) {
        this.database = database;
    }

    /** All of them, or none. */
    public void insert(List<CallRecord> calls) {
        database.jdbi().useTransaction(handle -> {
            var batch = handle.prepareBatch(RECORD);
            for (CallRecord call : calls) {
                batch.bind(
                                "ago_ms",
                                Duration.ofNanos(System.nanoTime() - call.endedAt())
                                        .toMillis())
                        .bind("dependencia", call.dependencia())
                        .bind("resultado", call.resultado())
                        .bind("duracao_ms", call.duracao().toMillis())
                        .bind("pedido_id", call.pedidoId())
                        .bind("erro", call.erro())
                        .add();
            }
            batch.execute();
        });
    }
}
