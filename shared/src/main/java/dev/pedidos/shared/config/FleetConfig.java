package dev.pedidos.shared.config;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Settings that API and workers of one fleet share.
 *
 * @param amqpUri with credentials: never logged
 * @param currentAmqpUri as {@code amqpUri}, with its file read again
 * @param currentDatabase as {@code database}, with its file read again
 * @param currentDatabaseAdmin the owner of the tables, with its file read again
 * @param prefix precedes every exchange and queue name
 * @param declares true: declare exchanges and queues; false: only check that they exist
 * @param shards the number that the environment asks for; the number in the database wins
 * @param signOfLife a published pedido is examined after this time without an event
 * @param onDeadLetter hold or continue
 * @param ordering receiver or none
 * @param drain the longest time that a stop may take
 * @param readyDelay time between "not ready" and the beginning of a stop
 */
public record FleetConfig(
        String amqpUri,
        Supplier<String> currentAmqpUri,
        DatabaseUrl database,
        Supplier<DatabaseUrl> currentDatabase,
        Supplier<DatabaseUrl> currentDatabaseAdmin,
        String prefix,
        boolean declares,
        int shards,
        Duration retryBase,
        Duration retryMax,
        Duration signOfLife,
        PerTipo onDeadLetter,
        PerTipo ordering,
        Duration drain,
        Duration readyDelay) {

    static final String HOLD = "hold";
    static final String BY_RECEIVER = "receiver";

    public static FleetConfig from(Env env) {
        if (env.text(Settings.AMQP_URI).isEmpty()) {
            env.problem(Settings.AMQP_URI, "is missing: amqp://user:password@host:port/vhost");
        }
        String amqp = env.parsed(Settings.AMQP_URI, "", uri -> uri);
        var database = DatabaseConfig.from(env);
        String prefix = env.validOrDefault(Settings.PREFIX);
        int base = env.integer(Settings.RETRY_BASE_MS);
        int max = env.integer(Settings.RETRY_MAX_MS);
        return new FleetConfig(
                amqp,
                env.reread(Settings.AMQP_URI, amqp, uri -> uri),
                database.programs(),
                database.currentPrograms(),
                database.currentOwner(),
                prefix,
                env.onOff(Settings.DECLARE),
                env.integer(Settings.SHARDS),
                Duration.ofMillis(base),
                Duration.ofMillis(Math.max(base, max)),
                Duration.ofMillis(env.integer(Settings.SIGN_OF_LIFE_MS)),
                env.perTipo(Settings.ON_DEAD_LETTER),
                env.perTipo(Settings.ORDERING),
                Duration.ofMillis(env.integer(Settings.DRAIN_MS)),
                Duration.ofMillis(env.integer(Settings.READY_DELAY_MS)));
    }

    public OnDeadLetter onDeadLetter(String tipo) {
        return onDeadLetter.is(HOLD, tipo) ? OnDeadLetter.HOLD : OnDeadLetter.CONTINUE;
    }

    /** Whether pedidos of this tipo stand in their receiver's line. */
    public boolean isOrderedByReceiver(String tipo) {
        return ordering.is(BY_RECEIVER, tipo);
    }

    @Override
    public String toString() {
        return "FleetConfig[" + database + ", prefix='" + prefix + "', shards=" + shards + "]";
    }
}
