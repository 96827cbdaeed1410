package dev.pedidos.shared.broker.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.shared.tls.TlsServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server speaks no AMQP: it tells whether the client has begun to. */
@Timeout(60)
class BrokerOverTlsTest {

    private static TlsServer server;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        server = new TlsServer(folder, "other_broker", "a@example", List.of("my_broker", "localhost"));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"my_broker, 65", "localhost, 65", "other_broker, -1", "127.0.0.1, -1"})
    void nothingIsSentToABrokerWhoseCertificateHasAnotherName(String name, int firstByte) throws Exception {
        var address =
                BrokerAddress.allOf("amqps://u:p@" + name + ":" + server.port()).getFirst();
        var factory = address.overTls(server.context());
        factory.setHost(name.contains("_") ? "localhost" : name);
        assertThatThrownBy(factory::newConnection).isInstanceOf(IOException.class);
        assertThat(server.firstByte()).isEqualTo(firstByte);
    }
}
