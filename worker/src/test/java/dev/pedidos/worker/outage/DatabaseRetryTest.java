package dev.pedidos.worker.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.pedidos.shared.broker.DeliveryPaused;
import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.ledger.Database;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a statement of ours is tried again in place. */
class DatabaseRetryTest {

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    /** No server listens there; the steps fail as a server would make them fail. */
    private final Database database = new Database(
            "test", () -> new DatabaseUrl("jdbc:postgresql://127.0.0.1:1/none", "none", "", Map.of()), 1, metrics);

    private final DatabaseBreaker breaker = new DatabaseBreaker(new DatabaseState(() -> false, () -> false), metrics);
    private final DatabaseRetry retry = new DatabaseRetry(breaker);
    private int tries;

    @AfterEach
    void close() {
        breaker.close();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "25006", "28P01", "40001", "42501", "42P01", "42703", "53300", "55P03", "57014"})
    void whatIsPutRightIsDoneInTheSamePlace(String state) {
        assertThat(retry.untilDatabaseAnswers(() -> failing(state, 2))).isEqualTo("done");
        assertThat(tries).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"22021, 1", "23514, 1", "54000, 1", "XX000, 5", "P0001, 5"})
    void whatIsRefusedForGoodDoesNotHoldItsShard(String state, int expected) {
        assertThatThrownBy(() -> retry.untilDatabaseAnswers(() -> failing(state, 99)))
                .isInstanceOf(StepGivenUp.class);
        assertThat(tries).isEqualTo(expected);
    }

    /** The database can be used: the step's own statement fails, or others are in its way for long. */
    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01", "55P03", "53200", "57P01", "58030"})
    void whatFailsAgainAndAgainWhileTheDatabaseCanBeUsedDoesNotHoldItsShard(String state) {
        try (var usable = new DatabaseBreaker(new DatabaseState(() -> true, () -> true), new SimpleMeterRegistry())) {
            usable.watch(() -> fail("the database can be used"), () -> fail("nothing was paused"));
            assertThatThrownBy(() -> new DatabaseRetry(usable).untilDatabaseAnswers(() -> failing(state, 99)))
                    .isInstanceOf(StepGivenUp.class);
        }
        assertThat(tries).isEqualTo(5);
    }

    @Test
    void aStopEndsTheWait() {
        retry.stop();
        assertThatThrownBy(() -> retry.untilDatabaseAnswers(() -> failing("42501", 99)))
                .isInstanceOf(DeliveryPaused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"XX000", "22021"})
    void aStepThatIsRefusedIsGivenUp(String state) {
        var step = new GivenUp(state);
        assertThatThrownBy(() -> retry.untilDatabaseAnswers(step)).isInstanceOf(StepGivenUp.class);
        assertThat(step.times).isOne();
    }

    @Test
    void aFaultThatIsNoneOfTheDatabaseIsNotTriedAgainInPlace() {
        assertThatThrownBy(() -> retry.untilDatabaseAnswers(DatabaseRetryTest::unexpected))
                .isInstanceOf(StepGivenUp.class);
        assertThat(retry.once(DatabaseRetryTest::unexpected)).isEmpty();
    }

    private static String unexpected() {
        throw new IllegalStateException("unexpected");
    }

    @Test
    void aStepThatAStopInterruptsIsGivenUp() {
        retry.stop();
        var step = new GivenUp("40P01");
        assertThatThrownBy(() -> retry.untilDatabaseAnswers(step)).isInstanceOf(DeliveryPaused.class);
        assertThat(step.times).isOne();
    }

    private final class GivenUp implements DatabaseRetry.Step<String> {
        private final String state;
        private int times;

        GivenUp(String state) {
            this.state = state;
        }

        @Override
        public String run() throws SQLException {
            return failing(state, 99);
        }

        @Override
        public void giveUp() {
            times++;
        }
    }

    private String failing(String state, int times) throws SQLException {
        tries++;
        if (tries <= times) {
            throw new SQLException("said so", state);
        }
        return "done";
    }
}
