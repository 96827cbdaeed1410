package dev.pedidos.shared.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolerCheckTest {

    @Test
    void aSessionThatKeepsItsBackendIsItsOwn() throws SQLException {
        assertThat(PoolerCheck.keepsItsSession(backends(1, 1), backends(2))).isTrue();
    }

    @Test
    void aBackendThatSomebodyElseGetsBetweenTwoTransactionsIsNot() throws SQLException {
        assertThat(PoolerCheck.keepsItsSession(backends(1, 3), backends(1))).isFalse();
    }

    @Test
    void neitherIsOneThatIsAnotherTheNextTime() throws SQLException {
        assertThat(PoolerCheck.keepsItsSession(backends(1, 3), backends(2))).isFalse();
    }

    private static PoolerCheck.Session backends(Integer... pids) {
        Iterator<Integer> next = List.of(pids).iterator();
        return next::next;
    }
}
