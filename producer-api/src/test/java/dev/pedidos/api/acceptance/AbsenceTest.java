package dev.pedidos.api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AbsenceTest extends FailoverTestBase {

    private final Absence absence = new Absence(failover::hasInsertedAll);

    @Test
    void afterAStartWithBothStoresItIs503UntilTheOpenQueueWasLookedAt() throws Exception {
        assertThat(status()).isEqualTo(503);
        failBack();
        assertThat(status()).isEqualTo(404);
    }

    /** The process before it may have given pedidos to the broker. */
    @Test
    void afterAStartWithoutTheBrokerItIs503UntilTheOpenQueueWasLookedAt() throws Exception {
        loseBroker();
        assertThat(status()).isEqualTo(503);
        broker.comeUp();
        failBack();
        loseBroker();
        assertThat(status()).isEqualTo(404);
    }

    @Test
    void whileOnlyItsConnectionMayBeDownItIs503() {
        interruptBroker();
        assertThat(status()).isEqualTo(503);
    }

    @Test
    void whatWasNotGivenToTheBrokerChangesNothing() throws Exception {
        failBack();
        loseBroker();
        ledgerUp.set(false);
        accept("neither");
        ledgerUp.set(true);
        assertThat(status()).isEqualTo(404);
    }

    @Test
    void whatTheBrokerMayHaveMakesIt503UntilTheOpenQueueWasLookedAt() throws Exception {
        accept("given");
        loseBroker();
        assertThat(status()).as("not confirmed").isEqualTo(503);
        broker.confirm(0);
        assertThat(status()).isEqualTo(503);
        broker.comeUp();
        failBack();
        assertThat(status()).isEqualTo(404);
    }

    private int status() {
        return absence.of("unknown").status();
    }
}
