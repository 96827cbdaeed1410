package dev.pedidos.shared.runtime;

import java.util.function.Supplier;

/**
 * One database, as two roles.
 *
 * @param programs the role that API and workers work as
 * @param owner the role that owns the tables; the same where no other is given
 * @param programsAgain as {@code programs}, with its file read again: for when the database refuses its password. What
 *     cannot be read or used is left aside
 */
public record DatabaseConfig(DatabaseUrl programs, DatabaseUrl owner, Supplier<DatabaseUrl> programsAgain) {

    private static final DatabaseUrl NOWHERE = new DatabaseUrl("", "", "");

    public static DatabaseConfig from(Env env) {
        if (env.text(Settings.DATABASE_URL).isEmpty()) {
            env.problem(Settings.DATABASE_URL, "is missing: postgresql://user:password@host:port/database");
        }
        var programs = env.parsed(Settings.DATABASE_URL, NOWHERE, DatabaseUrl::parse);
        var owner = env.parsed(Settings.DATABASE_ADMIN_URL, programs, DatabaseUrl::parse);
        return new DatabaseConfig(programs, owner, env.again(Settings.DATABASE_URL, programs, DatabaseUrl::parse));
    }
}
