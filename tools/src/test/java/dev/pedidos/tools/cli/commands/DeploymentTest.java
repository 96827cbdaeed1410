package dev.pedidos.tools.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentTest {

    @AfterEach
    void outside() {
        System.clearProperty(Deployment.PROPERTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "status", "down", "demo", "torture", "test"})
    void whatStartsOrStopsProgramsOfACheckoutIsSentOutOfTheContainer(String command) {
        assertThat(Deployment.refusal(command, "--workers", "2")).isEmpty();
        System.setProperty(Deployment.PROPERTY, "compose");

        assertThat(Deployment.refusal(command, "--workers", "2"))
                .hasValueSatisfying(told ->
                        assertThat(told).contains("`" + command + "`", "./pedidos " + command, "docker compose"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify", "recover", "dlq", "help", "--version"})
    void whatLooksAfterARunningSystemIsDoneThere(String command) {
        System.setProperty(Deployment.PROPERTY, "compose");

        assertThat(Deployment.refusal(command)).isEmpty();
    }

    @Test
    void noCommandIsNoRefusal() {
        System.setProperty(Deployment.PROPERTY, "compose");

        assertThat(Deployment.refusal()).isEmpty();
    }
}
