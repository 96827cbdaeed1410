package dev.pedidos.tools.stack.stores;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.config.ServerUrl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagementUrlTest {

    @ParameterizedTest
    @CsvSource({
        "amqp://u:p@broker/v, 5672, http://broker:15672",
        "amqps://u:p@broker/v, 5671, https://broker:15671",
    })
    void theManagementApiIsEncryptedIfTheBrokerIs(String amqp, int port, String management) throws Exception {
        var node = new BrokerNode(ServerUrl.parse(amqp), "broker", port);
        assertThat(ManagementUrl.beside(node)).isEqualTo(management);
    }
}
