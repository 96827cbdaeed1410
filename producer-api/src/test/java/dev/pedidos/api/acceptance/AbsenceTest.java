package dev.pedidos.api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AbsenceTest extends FailoverTestBase {

    private final Absence absence = new Absence(failover::hasInsertedAll);

    @Test
    void after_a_start_with_both_stores_it_is_503_until_the_open_queue_was_looked_at() throws Exception {
        assertThat(status()).isEqualTo(503);
        failBack();
        assertThat(status()).isEqualTo(404);
    }

    /** The process before it may have given pedidos to the broker. */
    @Test
    void after_a_start_without_the_broker_it_is_503_until_the_open_queue_was_looked_at() throws Exception {
        loseBroker();
        assertThat(status()).isEqualTo(503);
        broker.comeUp();
        failBack();
        loseBroker();
        assertThat(status()).isEqualTo(404);
    }

    @Test
    void while_only_its_connection_may_be_down_it_is_503() {
        interruptBroker();
        assertThat(status()).isEqualTo(503);
    }

    @Test
    void what_was_not_given_to_the_broker_changes_nothing() throws Exception {
        failBack();
        loseBroker();
        ledgerUp.set(false);
        accept("neither");
        ledgerUp.set(true);
        assertThat(status()).isEqualTo(404);
    }

    @Test
    void what_the_broker_may_have_makes_it_503_until_the_open_queue_was_looked_at() throws Exception {
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
