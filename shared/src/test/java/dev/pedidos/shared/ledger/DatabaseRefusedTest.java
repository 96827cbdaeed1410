package dev.pedidos.shared.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseRefusedTest {

    @ParameterizedTest
    @CsvSource({"28P01, true", "3D000, true", "55P03, true", "57014, true", "42501, false", "42P01, false"})
    void aLoginAMissingDatabaseAndAnotherSessionInTheWayMayPass(String state, boolean mayPass) {
        var refused = new DatabaseRefused("it cannot be used", new SQLException("why", state));
        assertThat(refused.mayPass()).isEqualTo(mayPass);
    }
}
