package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.OwnServers;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.tools.stack.stores.KillableServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** An API and a worker on servers of their own, whose administrator changes the database while they work. */
final class AdministeredFleet implements AutoCloseable {
    /** From the repair to the next pedido that completes. */
    static final Duration BACK_WITHIN = Duration.ofSeconds(5);
    /** Misses a session that is logging in: its user is not known yet, and the role's old state lets it in. */
    static final String END_SESSIONS =
            "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'pedidos_app'";

    final TestSystem system;
    final TestProgram api;
    final TestProgram worker;
    final Client client;
    final Witness witness;
    private final KillableServers servers;

    /** @param urlFile is written with the address of the database; the programs read it from there */
    AdministeredFleet(String name, Path urlFile) throws Exception {
        servers = OwnServers.open(name);
        system = TestSystem.on(servers.fresh(name), Strike.SETTINGS);
        Files.writeString(urlFile, system.stores().databaseUrl());
        var byFile = Map.of("DATABASE_URL", "", "DATABASE_URL_FILE", urlFile.toString());
        api = system.api(byFile);
        worker = system.worker(byFile);
        client = new Client(api);
        client.awaitLedgerPath();
        Mix.stock(api);
        witness = new Witness(system);
    }

    void assertLawsAndFirstAttempts() throws Exception {
        witness.assertEveryLawHolds();
        assertThat(system.count("select max(tentativas) from pedidos")).isEqualTo(1);
        assertThat(system.count("select count(*) from pedidos where status = 'DEAD_LETTERED'"))
                .isZero();
    }

    void awaitDatabase(String upOrDown) {
        Awaitility.await("database " + upOrDown)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> isDatabase(upOrDown));
    }

    /** Ends every session of the programs until both have noticed that they get no new one. */
    void awaitDownForNewSessions() {
        Awaitility.await("database DOWN for new sessions")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    execute(List.of(END_SESSIONS));
                    return isDatabase("DOWN");
                });
    }

    private boolean isDatabase(String upOrDown) throws Exception {
        return client.get("/readyz").text("database").equals(upOrDown)
                && new Client(worker).get("/readyz").text("database").equals(upOrDown);
    }

    /** Programs notice within a second or two that their sessions have ended. Until then they say UP. */
    void awaitUpAgain() {
        Awaitility.await("database UP for a while")
                .during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(60))
                .until(() -> isDatabase("UP"));
    }

    void execute(List<String> statements) throws SQLException, IOException {
        try (var connection = superuser()) {
            for (String statement : statements) {
                connection.createStatement().execute(statement);
            }
        }
    }

    Connection superuser() throws SQLException, IOException {
        var url = DatabaseUrl.parse(servers.databaseSuperuserUrl());
        var path = DatabaseUrl.parse(system.stores().databaseUrl()).jdbcUrl();
        return DriverManager.getConnection(path, url.user(), url.password());
    }

    /** Pedidos that complete at their first attempt. */
    static List<String> plain(String prefix, int pedidos) {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < pedidos; i++) {
            bodies.add(Client.pedido(prefix + "-" + i, "rcb-" + i % 40, "plenty:1"));
        }
        return bodies;
    }

    @Override
    public void close() {
        system.close();
        servers.close();
    }
}
