package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A database for one run, owned by the admin role; the programs' role may connect. */
record FreshDatabase(DatabaseUrls server, String name) {
    /** A template without tables. A connection to template1 would make the copy fail; nobody can connect to this one. */
    static final String EMPTY = "template0";

    static FreshDatabase create(DatabaseUrls server, String name, String template) throws IOException {
        Address admin = Address.of(server.adminUrl());
        String app = Address.of(server.url()).user();
        try (Connection connection = admin.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + " encoding 'UTF8' template " + template);
            statement.execute("revoke all on database " + name + " from public");
            statement.execute("grant connect on database " + name + " to " + statement.enquoteIdentifier(app, true));
        } catch (SQLException e) {
            throw new IOException(RootLocale.format("""
                    The role %s could not create the database %s: %s. This run needs a database of its own; give that role \
                    CREATEDB, or unset DATABASE_URL to have a server started.""", admin.user(), name, e.getMessage()), e);
        }
        return new FreshDatabase(server, name);
    }

    DatabaseUrls urls() {
        return new DatabaseUrls(
                Address.of(server.url()).with(name),
                Address.of(server.adminUrl()).with(name),
                server.server());
    }

    void drop() throws IOException {
        try (Connection connection = Address.of(server.adminUrl()).connect();
                Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists " + name + " with (force)");
        } catch (SQLException e) {
            throw new IOException(
                    RootLocale.format("The database %s could not be dropped: %s", name, e.getMessage()), e);
        }
    }
}
