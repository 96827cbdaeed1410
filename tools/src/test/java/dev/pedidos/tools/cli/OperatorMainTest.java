package dev.pedidos.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorMainTest {

    @ParameterizedTest
    @ValueSource(strings = {"up", "status", "down", "demo", "torture", "bench", "listen", "test"})
    void aCommandOfACheckoutIsRefusedAndTheMessageNamesWhereItWorks(String command) {
        assertThat(OperatorMain.refusal(command, "--workers", "2"))
                .hasValueSatisfying(refusal ->
                        assertThat(refusal).contains("`" + command + "`", "./pedidos " + command, "docker compose"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify", "recover", "dlq", "help", "--version"})
    void aCommandForARunningSystemIsNotRefused(String command) {
        assertThat(OperatorMain.refusal(command)).isEmpty();
    }

    @Test
    void noCommandIsNotRefused() {
        assertThat(OperatorMain.refusal()).isEmpty();
    }
}
