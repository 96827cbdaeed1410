package dev.pedidos.shared.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ServerNameTest {

    private static TlsServer server;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        var names =
                List.of("my_broker", "*.hooks.example", "*.x_y.example", "*.test", "plain.example", "*.*.deep.example");
        server = new TlsServer(folder, "common_name", "mail_box", names);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"my_broker", "MY_Broker", "a_b.hooks.example", "ab.x_y.example", "plain.example"})
    void aNameOfTheCertificateIsTaken(String host) throws Exception {
        send(host, server.context());
        assertThat(server.firstByte()).isEqualTo('x');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "my_broker2",
                "other_broker.example",
                "a_b.c.hooks.example",
                "hooks_example",
                "a_b.test",
                "a_b.c.deep.example",
                "mail_box",
                "common_name",
                "other.example"
            })
    void nothingIsSentToAnyOtherName(String host) throws Exception {
        assertThatThrownBy(() -> send(host, server.context())).isInstanceOf(SSLException.class);
        assertThat(server.firstByte()).isEqualTo(TlsServer.NOTHING);
    }

    @Test
    void nothingIsSentToAServerThatIsNotTrusted() throws Exception {
        assertThatThrownBy(() -> send("my_broker", SSLContext.getDefault())).isInstanceOf(SSLException.class);
        assertThat(server.firstByte()).isEqualTo(TlsServer.NOTHING);
    }

    private static void send(String host, SSLContext trust) throws IOException {
        try (var raw = new Socket(InetAddress.getLoopbackAddress(), server.port());
                var socket = (SSLSocket) trust.getSocketFactory().createSocket(raw, host, server.port(), true)) {
            var name = new ServerName(host);
            name.demandOf(socket);
            name.confirm(socket);
            socket.getOutputStream().write('x');
            socket.getOutputStream().flush();
        }
    }
}
