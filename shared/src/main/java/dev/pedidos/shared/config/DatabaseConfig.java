package dev.pedidos.shared.config;

import java.util.Map;
import java.util.function.Supplier;

/**
 * One database, with two roles.
 *
 * @param programs the role of API and workers
 * @param owner the role that owns the tables; the same as {@code programs} if no other is given
 * @param currentPrograms reads the file of {@code programs} again, for the case that no session can be
 * opened. Ignores a file that cannot be read or used
 * @param currentOwner the same of {@code owner}; follows {@code programs} if it is the same
 */
public record DatabaseConfig(
        DatabaseUrl programs,
        DatabaseUrl owner,
        Supplier<DatabaseUrl> currentPrograms,
        Supplier<DatabaseUrl> currentOwner) {

    private static final DatabaseUrl NOWHERE = new DatabaseUrl("", "", "", Map.of());

    public static DatabaseConfig from(Env env) {
        if (env.text(Settings.DATABASE_URL).isEmpty()) {
            env.problem(Settings.DATABASE_URL, "is missing: postgresql://user:password@host:port/database");
        }
        var programs = env.parsed(Settings.DATABASE_URL, NOWHERE, DatabaseUrl::parse);
        var owner = env.parsed(Settings.DATABASE_ADMIN_URL, programs, DatabaseUrl::parse);
        var currentPrograms = env.reread(Settings.DATABASE_URL, programs, DatabaseUrl::parse);
        var currentOwner = owner.equals(programs)
                ? currentPrograms
                : env.reread(Settings.DATABASE_ADMIN_URL, owner, DatabaseUrl::parse);
        return new DatabaseConfig(programs, owner, currentPrograms, currentOwner);
    }
}
