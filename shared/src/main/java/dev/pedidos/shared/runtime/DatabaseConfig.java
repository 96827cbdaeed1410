package dev.pedidos.shared.runtime;

/**
 * One database, as two roles.
 *
 * @param programs the role that API and workers work as
 * @param owner the role that owns the tables; the same where no other is given
 */
public record DatabaseConfig(DatabaseUrl programs, DatabaseUrl owner) {

    private static final DatabaseUrl NOWHERE = new DatabaseUrl("", "", "");
    private static final String DEMAND = "must be postgresql:// or jdbc:postgresql:// with host and database";

    public static DatabaseConfig from(Env env) {
        if (env.text(Settings.DATABASE_URL).isEmpty()) {
            env.problem(Settings.DATABASE_URL, "is missing: postgresql://user:password@host:port/database");
        }
        var programs = env.parsed(Settings.DATABASE_URL, NOWHERE, DEMAND, DatabaseUrl::parse);
        return new DatabaseConfig(
                programs, env.parsed(Settings.DATABASE_ADMIN_URL, programs, DEMAND, DatabaseUrl::parse));
    }
}
