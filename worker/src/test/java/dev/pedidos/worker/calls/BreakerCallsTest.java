package dev.pedidos.worker.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.worker.execution.DependencyBreakers;
import dev.pedidos.worker.execution.DirectCalls;
import dev.pedidos.worker.handler.Calls;
import dev.pedidos.worker.handler.DependencyBusy;
import dev.pedidos.worker.handler.DependencyUnavailable;
import dev.pedidos.worker.handler.PermanentFailure;
import dev.pedidos.worker.handler.TransientFailure;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreakerCallsTest {

    /** A limit that is used up: no call is made. */
    private static final class Refusing implements Calls {
        @Override
        public <T> T call(String dependency, Callable<T> call) throws Exception {
            throw new IOException("the limit is used up");
        }
    }

    private static final Duration HANDLER_LIMIT = Duration.ofMinutes(1);

    private final DependencyBreakers breakers = DependencyBreakers.forCalls(HANDLER_LIMIT);
    private final RepeatedFailures failures = new RepeatedFailures();
    private final BreakerCalls calls = of("p", 0);
    private int pedidos;

    @Test
    void theFailureThatOpensTheBreakerAndAllAfterItAreTheDependencys() {
        for (int i = 0; i < 4; i++) {
            assertThat(failure(new TransientFailure("it answered 500"))).isInstanceOf(TransientFailure.class);
        }
        assertThat(failure(new IOException("cut"))).isInstanceOf(IOException.class);
        assertThat(failure(new TransientFailure("it answered 500")))
                .isInstanceOf(DependencyUnavailable.class)
                .hasMessage("it answered 500");
        assertThat(failure(new TransientFailure("it answered 500"))).isInstanceOf(CallNotPermittedException.class);
    }

    @Test
    void aQuestionThatAlwaysFailsIsThePedidosOwnFailureAndClosesTheDependencyToNobody() throws Exception {
        var bad = of("bad", 0);
        calls.call("erp", () -> "answered");
        calls.call("erp", () -> "answered");
        for (int i = 0; i < 50; i++) {
            assertThat(failure(bad, new TransientFailure("it answered 500"))).isInstanceOf(TransientFailure.class);
        }
        assertThat(calls.call("erp", () -> "answered")).isEqualTo("answered");
    }

    @Test
    void aQuestionThatFailsBetweenAnswersOfOthersClosesTheDependencyToNobody() throws Exception {
        var bad = of("bad", 0);
        for (int i = 0; i < 20; i++) {
            assertThat(failure(bad, new TransientFailure("it answered 500"))).isInstanceOf(TransientFailure.class);
            assertThat(calls.call("erp", () -> "answered")).isEqualTo("answered");
        }
    }

    @Test
    void ifOneFailsAgainAndAgainTheNextOneThatFailsShowsThatItIsTheDependency() throws Exception {
        var first = of("first", 0);
        for (int i = 0; i < 5; i++) {
            assertThat(failure(first, new TransientFailure("it answered 500"))).isInstanceOf(TransientFailure.class);
        }
        assertThat(failure(of("next", 0), new TransientFailure("it answered 500")))
                .isInstanceOf(DependencyUnavailable.class);
    }

    @Test
    void anOutageIsNoFailureOfThePedidoThatAsksWhetherItIsOver() {
        open();
        var probing = of("probing", 999);
        for (int i = 0; i < 50; i++) {
            breakers.of("erp").transitionToHalfOpenState();
            assertThat(failure(probing, new TransientFailure("it answered 500")))
                    .isInstanceOf(DependencyUnavailable.class);
            assertThat(failure(probing, new TransientFailure("it answered 500")))
                    .isInstanceOf(CallNotPermittedException.class);
        }
    }

    @Test
    void aPedidoThatWasPutOffAThousandTimesFailsByItself() {
        open();
        breakers.of("erp").transitionToHalfOpenState();
        assertThat(failure(of("put off", 1_000), new TransientFailure("it answered 500")))
                .isInstanceOf(TransientFailure.class);
        assertThat(failure(new IOException("cut"))).as("others").isInstanceOf(CallNotPermittedException.class);
    }

    private void open() {
        for (int i = 0; i < 6; i++) {
            failure(new TransientFailure("it answered 500"));
        }
    }

    @Test
    void aCallThatWasInHandWhenTheBreakerOpenedIsNotThePedidosFailure() {
        assertThatThrownBy(() -> calls.call("erp", () -> {
                    for (int i = 0; i < 6; i++) {
                        failure(new DependencyUnavailable("erp", "down"));
                    }
                    throw new TransientFailure("cut");
                }))
                .isInstanceOf(DependencyUnavailable.class);
    }

    @Test
    void aDependencyThatHangsUntilTheHandlersTimeIsOverIsDown() {
        for (int i = 0; i < 5; i++) {
            assertThat(failure(hurried(), new InterruptedException())).isInstanceOf(InterruptedException.class);
        }
        assertThat(failure(hurried(), new InterruptedException()))
                .isInstanceOf(DependencyUnavailable.class)
                .hasMessage("erp: the call hung");
        assertThat(failure(hurried(), new InterruptedException())).isInstanceOf(CallNotPermittedException.class);
    }

    @Test
    void aCallThatBeganWhenTheHandlersTimeWasNearlyOverIsNotJudged() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(failure(new InterruptedException())).isInstanceOf(InterruptedException.class);
        }
        assertThat(calls.call("erp", () -> "answered")).isEqualTo("answered");
    }

    @Test
    void aFewFailuresAmongAnswersAreThePedidosOwn() throws Exception {
        for (int i = 0; i < 30; i++) {
            if (i % 4 == 3) {
                assertThat(failure(new TransientFailure("it answered 500"))).isInstanceOf(TransientFailure.class);
            } else {
                assertThat(calls.call("erp", () -> "answered")).isEqualTo("answered");
            }
        }
    }

    @Test
    void aRefusedQuestionIsAnAnswerAndAPauseIsNoVerdict() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(failure(new PermanentFailure("no such account"))).isInstanceOf(PermanentFailure.class);
            assertThat(failure(new DependencyBusy("erp", Duration.ofSeconds(1), "429")))
                    .isInstanceOf(DependencyBusy.class);
        }
        assertThat(calls.call("erp", () -> "answered")).isEqualTo("answered");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "08001", "28P01", "42P01", "57014"})
    void aDatabaseThatFailsIsADependencyThatFails(String sqlState) {
        var failure = new SQLException("no row for 11222333000181", sqlState);
        for (int i = 0; i < 5; i++) {
            assertThat(failure(failure)).isSameAs(failure);
        }
        assertThat(failure(failure))
                .isInstanceOf(DependencyUnavailable.class)
                .hasMessage("erp: SQLSTATE " + sqlState + " of another database");
        assertThat(failure(failure)).isInstanceOf(CallNotPermittedException.class);
    }

    @Test
    void aDatabaseThatRefusesTheContentHasAnswered() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(failure(new SQLException("duplicate key", "23505"))).isInstanceOf(SQLException.class);
        }
        assertThat(calls.call("erp", () -> "answered")).isEqualTo("answered");
    }

    @Test
    void theLedgersOwnFailureSaysNothingAboutADependency() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(failure(LedgerFault.markedAsLedgers(new SQLException("gone", "08006"))))
                    .isInstanceOf(SQLException.class);
        }
        assertThat(calls.call("erp", () -> "answered")).isEqualTo("answered");
    }

    @Test
    void aFailureWhoseMessageCannotBeReadIsCountedToo() {
        var failure = new IOException() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new IllegalStateException();
            }
        };
        for (int i = 0; i < 5; i++) {
            assertThat(failure(failure)).isSameAs(failure);
        }
        assertThat(failure(failure)).isInstanceOf(DependencyUnavailable.class);
    }

    @Test
    void whatIsNotCalledIsNotJudged() throws Exception {
        var limited = new BreakerCalls(asker("p", 0), breakers, failures, HANDLER_LIMIT, new Refusing());
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> limited.call("erp", () -> 1)).isInstanceOf(IOException.class);
        }
        assertThat(calls.call("erp", () -> "answered")).isEqualTo("answered");
    }

    /** Of a call in the name of another pedido each time. */
    private Throwable failure(Exception failure) {
        return failure(of("p-" + pedidos++, 0), failure);
    }

    private BreakerCalls hurried() {
        return new BreakerCalls(asker("p-" + pedidos++, 0), breakers, failures, Duration.ZERO, new DirectCalls());
    }

    private BreakerCalls of(String pedidoId, int schedulings) {
        return new BreakerCalls(asker(pedidoId, schedulings), breakers, failures, HANDLER_LIMIT, new DirectCalls());
    }

    private static BreakerCalls.Asker asker(String pedidoId, int schedulings) {
        return new BreakerCalls.Asker(pedidoId, schedulings);
    }

    private static Throwable failure(BreakerCalls calls, Exception failure) {
        try {
            calls.call("erp", () -> {
                throw failure;
            });
            throw new AssertionError("it did not fail");
        } catch (Exception e) {
            return e;
        }
    }
}
