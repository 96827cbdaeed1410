package dev.pedidos.e2e.system;

import dev.pedidos.shared.text.RootLocale;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.rabbitmq.RabbitMQContainer;

/** Broker and database in containers, if an engine answers and has or gets their images. */
final class Containers {

    private static final String RABBITMQ = "rabbitmq:4-management";
    private static final String POSTGRES = "postgres:17";

    /** The role of the programs; that of the container owns the tables. */
    private static final String APP = "pedidos_app";

    private Containers() {}

    /** The environment with their addresses; empty if there are none. */
    static Map<String, String> started() {
        if ("off".equals(System.getenv("PEDIDOS_DOCKER"))) {
            return Map.of();
        }
        try {
            if (!DockerClientFactory.instance().isDockerAvailable()) {
                return Map.of();
            }
            var broker = new RabbitMQContainer(RABBITMQ);
            broker.withCopyToContainer(
                    Transferable.of("[rabbitmq_management,rabbitmq_consistent_hash_exchange]."),
                    "/etc/rabbitmq/enabled_plugins");
            var database = new PostgreSQLContainer(POSTGRES).withCommand("postgres", "-c", "max_connections=200");
            Startables.deepStart(broker, database).join();
            createAppRole(database);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                broker.stop();
                database.stop();
            }));
            return environment(broker, database);
        } catch (RuntimeException | SQLException | ExceptionInInitializerError | NoClassDefFoundError e) {
            LoggerFactory.getLogger(Containers.class)
                    .warn("Docker answers but its containers do not start, using servers of this machine", e);
            return Map.of();
        }
    }

    private static Map<String, String> environment(RabbitMQContainer broker, PostgreSQLContainer database) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put(
                "AMQP_URI",
                RootLocale.format(
                        "amqp://%s:%s@%s:%d/%%2F",
                        broker.getAdminUsername(), broker.getAdminPassword(), broker.getHost(), broker.getAmqpPort()));
        environment.put("RABBITMQ_MANAGEMENT_URL", broker.getHttpUrl());
        environment.put("PEDIDOS_DATABASE_ADMIN_URL", url(database, database.getUsername()));
        environment.put("DATABASE_URL", url(database, APP));
        return environment;
    }

    private static void createAppRole(PostgreSQLContainer database) throws SQLException {
        try (var connection = database.createConnection("");
                var statement = connection.createStatement()) {
            statement.execute(
                    "create role " + APP + " login password " + statement.enquoteLiteral(database.getPassword()));
        }
    }

    private static String url(PostgreSQLContainer database, String role) {
        return RootLocale.format(
                "postgresql://%s:%s@%s:%d/%s",
                role,
                database.getPassword(),
                database.getHost(),
                database.getFirstMappedPort(),
                database.getDatabaseName());
    }
}
