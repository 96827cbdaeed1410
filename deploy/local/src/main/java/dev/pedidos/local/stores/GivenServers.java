package dev.pedidos.local.stores;

import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** What the environment names; each alone too. */
record GivenServers(Map<String, String> environment) {
    private static final int AMQP_PORT = 5672;
    private static final int AMQPS_PORT = 5671;
    private static final int MANAGEMENT_OFFSET = 10_000;

    Optional<Broker> broker() throws IOException, InterruptedException {
        Optional<String> given = value("AMQP_URI");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Address address = Address.of(given.get());
        int port = address.port("amqps".equals(address.uri().getScheme()) ? AMQPS_PORT : AMQP_PORT);
        if (!Ports.answers(address.uri().getHost(), port)) {
            throw new IOException(RootLocale.format(
                    "AMQP_URI names a broker at %s:%d, and nobody answers there. Start it, or unset AMQP_URI to have one started.",
                    address.uri().getHost(), port));
        }
        return Optional.of(new Broker(given.get(), management(address, port)));
    }

    /** Named by RABBITMQ_MANAGEMENT_URL, else where it is by default: 10000 above AMQP. */
    private Optional<String> management(Address broker, int amqpPort) throws InterruptedException {
        String url = value("RABBITMQ_MANAGEMENT_URL")
                .orElse(RootLocale.format("http://%s:%d", broker.uri().getHost(), amqpPort + MANAGEMENT_OFFSET));
        return new Management(url, broker.user(), broker.password()).answers() ? Optional.of(url) : Optional.empty();
    }

    Optional<Database> database() throws IOException {
        Optional<String> given = value("DATABASE_URL");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        String admin = value("PEDIDOS_DATABASE_ADMIN_URL").orElse(given.get());
        Address address = Address.of(admin);
        try (Connection connection = address.connect()) {
            Durability.check(connection);
        } catch (SQLException e) {
            throw new IOException(
                    RootLocale.format(
                            "The database that DATABASE_URL names (%s:%d) cannot be reached: %s. Start it, or unset DATABASE_URL to have one started.",
                            address.uri().getHost(), address.port(5432), e.getMessage()),
                    e);
        }
        return Optional.of(new Database(given.get(), admin));
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
