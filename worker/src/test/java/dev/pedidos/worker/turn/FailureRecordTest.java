package dev.pedidos.worker.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.shared.broker.message.Suspicion;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.Version;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.handler.DependencyUnavailable;
import dev.pedidos.worker.inmemory.InMemoryWorker;
import dev.pedidos.worker.inmemory.MemoryLedger.Statement;
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

    private final InMemoryWorker worker = new InMemoryWorker();
    private final Pedido pedido = worker.accept("p", "r");

    @Test
    void aFailureBeforeTheLastIsRetriedAndTheLastIsDead() throws SQLException {
        assertThat(worker.failures.transientFailure(at(0, 0), broken()))
                .isEqualTo(retrying(1, 1, InMemoryWorker.DELAY));
        assertThat(worker.failures.transientFailure(at(1, 1), broken()))
                .isEqualTo(retrying(2, 2, InMemoryWorker.DELAY.multipliedBy(2)));
        assertThat(worker.failures.transientFailure(at(2, 2), broken()))
                .isInstanceOfSatisfying(
                        Ended.class, ended -> assertThat(ended.ending()).isInstanceOf(Ending.Dead.class));
    }

    @Test
    void aDownDependencyUsesNoAttemptAndIsLookedForEveryHalfMinuteAtLeast() throws SQLException {
        var down = new DependencyUnavailable("erp", "down");
        assertThat(worker.failures.dependencyDown(at(0, 0), down)).isEqualTo(retrying(1, 0, InMemoryWorker.DELAY));
        for (int agendamento = 1; agendamento < 20; agendamento++) {
            assertThat(worker.failures.dependencyDown(at(agendamento, 0), down))
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
        assertThat(staysSuspect(worker.failures.workerDied(suspect(0, 0), "gone")))
                .isTrue();
        assertThat(staysSuspect(worker.failures.dependencyDown(suspect(1, 1), down)))
                .isTrue();
        assertThat(staysSuspect(worker.failures.transientFailure(suspect(2, 1), broken())))
                .isFalse();
    }

    private Candidate suspect(int agendamento, int tentativas) {
        var found = at(agendamento, tentativas);
        return new Candidate(found.pedido(), found.payloadHash(), found.version(), found.waited(), Suspicion.OWN);
    }

    private static boolean staysSuspect(Tried tried) {
        return tried instanceof Ended(Ending.Retrying(var pedido, var next, var delay, var suspect)) && suspect;
    }

    @Test
    void nothingIsRecordedIfThePedidoChangedInBetween() throws SQLException {
        worker.failures.transientFailure(at(0, 0), broken());
        var before = worker.ledger.events("p");
        assertThat(worker.failures.transientFailure(at(0, 0), broken())).isEqualTo(new Tried.Changed());
        assertThat(worker.failures.permanentFailure(at(0, 0), broken())).isEqualTo(new Tried.Changed());
        assertThat(worker.ledger.events("p")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"22021", "22P05"})
    void aTextThatTheDatabaseRefusesIsReplaced(String state) throws SQLException {
        var refused = new AtomicBoolean();
        worker.ledger.before(statement -> {
            if (statement == Statement.RETRY && refused.compareAndSet(false, true)) {
                throw new SQLException("invalid byte sequence", state);
            }
        });
        assertThat(worker.failures.transientFailure(at(0, 0), broken()))
                .isEqualTo(retrying(1, 1, InMemoryWorker.DELAY));
        assertThat(worker.ledger.row("p").erroMensagem()).hasValue("its message cannot be recorded: SQLSTATE " + state);
    }

    @Test
    void anOutageIsLeftToTheRetryInPlace() {
        worker.ledger.before(statement -> {
            throw new SQLException("gone", "08006");
        });
        assertThatThrownBy(() -> worker.failures.transientFailure(at(0, 0), broken()))
                .isInstanceOf(SQLException.class);
    }

    private Candidate at(int agendamento, int tentativas) {
        return InMemoryWorker.message(pedido, agendamento, tentativas);
    }

    private Tried retrying(int agendamento, int tentativas, Duration delay) {
        return new Ended(new Ending.Retrying(pedido, new Version("p", 0, agendamento, tentativas), delay, false));
    }

    private static Throwable broken() {
        return new IllegalStateException("broken");
    }
}
