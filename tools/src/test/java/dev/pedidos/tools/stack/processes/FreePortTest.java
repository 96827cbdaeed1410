package dev.pedidos.tools.stack.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class FreePortTest {
    private final FreePort ports = new FreePort();

    @Test
    void aTakenPortIsSkippedAndNoneIsGivenTwice() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int first = ports.from(taken.getLocalPort());

            assertThat(first).isGreaterThan(taken.getLocalPort());
            assertThat(ports.from(taken.getLocalPort())).isGreaterThan(first);
        }
    }

    @Test
    void theErrorQuotesTheSystem() throws Exception {
        var notOfThisMachine = InetAddress.getByName("192.0.2.1");

        assertThatThrownBy(() -> ports.from(65_530, notOfThisMachine))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("192.0.2.1", "Cannot assign requested address");
    }
}
