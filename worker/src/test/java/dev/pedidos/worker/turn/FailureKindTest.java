package dev.pedidos.worker.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.worker.execution.TimeLimit;
import dev.pedidos.worker.handler.DependencyUnavailable;
import dev.pedidos.worker.handler.PermanentFailure;
import dev.pedidos.worker.handler.TransientFailure;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureKindTest {

    @ParameterizedTest
    @CsvSource({
        "08006, OUTAGE",
        "40001, CONTENTION",
        "40P01, CONTENTION",
        "55P03, CONTENTION",
        "57014, CANCELLED",
        "57P01, OUTAGE",
        "25006, OUTAGE",
        "53100, OUTAGE",
        "53300, OUTAGE",
        "58030, OUTAGE",
        "22P02, PERMANENT",
        "23514, PERMANENT",
        "23505, PERMANENT",
        "42P01, PERMANENT",
        "42501, PERMANENT",
        "25P04, CANCELLED",
        "28P01, OUTAGE",
        "57P05, OUTAGE",
        "54000, PERMANENT",
        "XX000, TRANSIENT"
    })
    void anErrorOfTheDatabaseIsJudgedByItsCode(String sqlState, FailureKind expected) {
        assertThat(FailureKind.of(new IllegalStateException(ledger("said so", sqlState))))
                .isEqualTo(expected);
    }

    private static SQLException ledger(String message, String sqlState) {
        return LedgerFault.markedAsLedgers(new SQLException(message, sqlState));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void anotherFailureIsJudgedByItsType(Throwable failure, FailureKind expected) {
        assertThat(FailureKind.of(failure)).isEqualTo(expected);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new TransientFailure("later"), FailureKind.TRANSIENT),
                Arguments.of(new PermanentFailure("never"), FailureKind.PERMANENT),
                Arguments.of(new DependencyUnavailable("erp", "down"), FailureKind.UNAVAILABLE),
                Arguments.of(new IOException("cut"), FailureKind.TRANSIENT),
                Arguments.of(new IllegalStateException("?"), FailureKind.TRANSIENT),
                Arguments.of(new StackOverflowError(), FailureKind.TRANSIENT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "08001", "28P01", "42P01", "40001", "57014", "23505", "22P02"})
    void theFailureOfAnotherDatabaseIsTheHandlersOwn(String sqlState) {
        var erp = new SQLException("relation \"pedidos\" does not exist, operation_events_one_effect", sqlState);
        assertThat(FailureKind.of(erp)).isEqualTo(FailureKind.TRANSIENT);
        assertThat(FailureKind.of(new IllegalStateException(erp))).isEqualTo(FailureKind.TRANSIENT);
    }

    @Test
    void aHandlerThatHangsInAnotherDatabaseHasUsedItsTime() {
        var over = catchThrowable(() -> new TimeLimit(Duration.ofMillis(50)).within(() -> {
            try {
                new CountDownLatch(1).await();
                return "";
            } catch (InterruptedException e) {
                throw new SQLException("closed by interrupt", "08006", e);
            }
        }));
        assertThat(over).isInstanceOf(TimeLimit.OverTime.class);
        assertThat(FailureKind.of(over)).isEqualTo(FailureKind.TRANSIENT);
    }

    @Test
    void aConnectionThatIsClosedOrNotToBeHadIsAnOutage() {
        assertThat(FailureKind.of(new IllegalStateException(ledger("Connection is closed", ""))))
                .isEqualTo(FailureKind.OUTAGE);
    }

    @ParameterizedTest
    @CsvSource({
        "42501, permission denied for table estoque",
        "42P01, relation \"reservas\" does not exist",
        "42P01, relation \"public.operation_events\" does not exist",
        "42501, permission denied for function pg_advisory_xact_lock",
        "42501, permissão negada para tabela pedidos"
    })
    void whatIsMissingOfTheLedgerIsNoFaultOfThePedido(String sqlState, String message) {
        assertThat(FailureKind.of(ledger(message, sqlState))).isEqualTo(FailureKind.OUTAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"relation \"pedidos_extra\" does not exist", "relation \"erp.pedidos\" does not exist"})
    void whatIsMissingOfAHandlersOwnIsItsFault(String message) {
        assertThat(FailureKind.of(ledger(message, "42P01"))).isEqualTo(FailureKind.PERMANENT);
    }

    @Test
    void aTransactionThatHadFailedIsJudgedByWhatItFailedOf() {
        var failure = ledger("current transaction is aborted", "25P02");
        failure.initCause(ledger("serialization", "40001"));
        assertThat(FailureKind.of(failure)).isEqualTo(FailureKind.CONTENTION);
    }

    @Test
    void aSecondEffectIsADuplicate() {
        var failure = ledger("duplicate key value violates unique constraint \"operation_events_one_effect\"", "23505");
        assertThat(FailureKind.of(failure)).isEqualTo(FailureKind.DUPLICATE);
    }

    @ParameterizedTest
    @CsvSource({"08006, CANCELLED", "57014, TRANSIENT"})
    void aHandlerWhoseTimeEndsWhileTheDatabaseHangsIsRepeatedAFewTimes(String sqlState, FailureKind expected) {
        var limit = new TimeLimit(Duration.ofMillis(50));
        var over = catchThrowable(() -> limit.within(() -> {
            try {
                new CountDownLatch(1).await();
                return "";
            } catch (InterruptedException e) {
                throw ledger("the statement did not end", sqlState);
            }
        }));
        assertThat(over).isInstanceOf(TimeLimit.OverTime.class);
        assertThat(FailureKind.of(over)).isEqualTo(expected);
    }

    @Test
    void aHandlerWhoseTimeEndsWhileItsDependencyIsDownIsPutOff() {
        var limit = new TimeLimit(Duration.ofMillis(50));
        var down = catchThrowable(() -> limit.within(() -> {
            try {
                new CountDownLatch(1).await();
                return "";
            } catch (InterruptedException e) {
                throw new DependencyUnavailable("erp", "it hangs", e);
            }
        }));
        assertThat(down).isInstanceOf(TimeLimit.OverTime.class);
        assertThat(FailureKind.of(down)).isEqualTo(FailureKind.UNAVAILABLE);
    }
}
