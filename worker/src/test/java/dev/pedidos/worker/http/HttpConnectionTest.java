package dev.pedidos.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class HttpConnectionTest {

    private static final Duration LONG = Duration.ofSeconds(10);

    @Test
    void aSilentAddressLeavesTimeToTheNext() throws Exception {
        List<Socket> waiting = new ArrayList<>();
        try (var silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                var server = new ServerSocket(silent.getLocalPort(), 50, InetAddress.getByName("127.0.0.2"));
                var connection = new HttpConnection()) {
            fill(silent, waiting);

            var socket = connection.open(
                    List.of(silent.getInetAddress(), server.getInetAddress()),
                    server.getLocalPort(),
                    LONG,
                    Deadline.after(Duration.ofSeconds(2)));

            assertThat(socket.getInetAddress()).isEqualTo(server.getInetAddress());
            assertThat(connection.server()).contains((InetSocketAddress) server.getLocalSocketAddress());
        } finally {
            for (var each : waiting) {
                each.close();
            }
        }
    }

    /** Until it takes no more: nobody accepts its connections. */
    private static void fill(ServerSocket silent, List<Socket> waiting) throws IOException {
        while (true) {
            var next = new Socket();
            waiting.add(next);
            try {
                next.connect(silent.getLocalSocketAddress(), 100);
            } catch (SocketTimeoutException full) {
                return;
            }
        }
    }

    @Test
    void aConnectionThatIsClosedOpensNoMore() throws Exception {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var connection = new HttpConnection();
            connection.close();
            assertThatThrownBy(() -> connection.open(
                            List.of(server.getInetAddress()), server.getLocalPort(), LONG, Deadline.after(LONG)))
                    .isInstanceOf(SocketException.class);
            assertThat(connection.server()).isEmpty();
        }
    }
}
