package dev.pedidos.e2e.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PortTakenTest {

    private static TestSystem system;
    private static ServerSocket taken;
    private static String port;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("port-taken", Map.of("PEDIDOS_READY_DELAY_MS", "600000"));
        taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        port = Integer.toString(taken.getLocalPort());
    }

    @AfterAll
    static void stop() throws Exception {
        taken.close();
        system.close();
    }

    @Test
    void anApiNamesThePortAndEnds() throws Exception {
        assertEndsNaming("PEDIDOS_API_PORT", system.apiBegun(Map.of("PEDIDOS_API_PORT", port)));
    }

    @Test
    void aWorkerNamesThePortAndEnds() throws Exception {
        assertEndsNaming("PEDIDOS_WORKER_PORT", system.workerBegun(Map.of("PEDIDOS_WORKER_PORT", port)));
    }

    private static void assertEndsNaming(String setting, TestProgram program) throws Exception {
        assertThat(program.exitCode()).isEqualTo(1);
        assertThat(program.log())
                .contains(setting + ": cannot listen on 127.0.0.1:" + port, "Address already in use")
                .doesNotContain("\tat ");
    }
}
