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
    private static final String CONTEXT = "[ \"$1\" != context ] || { echo unix:///run/docker.sock; exit 0; }\n";

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
        for (String last : List.of("pedidos\n", "pedidos\nprivate\n", "pedidos\ndb.example:5432\n")) {
            remember(last);
            assertThat(choose()).as(last).isInstanceOf(PrivateServers.class);
        }
        assertThat(said).isEmpty();
    }

    @Test
    void anEngineThatDoesNotAnswerIsNamed() throws Exception {
        docker("echo 'Cannot connect to the Docker daemon' >&2; exit 1");

        assertThat(choose()).isInstanceOf(PrivateServers.class);
        assertThat(said)
                .containsExactly(
                        "Docker is not used: its engine does not answer, start it; see " + files.log("docker"));
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
        environment.put("DOCKER_HOST", "tcp://other:2376");

        assertThat(choose()).isInstanceOf(PrivateServers.class);
        assertThat(said).containsExactly("Docker is not used: its engine is on another machine, tcp://other:2376");
    }

    @Test
    void anEngineOfAnotherMachineIsLeftAloneAlsoIfTheContextOfDockerNamesIt() throws Exception {
        script("[ \"$*\" != 'context inspect --format {{.Endpoints.docker.Host}}' ] || echo ssh://build@other");

        assertThat(choose()).isInstanceOf(PrivateServers.class);
        assertThat(said).containsExactly("Docker is not used: its engine is on another machine, ssh://build@other");
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

    @Test
    void aLedgerInDockerIsGoneOnWithAlsoBesideAPrivateOne() throws Exception {
        docker(ANSWERS);
        Files.createDirectories(files.data("postgres").resolve("data"));
        remember("pedidos\ndocker\n");

        assertThat(choose()).isInstanceOf(DockerServers.class);
        assertThat(last()).isInstanceOf(DockerServers.class);
    }

    @Test
    void noOtherLedgerTakesThePlaceOfOneInDockerUnlessTheUserSaysSo() throws Exception {
        docker("exit 1");
        remember("pedidos\ndocker\n");

        assertThatThrownBy(this::choose)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("The last ledger is in Docker, which cannot be used: its engine does not answer")
                .hasMessageContaining("PEDIDOS_DOCKER=off");
        assertThatThrownBy(this::last)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it is in Docker, which cannot be used: its engine does not answer");
        environment.put("PEDIDOS_DOCKER", "off");
        assertThat(choose()).isInstanceOf(PrivateServers.class);
        assertThatThrownBy(this::last)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it is in Docker, and PEDIDOS_DOCKER is off");
        assertThat(files.data("postgres")).doesNotExist();
    }

    @Test
    void aRunThatIsNotRememberedTakesWhatServersThereAre() throws Exception {
        assertTakesWhatServersThereAre("pedidos\ndocker\n");
    }

    @Test
    void aRunThatIsNotRememberedLeavesTheLastLedgerOfAnOlderVersionTheLastOne() throws Exception {
        Files.createDirectories(files.data("docker"));
        Files.createFile(files.secrets("docker"));
        assertTakesWhatServersThereAre("pedidos\n");
    }

    private void assertTakesWhatServersThereAre(String last) throws Exception {
        docker("exit 1");
        remember(last);
        ServerChoice choice = new ServerChoice(files, environment, said::add);

        assertThat(choice.forRun()).isInstanceOf(PrivateServers.class);
        Files.createDirectories(files.data("postgres").resolve("data"));

        docker(ANSWERS);
        assertThat(choose()).as("the last ledger, beside the data of that run").isInstanceOf(DockerServers.class);
    }

    @Test
    void aRunThatIsNotRememberedCannotDoWithoutARequiredDocker() throws Exception {
        docker("exit 1");
        environment.put("PEDIDOS_DOCKER", "on");

        assertThatThrownBy(() -> new ServerChoice(files, environment, said::add).forRun())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("PEDIDOS_DOCKER is on");
    }

    @Test
    void aLedgerWhoseDataAreGoneIsNotMadeAgain() throws Exception {
        docker("[ \"$1\" != volume ]");
        remember("pedidos\ndocker\n");
        assertThatThrownBy(this::last).isInstanceOf(IOException.class).hasMessageContaining("its volume");

        remember("pedidos\nprivate\n");
        assertThatThrownBy(this::last).isInstanceOf(IOException.class).hasMessageContaining("are gone");
    }

    @Test
    void aPrivateLedgerIsFoundWhateverTheNextOneIsToBe() throws Exception {
        Files.createDirectories(files.data("postgres").resolve("data"));
        remember("pedidos\nprivate\n");
        environment.put("PEDIDOS_DOCKER", "on");

        assertThat(last()).isInstanceOf(PrivateServers.class);
    }

    private Servers choose() throws Exception {
        return new ServerChoice(files, environment, said::add).forLedger();
    }

    private Servers last() throws Exception {
        LastDatabase last = LastDatabase.recall(files.folder()).orElseThrow();
        return new ServerChoice(files, environment, said::add).of(last);
    }

    private void remember(String content) throws IOException {
        Files.writeString(Home.lastDatabase(files.folder()), content);
    }

    /** @param rest what it does if it is not asked for its context */
    private void docker(String rest) throws IOException {
        script(CONTEXT + rest);
    }

    private void script(String script) throws IOException {
        Path program = folder.resolve("docker");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }
}
