package dev.pedidos.e2e.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.PedidosCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(PedidosCommand.CHECKOUT)
@Order(3)
class UpTest {
    private static final String STATE = "unfinished";
    /** Larger than any pid. */
    private static final String NO_PROCESS = "999999999";

    @TempDir
    private Path folder;

    @AfterEach
    void down() throws Exception {
        PedidosCommand.run("down");
    }

    @Test
    void aSystemThatIsUpTakesPedidosIsVerifiedAndStops() throws Exception {
        var up = PedidosCommand.start("up").awaitLine(STATE);

        assertThat(PedidosCommand.run("status").output()).contains("api-1", "worker-1", "database", "broker");
        var sent = PedidosCommand.run("send", file().toString());
        assertThat(sent.exitCode()).as(sent.output()).isZero();
        assertThat(PedidosCommand.run("verify").exitCode()).isZero();
        assertThat(PedidosCommand.run("up").output()).contains("up already");

        assertThat(PedidosCommand.kill("api-1")).isTrue();
        up.awaitLine("api-1 is started again");
        assertThat(PedidosCommand.run("status").output()).contains("api-1").doesNotContain("DOES NOT RUN");

        var stopped = up.stop();
        assertThat(stopped.exitCode()).as(stopped.output()).isZero();
        assertThat(PedidosCommand.pidFiles()).isEmpty();
        var verified = PedidosCommand.run("verify");
        assertThat(verified.exitCode()).as(verified.output()).isZero();
        assertThat(verified.output()).contains("nothing runs here: checking the last ledger");
    }

    @Test
    void theProgramsOfAKilledUpAreStoppedByDown() throws Exception {
        PedidosCommand.start("up").awaitLine(STATE).kill();

        assertThat(PedidosCommand.run("up").output()).contains("./pedidos down");
        var demo = PedidosCommand.run("demo", "--pedidos", "20");
        assertThat(demo.exitCode()).as(demo.output()).isZero();
        assertThat(PedidosCommand.run("status").output())
                .as("the programs still have their stores")
                .contains("worker-1", STATE);
        var down = PedidosCommand.run("down");

        assertThat(down.exitCode()).isZero();
        assertThat(down.output()).contains("api-1", "worker-1");
        assertThat(PedidosCommand.pidFiles()).isEmpty();
        assertThat(PedidosCommand.run("status").output()).contains("nothing runs here");
    }

    @Test
    void aProgramThatEndedByItselfIsAFailureIfNothingElseRunsToo() throws Exception {
        Path run = Files.createDirectories(PedidosCommand.dotPedidos().resolve("run"));
        Files.writeString(run.resolve("worker-1.pid"), NO_PROCESS + "\n");

        var status = PedidosCommand.run("status");

        assertThat(status.exitCode()).as(status.output()).isOne();
        assertThat(status.output()).contains("worker-1", "DOES NOT RUN", "nothing runs here");
    }

    @Test
    void aTortureRunDoesNotStartBesideTheProgramsThatAKilledOneLeft() throws Exception {
        Path run = Files.createDirectories(PedidosCommand.dotPedidos().resolve("torture/run"));
        var left = new ProcessBuilder("sh", "-c", "read line", "worker.jar").start();
        Files.writeString(run.resolve("worker-1.pid"), left.pid() + "\n");

        var torture = PedidosCommand.run("torture");

        assertThat(torture.exitCode()).as(torture.output()).isOne();
        assertThat(torture.output()).contains("worker-1 (pid " + left.pid() + ") is left", "./pedidos down");
        assertThat(PedidosCommand.run("down").output()).contains("worker-1");
        assertThat(left.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    private Path file() throws Exception {
        Path file = folder.resolve("pedidos.ndjson");
        Files.writeString(file, """
                {"recebedor_id":"r-1","origem":"web","itens":[{"sku":"s-1","quantidade":1}]}

                {"recebedor_id":"r-1","origem":"api","itens":[{"sku":"s-2","quantidade":1}]}
                """);
        return file;
    }
}
