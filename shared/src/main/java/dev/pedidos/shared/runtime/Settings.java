package dev.pedidos.shared.runtime;

import java.util.List;

/** Every setting there is. The README's table is held against this list by a test. */
public final class Settings {

    public static final Setting AMQP_URI =
            new Setting("AMQP_URI", "", "Broker: `amqp(s)://user:password@host:port/vhost`");
    public static final Setting DATABASE_URL = new Setting(
            "DATABASE_URL", "", "Database, as the programs' own role: `postgresql://` or `jdbc:postgresql://`");
    public static final Setting DATABASE_ADMIN_URL = new Setting(
            "PEDIDOS_DATABASE_ADMIN_URL",
            "= DATABASE_URL",
            "Database, as the role that owns the tables: migrations only");
    public static final Setting API_HOST =
            new Setting("PEDIDOS_API_HOST", "127.0.0.1", "Address that the producer listens on");
    public static final Setting API_PORT =
            new Setting("PEDIDOS_API_PORT", "8080", "Port that the producer listens on; 0: any");
    public static final Setting API_IN_FLIGHT = new Setting(
            "PEDIDOS_API_IN_FLIGHT",
            "2000",
            "POSTs being answered at once, 1 to 100,000; beyond it 503 with `Retry-After`");
    public static final Setting WORKER_PORT =
            new Setting("PEDIDOS_WORKER_PORT", "0", "Port of the worker's health and metrics, on loopback; 0: any");
    public static final Setting SHARDS =
            new Setting("PEDIDOS_SHARDS", "16", "Shard queues, 1 to 256; the count stored in the database wins");
    public static final Setting PREFIX = new Setting(
            "PEDIDOS_PREFIX", "", "Before every exchange and queue name, so that fleets can share a broker");
    public static final Setting PREFETCH =
            new Setting("PEDIDOS_PREFETCH", "16", "Unacknowledged deliveries per shard, 1 to 1,000");
    public static final Setting MAX_TENTATIVAS =
            new Setting("PEDIDOS_MAX_TENTATIVAS", "5", "Attempts before a pedido is dead-lettered, 1 to 50");
    public static final Setting RETRY_BASE_MS = new Setting(
            "PEDIDOS_RETRY_BASE_MS", "1000", "First retry delay in ms, doubled each time; names the delay queues");
    public static final Setting RETRY_MAX_MS =
            new Setting("PEDIDOS_RETRY_MAX_MS", "600000", "Longest retry delay in ms");
    public static final Setting HANDLER_SIMULADO =
            new Setting("PEDIDOS_HANDLER_SIMULADO", "off", "`on`: workers also handle tipo `simulado`, for drills");
    public static final Setting PLUGINS = new Setting("PEDIDOS_PLUGINS", "plugins", "Folder of jars with own handlers");
    public static final Setting DRAIN_MS =
            new Setting("PEDIDOS_DRAIN_MS", "10000", "How long a stop may take, in ms, 100 to 600,000");
    public static final Setting LOG =
            new Setting("PEDIDOS_LOG", "text on a terminal, else json", "Log format: `text` or `json`");
    public static final Setting DOCKER =
            new Setting("PEDIDOS_DOCKER", "auto", "Whether `./pedidos` looks for a Docker engine: `auto`, `on`, `off`");

    public static final List<Setting> ALL = List.of(
            AMQP_URI,
            DATABASE_URL,
            DATABASE_ADMIN_URL,
            API_HOST,
            API_PORT,
            API_IN_FLIGHT,
            WORKER_PORT,
            SHARDS,
            PREFIX,
            PREFETCH,
            MAX_TENTATIVAS,
            RETRY_BASE_MS,
            RETRY_MAX_MS,
            HANDLER_SIMULADO,
            PLUGINS,
            DRAIN_MS,
            LOG,
            DOCKER);

    private Settings() {}
}
