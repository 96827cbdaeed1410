package dev.pedidos.shared.config;

import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.shared.topology.Topology;
import java.time.Duration;

/**
 * Settings that API and workers of one fleet share.
 *
 * @param shards the number that the environment asks for; the number in the database wins
 * @param signOfLife a published pedido is examined after this time without an event
 * @param onDeadLetter hold or continue
 * @param ordering receiver or none
 * @param drain the longest time that a stop may take
 * @param readyDelay time between "not ready" and the beginning of a stop
 */
public record FleetConfig(
        BrokerConfig broker,
        DatabaseConfig database,
        int shards,
        RetryLadder ladder,
        Duration signOfLife,
        PerTipo onDeadLetter,
        PerTipo ordering,
        Duration drain,
        Duration readyDelay) {

    static final String HOLD = "hold";
    static final String BY_RECEIVER = "receiver";

    public static FleetConfig from(Env env) {
        return new FleetConfig(
                BrokerConfig.from(env),
                DatabaseConfig.from(env),
                env.integer(Settings.SHARDS),
                ladder(env),
                Duration.ofMillis(env.integer(Settings.SIGN_OF_LIFE_MS)),
                env.perTipo(Settings.ON_DEAD_LETTER),
                env.perTipo(Settings.ORDERING),
                Duration.ofMillis(env.integer(Settings.DRAIN_MS)),
                Duration.ofMillis(env.integer(Settings.READY_DELAY_MS)));
    }

    /** The exchanges and queues that the environment asks for. */
    public static Topology topology(Env env) {
        return new Topology(env.validOrDefault(Settings.PREFIX), env.integer(Settings.SHARDS), ladder(env));
    }

    /** A longest delay below the first one is a problem that Env reports; until then it counts as the first one. */
    private static RetryLadder ladder(Env env) {
        int base = env.integer(Settings.RETRY_BASE_MS);
        int max = env.integer(Settings.RETRY_MAX_MS);
        return RetryLadder.doubling(Duration.ofMillis(base), Duration.ofMillis(Math.max(base, max)));
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
        return "FleetConfig[" + database.programs() + ", prefix='" + broker.prefix() + "', shards=" + shards + "]";
    }
}
