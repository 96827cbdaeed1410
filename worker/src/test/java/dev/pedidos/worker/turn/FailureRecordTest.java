package dev.pedidos.worker.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.shared.broker.Suspicion;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.Version;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.handler.DependencyUnavailable;
import dev.pedidos.worker.memory.Bench;
import dev.pedidos.worker.memory.MemoryLedger.Statement;
import dev.pedidos.worker.settle.Ending;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class FailureRecordTest {

    private final Bench bench = new Bench();
    private final Pedido pedido = bench.accept("p", "r");

    @Test
    void aFailureBeforeTheLastIsRetriedAndTheLastIsDead() throws SQLException {
        assertThat(bench.failures.transientFailure(at(0, 0), broken())).isEqualTo(retrying(1, 1, Bench.DELAY));
        assertThat(bench.failures.transientFailure(at(1, 1), broken()))
                .isEqualTo(retrying(2, 2, Bench.DELAY.multipliedBy(2)));
        assertThat(bench.failures.transientFailure(at(2, 2), broken()))
                .isInstanceOfSatisfying(
                        Ended.class, ended -> assertThat(ended.ending()).isInstanceOf(Ending.Dead.class));
    }

    @Test
    void aDownDependencyUsesNoAttemptAndIsLookedForEveryHalfMinuteAtLeast() throws SQLException {
        var down = new DependencyUnavailable("erp", "down");
        assertThat(bench.failures.dependencyDown(at(0, 0), down)).isEqualTo(retrying(1, 0, Bench.DELAY));
        for (int agendamento = 1; agendamento < 20; agendamento++) {
            assertThat(bench.failures.dependencyDown(at(agendamento, 0), down))
                    .isInstanceOfSatisfying(
                            Ended.class,
                            ended -> assertThat(ended.ending())
                                    .isInstanceOfSatisfying(
                                            Ending.Retrying.class,
                                            retrying -> assertThat(retrying.delay())
                                                    .isLessThanOrEqualTo(Duration.ofSeconds(32))));
        }
    }

    @Test
    void onlyAFailedAttemptShowsThatThePedidoEndsNoWorker() throws SQLException {
        var down = new DependencyUnavailable("erp", "down");
        assertThat(staysSuspect(bench.failures.workerDied(suspect(0, 0), "gone")))
                .isTrue();
        assertThat(staysSuspect(bench.failures.dependencyDown(suspect(1, 1), down)))
                .isTrue();
        assertThat(staysSuspect(bench.failures.transientFailure(suspect(2, 1), broken())))
                .isFalse();
    }

    private Candidate suspect(int agendamento, int tentativas) {
        var found = at(agendamento, tentativas);
        return new Candidate(found.pedido(), found.payloadHash(), found.version(), true, Suspicion.OWN);
    }

    private static boolean staysSuspect(Tried tried) {
        return tried instanceof Ended(Ending.Retrying(var pedido, var next, var delay, var suspect)) && suspect;
    }

    @Test
    void nothingIsRecordedIfThePedidoChangedInBetween() throws SQLException {
        bench.failures.transientFailure(at(0, 0), broken());
        var before = bench.ledger.events("p");
        assertThat(bench.failures.transientFailure(at(0, 0), broken())).isEqualTo(new Tried.Changed());
        assertThat(bench.failures.permanentFailure(at(0, 0), broken())).isEqualTo(new Tried.Changed());
        assertThat(bench.ledger.events("p")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"22021", "22P05"})
    void aTextThatTheDatabaseRefusesIsReplaced(String state) throws SQLException {
        var refused = new AtomicBoolean();
        bench.ledger.before(statement -> {
            if (statement == Statement.RETRY && refused.compareAndSet(false, true)) {
                throw new SQLException("invalid byte sequence", state);
            }
        });
        assertThat(bench.failures.transientFailure(at(0, 0), broken())).isEqualTo(retrying(1, 1, Bench.DELAY));
        assertThat(bench.ledger.row("p").erroMensagem()).hasValue("its message cannot be recorded: SQLSTATE " + state);
    }

    @Test
    void anOutageIsLeftToTheRetryInPlace() {
        bench.ledger.before(statement -> {
            throw new SQLException("gone", "08006");
        });
        assertThatThrownBy(() -> bench.failures.transientFailure(at(0, 0), broken()))
                .isInstanceOf(SQLException.class);
    }

    private Candidate at(int agendamento, int tentativas) {
        return Bench.message(pedido, agendamento, tentativas);
    }

    private Tried retrying(int agendamento, int tentativas, Duration delay) {
        return new Ended(new Ending.Retrying(pedido, new Version("p", 0, agendamento, tentativas), delay, false));
    }

    private static Throwable broken() {
        return new IllegalStateException("broken");
    }
}
