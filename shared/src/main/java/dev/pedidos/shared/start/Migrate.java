package dev.pedidos.shared.start;

import dev.pedidos.shared.config.DatabaseConfig;
import dev.pedidos.shared.config.Env;
import dev.pedidos.shared.ledger.Migrations;
import dev.pedidos.shared.runtime.Logging;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Migrates the tables to this version and ends. For deployments in which API and workers do not know the password of
 * the tables' owner.
 */
public final class Migrate {

    private static final int PAUSE_SECONDS = 1;

    private Migrate() {}

    public static void main(String[] args) {
        ProgramMain.run(Migrate::run);
    }

    private static void run() throws InterruptedException {
        var env = Env.ofProcess();
        Logging.configure(env);
        var database = DatabaseConfig.from(env);
        env.check();
        while (!Migrations.tryMigrate(
                database.currentOwner().get(), database.currentPrograms().get())) {
            TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
        }
        LoggerFactory.getLogger(Migrate.class).info("the tables are of this version: {}", database.owner());
    }
}
