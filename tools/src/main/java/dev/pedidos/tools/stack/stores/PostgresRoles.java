package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The roles of a private server, and the database that one owns and another uses. */
final class PostgresRoles {
    private PostgresRoles() {}

    static String superuserUrl(Secrets secrets, int port) throws IOException {
        return url("postgres", secrets.password("superuser"), port, "postgres");
    }

    static DatabaseUrls urls(Secrets secrets, int port, String server) throws IOException {
        return new DatabaseUrls(
                url("pedidos_app", secrets.password("app"), port, "pedidos"),
                url("pedidos_admin", secrets.password("admin"), port, "pedidos"),
                server);
    }

    private static String url(String user, String password, int port, String database) {
        return RootLocale.format("postgresql://%s:%s@127.0.0.1:%d/%s", user, password, port, database);
    }

    static void create(Connection superuser, Secrets secrets) throws IOException, SQLException {
        // pg_signal_backend: dropping a database first ends the connections of the other role.
        create(superuser, "pedidos_admin", "createdb", secrets.password("admin"));
        execute(superuser, "grant pg_signal_backend, pg_monitor to pedidos_admin");
        create(superuser, "pedidos_app", "nocreatedb", secrets.password("app"));
        if (!exists(superuser, "select 1 from pg_database where datname = 'pedidos'")) {
            execute(superuser, "create database pedidos owner pedidos_admin encoding 'UTF8' template template0");
        }
        for (String statement : List.of(
                "revoke all on database pedidos from public",
                "grant connect on database pedidos to pedidos_app",
                "revoke connect on database postgres from public")) {
            execute(superuser, statement);
        }
    }

    private static void create(Connection superuser, String role, String right, String password) throws SQLException {
        if (!exists(superuser, "select 1 from pg_roles where rolname = '" + role + "'")) {
            // Passwords are hexadecimal digits and need no quoting.
            execute(superuser, RootLocale.format("create role %s login %s password '%s'", role, right, password));
        }
    }

    private static boolean exists(Connection superuser, String query) throws SQLException {
        try (Statement statement = superuser.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            return result.next();
        }
    }

    private static void execute(Connection superuser, String sql) throws SQLException {
        try (Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }
}
