package dev.pedidos.tools.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AddressesTest {

    @Test
    void everyPasswordOfAListIsHidden() {
        assertThat(Addresses.withoutPassword("amqp://u:secret@a:5672/v,amqp://u:secret@b:5672/v"))
                .isEqualTo("amqp://u:***@a:5672/v,amqp://u:***@b:5672/v");
        assertThat(Addresses.withoutPassword("amqp://a:5672,amqp://u:secret@b")).doesNotContain("secret");
        assertThat(Addresses.withoutPassword("postgresql://u:secret@a,b/db?password=secret&sslpassword=secret"))
                .isEqualTo("postgresql://u:***@a,b/db?password=***&sslpassword=***");
    }
}
