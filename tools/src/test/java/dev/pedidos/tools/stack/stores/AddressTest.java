package dev.pedidos.tools.stack.stores;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AddressTest {
    @Test
    void anAddressIsTakenApart() {
        Address address = Address.of("postgresql://ana:p%40ss+w@db.example:5433/pedidos?sslmode=require");
        assertThat(address.user()).isEqualTo("ana");
        assertThat(address.password()).isEqualTo("p@ss+w");
        assertThat(address.port(5432)).isEqualTo(5433);
        assertThat(address.path()).isEqualTo("pedidos");
    }

    @Test
    void anotherDatabaseKeepsTheRest() {
        assertThat(Address.of("postgresql://ana:p%40ss@db/pedidos?sslmode=require")
                        .with("other"))
                .isEqualTo("postgresql://ana:p%40ss@db/other?sslmode=require");
    }

    @Test
    void anotherVhostIsAddedWhereNoneWas() {
        assertThat(Address.of("amqp://guest:guest@127.0.0.1").with("other"))
                .isEqualTo("amqp://guest:guest@127.0.0.1/other");
    }

    @Test
    void theDriversOwnFormIsUnderstood() {
        Address address = Address.of("jdbc:postgresql://db/pedidos?user=ana&password=s");
        assertThat(address.user()).isEqualTo("ana");
        assertThat(address.password()).isEqualTo("s");
        assertThat(address.port(5432)).isEqualTo(5432);
    }
}
