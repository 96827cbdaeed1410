package dev.pedidos.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.worker.pedido.PedidoHandler;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PgbenchScriptTest {

    private static final String SCRIPT = Sql.read(PgbenchScriptTest.class, "/bench/pedido.pgbench");

    @ParameterizedTest
    @ValueSource(strings = {"lock", "pedido_state", "finish"})
    void theBenchScriptRunsTheStatementOfTheLedger(String name) {
        assertThat(SCRIPT).containsPattern(withAnyParameters(Sql.named(name)));
    }

    @Test
    void theScriptRunsTheHandlersStatement() {
        assertThat(SCRIPT).containsPattern(withAnyParameters(Sql.read(PedidoHandler.class, "/sql/reserve_item.sql")));
    }

    @Test
    void theScriptRunsNothingElse() {
        long statements = Arrays.stream(SCRIPT.split(";\\s*\n?"))
                .filter(statement -> !statement.isBlank())
                .count();
        assertThat(statements)
                .as("begin, three statements and one for each of two itens, commit")
                .isEqualTo(7);
    }

    private static Pattern withAnyParameters(String sql) {
        return Pattern.compile(
                Arrays.stream(sql.split("\\?")).map(Pattern::quote).collect(Collectors.joining(".+?")));
    }
}
