package dev.pedidos.tools.stack.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.tools.stack.home.Home;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A script stands for docker, which is not on every machine. */
class ServerChoiceTest {
    private static final String ANSWERS = "exit 0";

    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private ServerFiles files;

    @BeforeEach
    void path() throws IOException {
        files = new ServerFiles(Files.createDirectories(folder.resolve(".pedidos")));
        environment.put("PATH", folder + File.pathSeparator + System.getenv("PATH"));
    }

    @Test
    void theRestOfARunWhoseBrokerDidNotStartIsNoLedger() throws Exception {
        docker(ANSWERS);
        Files.createDirectories(files.data("postgres").resolve("data"));

        assertThat(choose()).isInstanceOf(DockerServers.class);
    }

    @Test
    void aLedgerUnderThisFolderIsGoneOnWith() throws Exception {
        docker(ANSWERS);
        Files.createDirectories(files.data("postgres").resolve("data"));
        Files.writeString(Home.lastDatabase(files.folder()), "pedidos\n");

        assertThat(choose()).isInstanceOf(PrivateServers.class);
        assertThat(said).isEmpty();
    }

    @Test
    void anEngineThatDoesNotAnswerIsNamed() throws Exception {
        docker("echo 'Cannot connect to the Docker daemon' >&2; exit 1");

        assertThat(choose()).isInstanceOf(PrivateServers.class);
        assertThat(said)
                .containsExactly("Docker is not used: its engine does not answer, start it; see " + files.log("docker"));
    }

    @Test
    void aUserWhoMayNotUseTheEngineIsToldSo() throws Exception {
        docker("echo 'permission denied while trying to connect to the Docker daemon socket' >&2; exit 1");

        assertThat(choose()).isInstanceOf(PrivateServers.class);
        assertThat(said).singleElement().asString().contains("this user may not use its engine", "group docker");
    }

    @Test
    void imagesThatCannotBePulledAreNamed() throws Exception {
        docker("[ \"$1\" = version ]");

        assertThat(choose()).isInstanceOf(PrivateServers.class);
        assertThat(said.getLast()).contains("rabbitmq:4-management and postgres:17 could not be pulled within 60 s");
    }

    @Test
    void anEngineOfAnotherMachineIsLeftAlone() throws Exception {
        docker(ANSWERS);
        environment.put("DOCKER_HOST", "ssh://build@other");

        assertThat(choose()).isInstanceOf(PrivateServers.class);
        assertThat(said).singleElement().asString().contains("another machine");
    }

    @Test
    void withoutDockerNothingIsSaid() throws Exception {
        environment.put("PATH", folder.toString());

        assertThat(choose()).isInstanceOf(PrivateServers.class);
        assertThat(said).isEmpty();
    }

    @Test
    void dockerThatIsRequiredAndCannotBeUsedIsAFailureWithItsReason() throws Exception {
        docker("exit 1");
        environment.put("PEDIDOS_DOCKER", "on");

        assertThatThrownBy(this::choose)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("PEDIDOS_DOCKER is on, and Docker cannot be used: its engine does not answer");
    }

    private Servers choose() throws Exception {
        return ServerChoice.make(files, environment, said::add);
    }

    private void docker(String script) throws IOException {
        Path program = folder.resolve("docker");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }
}
