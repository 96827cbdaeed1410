package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/** PostgreSQL in a container. */
record DockerPostgres(Docker docker, String container, Secrets secrets) {
    private static final Duration READY = Duration.ofSeconds(60);
    private static final int PORT = 5432;

    DatabaseUrls open() throws IOException, InterruptedException {
        if (!docker.runs(container)) {
            String options = RootLocale.format(
                    "--shm-size 256m -p 127.0.0.1::%d -v %s:/var/lib/postgresql/data", PORT, container);
            docker.run(
                    container,
                    Map.of("POSTGRES_PASSWORD", secrets.password("superuser")),
                    options,
                    DockerServers.POSTGRES,
                    PostgresSettings.options());
        }
        int port = docker.port(container, PORT);
        Address superuser = Address.of(PostgresRoles.superuserUrl(secrets, port));
        Waiting.until(READY, () -> !docker.runs(container) || superuser.answers());
        try (Connection connection = superuser.connect()) {
            DurabilityCheck.require(connection);
            PostgresRoles.create(connection, secrets);
        } catch (SQLException e) {
            IOException notUp = DockerServers.notUp(container);
            notUp.initCause(e);
            throw notUp;
        }
        return PostgresRoles.urls(secrets, port, LastDatabase.DOCKER);
    }
}
