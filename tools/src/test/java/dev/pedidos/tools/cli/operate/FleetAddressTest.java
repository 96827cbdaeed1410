package dev.pedidos.tools.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.shared.config.Env;
import dev.pedidos.tools.cli.options.Failed;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FleetAddressTest {

    private static final Map<String, String> ADDRESSES =
            Map.of("AMQP_URI", "amqp://u:p@rabbitmq/pedidos", "DATABASE_URL", "postgresql://u:p@postgres/pedidos");

    @Test
    void inAContainerThePrefixIsThatOfTheEnvironment() throws Failed {
        var address = FleetAddress.of(new Env(Map.of("PEDIDOS_PREFIX", "blue-")), ADDRESSES);

        assertThat(address.prefix()).isEqualTo("blue-");
        assertThat(address.amqp()).isEqualTo(ADDRESSES.get("AMQP_URI"));
    }

    @Test
    void thePrefixOfTheFleetThatRunsHereNeedsNoVariable() throws Failed {
        var running = with("PEDIDOS_PREFIX", "blue-");

        assertThat(FleetAddress.of(new Env(Map.of()), running).prefix()).isEqualTo("blue-");
        assertThat(FleetAddress.of(new Env(Map.of("PEDIDOS_PREFIX", "blue-")), running)
                        .prefix())
                .isEqualTo("blue-");
        assertThat(FleetAddress.of(new Env(Map.of()), ADDRESSES).prefix()).isEmpty();
    }

    @Test
    void twoPrefixesAreRefused() {
        assertThatThrownBy(() ->
                        FleetAddress.of(new Env(Map.of("PEDIDOS_PREFIX", "green-")), with("PEDIDOS_PREFIX", "blue-")))
                .isInstanceOf(Failed.class)
                .hasMessageContainingAll("PEDIDOS_PREFIX", "green-", "blue-");
    }

    @Test
    void theFleetOfTheEnvironmentHasThePrefixOfTheEnvironment() throws Failed {
        var other = Map.of("AMQP_URI", "amqp://u:p@other/v", "DATABASE_URL", "postgresql://u:p@other/d");

        assertThat(FleetAddress.of(new Env(other), with("PEDIDOS_PREFIX", "blue-")))
                .isEqualTo(new FleetAddress("amqp://u:p@other/v", "postgresql://u:p@other/d", ""));
    }

    private static Map<String, String> with(String name, String value) {
        var more = new HashMap<>(ADDRESSES);
        more.put(name, value);
        return more;
    }
}
