package dev.pedidos.worker.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.shared.ledger.call.CallRecord;
import dev.pedidos.worker.handler.DependencyUnavailable;
import dev.pedidos.worker.handler.PermanentFailure;
import dev.pedidos.worker.handler.TransientFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.Test;

class RecordingCallsTest {

    private static final int MOST_KEPT = 1_000;

    private final List<CallRecord> ledger = new ArrayList<>();
    private boolean databaseIsDown;
    private long now;
    private final RecordingCalls calls = new RecordingCalls("p-1", new CallJournal(this::insert), () -> now);

    private void insert(List<CallRecord> batch) {
        if (databaseIsDown) {
            throw new ConnectionException(new SQLException("the server is gone", "08006"));
        }
        ledger.addAll(batch);
    }

    @Test
    void aCallIsOnRecordBeforeItsHandlerGoesOn() throws Exception {
        String answer = calls.call("erp", () -> {
            now += Duration.ofMillis(30).toNanos();
            return "answered";
        });

        assertThat(answer).isEqualTo("answered");
        assertThat(ledger).containsExactly(new CallRecord("erp", "p-1", "OK", Duration.ofMillis(30), now, null));
    }

    @Test
    void aCallThatFailsIsOnRecordAndFailsAsItDid() {
        fail(new DependencyUnavailable("erp", "connection refused"));
        fail(new PermanentFailure("no such account"));
        fail(new InterruptedException());
        fail(new TransientFailure("answered 500 about 11222333000181\u0000"));

        assertThat(ledger)
                .extracting(CallRecord::resultado)
                .containsExactly("INDISPONIVEL", "RECUSADA", "INTERROMPIDA", "FALHA");
        assertThat(ledger.getLast().erro())
                .startsWith("TransientFailure: answered 500 about ***")
                .doesNotContain("\u0000");
    }

    @Test
    void whatAnotherDatabaseSaysOfARowIsNotOnRecord() {
        String row = "Detail: Failing row contains (42, Maria).";
        var said = new SQLException(row, "23514");
        fail(said);
        fail(new TransientFailure(row, said));

        assertThat(ledger)
                .extracting(CallRecord::erro)
                .containsOnly("SQLException: SQLSTATE 23514 of another database");
    }

    private void fail(Exception failure) {
        assertThatThrownBy(() -> calls.call("erp", () -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }

    @Test
    void aCallThatCannotBeRecordedIsRecordedWithTheNextOne() throws Exception {
        databaseIsDown = true;
        assertThat(calls.call("erp", () -> 1)).isEqualTo(1);
        assertThat(calls.call("mail", () -> 2)).isEqualTo(2);
        databaseIsDown = false;

        calls.call("erp", () -> 3);

        assertThat(ledger).extracting(CallRecord::dependencia).containsExactly("erp", "mail", "erp");
    }

    @Test
    void ofTheCallsThatCannotBeRecordedTheOldestAreGivenUp() throws Exception {
        databaseIsDown = true;
        for (int i = 0; i < MOST_KEPT + 5; i++) {
            calls.call("erp-" + i, () -> 1);
        }
        databaseIsDown = false;

        calls.call("last", () -> 1);

        assertThat(ledger).hasSize(MOST_KEPT + 1);
        assertThat(ledger.getFirst().dependencia()).isEqualTo("erp-5");
    }
}
