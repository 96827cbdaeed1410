package dev.pedidos.e2e.system;

import dev.pedidos.shared.runtime.DatabaseUrl;
import dev.pedidos.tools.stack.stores.Stores;
import java.io.IOException;
import java.net.URI;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Replaces an empty database by a copy of another one. */
final class TableCopy {

    private TableCopy() {}

    /** @param server an administrator's connection to neither of the two databases */
    static void of(Stores tables, Stores empty, Stores server) throws IOException {
        var admin = DatabaseUrl.parse(server.databaseAdminUrl());
        String name = database(empty);
        try (var connection = DriverManager.getConnection(admin.jdbcUrl(), admin.user(), admin.password());
                var statement = connection.createStatement()) {
            String role = statement.enquoteIdentifier(
                    DatabaseUrl.parse(empty.databaseUrl()).user(), true);
            statement.execute("drop database " + name);
            statement.execute("create database " + name + " template " + database(tables));
            statement.execute("revoke connect on database " + name + " from public");
            statement.execute("grant connect on database " + name + " to " + role);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static String database(Stores stores) {
        return URI.create(stores.databaseAdminUrl()).getPath().substring(1);
    }
}
