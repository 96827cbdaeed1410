package dev.pedidos.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.worker.handler.DependencyUnavailable;
import dev.pedidos.worker.handler.PermanentFailure;
import dev.pedidos.worker.handler.TransientFailure;
import java.io.IOException;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

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
        "XX000, TRANSIENT"
    })
    void anErrorOfTheDatabaseIsJudgedByItsCode(String sqlState, FailureKind expected) {
        assertThat(FailureKind.of(new IllegalStateException(new SQLException("said so", sqlState))))
                .isEqualTo(expected);
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

    @Test
    void aConnectionThatIsClosedOrNotToBeHadIsAnOutage() {
        assertThat(FailureKind.of(new IllegalStateException(new SQLException("Connection is closed"))))
                .isEqualTo(FailureKind.OUTAGE);
    }

    @Test
    void aSecondEffectIsADuplicate() {
        var failure = new SQLException(
                "duplicate key value violates unique constraint \"operation_events_one_effect\"", "23505");
        assertThat(FailureKind.of(failure)).isEqualTo(FailureKind.DUPLICATE);
    }
}
