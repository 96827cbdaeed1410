package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.config.AmqpUrl;
import dev.pedidos.shared.config.Settings;
import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The servers that the environment names; it may name only one of them. */
record GivenServers(Map<String, String> environment) {
    private static final String BROKER = Settings.AMQP_URI.name();
    private static final String DATABASE = Settings.DATABASE_URL.name();
    private static final String OWNER = Settings.DATABASE_ADMIN_URL.name();
    private static final int POSTGRES_PORT = 5432;

    Optional<Broker> broker() throws IOException, InterruptedException {
        Optional<String> given = value(BROKER);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Address address = Address.of(given.get());
        Optional<BrokerNode> node = BrokerNode.answering(given.get());
        if (node.isPresent()) {
            return Optional.of(new Broker(given.get(), management(address, node.get())));
        }
        throw new IOException(BROKER + " names a broker at " + addresses(address)
                + ", which does not answer. Start it, or unset " + BROKER + " to have one started.");
    }

    private static String addresses(Address address) {
        return address.urls().stream()
                .map(url -> url.addresses(AmqpUrl.defaultPort(url)))
                .collect(Collectors.joining(","));
    }

    /** Named by RABBITMQ_MANAGEMENT_URL; otherwise at its default address. */
    private Optional<String> management(Address broker, BrokerNode node) throws IOException, InterruptedException {
        Optional<String> given = value("RABBITMQ_MANAGEMENT_URL");
        String url = given.isPresent() ? ManagementUrl.of(given.get()) : ManagementUrl.beside(node);
        return new Management(url, broker.user(), broker.password()).answers() ? Optional.of(url) : Optional.empty();
    }

    Optional<DatabaseUrls> database() throws IOException {
        Optional<String> given = value(DATABASE);
        Optional<String> owner = value(OWNER);
        if (given.isEmpty()) {
            if (owner.isPresent()) {
                throw new IOException(RootLocale.format(
                        "%s is set and %s is not: they are two users of one database. Set %s too, or unset %s to have one started.",
                        OWNER, DATABASE, DATABASE, OWNER));
            }
            return Optional.empty();
        }
        check(DATABASE, given.get());
        if (owner.isPresent()) {
            check(OWNER, owner.get());
        }
        String server = Address.of(given.get()).urls().getFirst().addresses(POSTGRES_PORT);
        return Optional.of(new DatabaseUrls(given.get(), owner.orElse(given.get()), server));
    }

    private static void check(String setting, String url) throws IOException {
        Address address = Address.of(url);
        try (Connection connection = address.connect()) {
            DurabilityCheck.require(connection);
        } catch (SQLException e) {
            throw new IOException(
                    RootLocale.format(
                            "The database that %s names (%s) cannot be used: %s. Start it or correct %s, or unset %s and %s to have one started.",
                            setting,
                            address.urls().getFirst().addresses(POSTGRES_PORT),
                            e.getMessage(),
                            setting,
                            DATABASE,
                            OWNER),
                    e);
        }
    }

    private Optional<String> value(String name) throws IOException {
        String file = name + "_FILE";
        if (!environment.getOrDefault(file, "").isBlank()) {
            throw new IOException(RootLocale.format(
                    "%s is set: this command gives its programs the addresses itself, and takes %s only. Set that one, or unset %s to have a server started.",
                    file, name, file));
        }
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
