package dev.pedidos.tools.proof.torture.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NetworkLinkTest {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int A_MOMENT_MILLIS = 150;

    @SuppressWarnings("NullAway.Init")
    private ServerSocket listening;

    @SuppressWarnings("NullAway.Init")
    private NetworkLink proxy;

    @BeforeEach
    void open() throws IOException {
        listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        proxy = new NetworkLink(listening::getLocalPort);
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        listening.close();
    }

    @Test
    void bytesPassBothWays() throws IOException {
        try (var program = program();
                var server = listening.accept()) {
            program.getOutputStream().write('a');
            assertThat(server.getInputStream().read()).isEqualTo('a');
            server.getOutputStream().write('b');
            assertThat(program.getInputStream().read()).isEqualTo('b');
        }
    }

    @Test
    void aStalledDirectionDeliversWhenItIsHealed() throws IOException {
        try (var program = program();
                var server = listening.accept()) {
            server.setSoTimeout(A_MOMENT_MILLIS);
            proxy.stall(NetworkLink.Direction.TO_SERVER);
            program.getOutputStream().write('a');
            assertThatThrownBy(() -> server.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            server.getOutputStream().write('b');
            assertThat(program.getInputStream().read()).isEqualTo('b');
            awaitHeldUp();

            proxy.heal();

            server.setSoTimeout(PATIENCE_MILLIS);
            assertThat(server.getInputStream().read()).isEqualTo('a');
            assertThat(proxy.heldUp()).isPositive();
        }
    }

    @Test
    void cuttingEndsEveryConnectionAndTellsHowMany() throws IOException {
        try (var program = program();
                var server = listening.accept()) {
            program.getOutputStream().write('a');
            assertThat(server.getInputStream().read()).isEqualTo('a');

            assertThat(proxy.cut()).isEqualTo(1);

            assertThatThrownBy(() -> {
                        if (program.getInputStream().read() < 0) {
                            throw new IOException("the end");
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    private void awaitHeldUp() {
        assertTimeoutPreemptively(Duration.ofMillis(PATIENCE_MILLIS), () -> {
            while (proxy.heldUp() == 0) {
                Thread.onSpinWait();
            }
        });
    }

    private Socket program() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }
}
