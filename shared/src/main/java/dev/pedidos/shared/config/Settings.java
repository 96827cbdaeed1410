package dev.pedidos.shared.config;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** All settings. A test compares the table in docs/configuration.md with this list. */
public final class Settings {

    private static final String A_DATABASE =
            "must be postgresql:// or jdbc:postgresql:// with user, host and database, or several hosts";

    public static final Setting AMQP_URI = Setting.address(
            "AMQP_URI",
            "",
            "Address of the broker: `amqp(s)://user:password@host:port/vhost`; several by comma",
            "must be amqp:// or amqps:// with a host, or several by comma",
            AmqpUrl::parse);
    public static final Setting AMQP_URI_FILE = Setting.fileOf(AMQP_URI);
    public static final Setting DATABASE_URL = Setting.address(
            "DATABASE_URL",
            "",
            "Address of the database, with the programs' own role: `postgresql://` or `jdbc:postgresql://`; several"
                    + " hosts by comma",
            A_DATABASE,
            DatabaseUrl::parse);
    public static final Setting DATABASE_URL_FILE = Setting.fileOf(DATABASE_URL);
    public static final Setting DATABASE_ADMIN_URL = Setting.address(
            "PEDIDOS_DATABASE_ADMIN_URL",
            "= DATABASE_URL",
            "Address of the database, with the role that owns the tables: for migrations only. If the role may not"
                    + " create tables, the program only checks that they are there",
            A_DATABASE,
            DatabaseUrl::parse);
    public static final Setting DATABASE_ADMIN_URL_FILE = Setting.fileOf(DATABASE_ADMIN_URL);
    public static final Setting API_HOST =
            Setting.host("PEDIDOS_API_HOST", "127.0.0.1", "Address that the API listens on");
    public static final Setting API_PORT = Setting.integer(
            "PEDIDOS_API_PORT", 8080, 0, TcpPorts.HIGHEST, "Port that the API listens on; 0: a free port");
    public static final Setting ALLOWED_HOSTS = Setting.matching(
            "PEDIDOS_ALLOWED_HOSTS",
            "`localhost`, `127.0.0.1` and `[::1]` if the API listens on loopback, else `*`",
            Pattern.compile(
                    "(\\*|NAME)(,(\\*|NAME))*".replace("NAME", "([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?")),
            "must be names such as pedidos.example.com,localhost, or * for all",
            "Names that the header `Host` may have, by comma; any port if none is named; `*` for all");
    public static final Setting API_IN_FLIGHT = Setting.integer(
            "PEDIDOS_API_IN_FLIGHT",
            2000,
            1,
            100_000,
            "POSTs being answered at once, 1 to 100,000; beyond it 503 with `Retry-After`");
    public static final Setting LISTENERS = Setting.integer(
            "PEDIDOS_OUVINTES",
            1000,
            1,
            10_000,
            "Streams that one API keeps open at once, 1 to 10,000, but at most half of its connections; beyond it 503"
                    + " with `Retry-After`");
    public static final Setting WORKER_PORT = Setting.integer(
            "PEDIDOS_WORKER_PORT", 0, 0, TcpPorts.HIGHEST, "Port of the worker's health and metrics; 0: a free port");
    public static final Setting WORKER_HOST =
            Setting.host("PEDIDOS_WORKER_HOST", "127.0.0.1", "Address of the worker's health and metrics");
    public static final Setting SHARDS = Setting.integer(
            "PEDIDOS_SHARDS", 16, 1, 256, "Shard queues, 1 to 256; the count stored in the database wins");
    public static final Setting PREFIX = Setting.matching(
            "PEDIDOS_PREFIX",
            "",
            Pattern.compile("(?!amq\\.)[A-Za-z0-9._-]{0,64}"),
            "may have at most 64 of the characters A-Z a-z 0-9 . _ - and may not begin with \"amq.\": RabbitMQ keeps"
                    + " such names for itself, and refuses to declare them",
            "Prefix of every exchange and queue name, so that fleets can share a broker");
    public static final Setting DECLARE = Setting.oneOf(
            "PEDIDOS_DECLARE",
            "on",
            Set.of("on", "off"),
            "`off`: the broker has imported exchanges and queues; the programs only check that all of them are there");
    public static final Setting PREFETCH = Setting.integer(
            "PEDIDOS_PREFETCH",
            16,
            1,
            1000,
            "Unacknowledged deliveries per shard, 1 to 1,000; if it is not set, more where other settings need it, see below");
    public static final Setting LOTE = Setting.integer(
            "PEDIDOS_LOTE",
            1,
            1,
            100,
            "Pedidos of a shard in one transaction, 1 to 100; for handlers that take lots, see below");
    public static final Setting ESPERAS = Setting.integer(
            "PEDIDOS_ESPERAS",
            64,
            1,
            1000,
            "How many handlers of one worker may wait for other systems at the same time, 1 to 1,000. Handlers that wait"
                    + " for one dependency get at most three quarters of these places");
    public static final Setting MAX_TENTATIVAS =
            Setting.integer("PEDIDOS_MAX_TENTATIVAS", 5, 1, 50, "Attempts before a pedido is dead-lettered, 1 to 50");
    public static final Setting RETRY_BASE_MS = Setting.integer(
            "PEDIDOS_RETRY_BASE_MS",
            1000,
            1,
            86_400_000,
            "First retry delay in ms, doubled each time; each delay queue is named by its delay");
    public static final Setting RETRY_MAX_MS =
            Setting.integer("PEDIDOS_RETRY_MAX_MS", 600_000, 1, 86_400_000, "Longest retry delay in ms");
    public static final Setting ON_DEAD_LETTER = Setting.perTipo(
            "PEDIDOS_ON_DEAD_LETTER",
            "continue",
            Set.of("continue", FleetConfig.HOLD),
            "Whether a receiver goes on after a dead letter or waits for an operator: `continue`, `hold`, or by tipo"
                    + " `pedido=hold,despesa=continue`");
    public static final Setting ORDERING = Setting.perTipo(
            "PEDIDOS_ORDERING",
            FleetConfig.BY_RECEIVER,
            Set.of(FleetConfig.BY_RECEIVER, "none"),
            "Order of a receiver's pedidos: `receiver`, `none`, or by tipo `pedido=receiver,despesa=none`");
    public static final Setting SIGN_OF_LIFE_MS = Setting.integer(
            "PEDIDOS_SIGN_OF_LIFE_MS",
            60_000,
            1000,
            86_400_000,
            "If nothing happens for this time to the first unfinished pedido of a receiver, its message is published again; in"
                    + " ms, 1,000 to 86,400,000; doubled each time");
    public static final Setting HANDLER_LIMIT_MS = Setting.integer(
            "PEDIDOS_HANDLER_LIMIT_MS",
            60_000,
            100,
            3_600_000,
            "How long each call of a handler's `prepare`, `apply`, `applyLot` or `undo` may take, in ms, 100 to 3,600,000; beyond it the attempt has failed");
    public static final Setting HANDLER_SIMULADO = Setting.oneOf(
            "PEDIDOS_HANDLER_SIMULADO",
            "off",
            Set.of("on", "off"),
            "`on`: workers also handle the tipos `simulado` and `simulado-lote`, and APIs take them, for drills");
    public static final Setting LIMITES = new Setting(
            "PEDIDOS_LIMITES",
            "",
            "Rates of calls for the whole fleet, by dependency, in `s`, `min` or `h`: `cnpj=10/min,banco=5/s`. If workers"
                    + " differ, the fleet keeps to the rates of all",
            CallRate::isValid,
            value -> "must be rates by dependency, each dependency once, up to 10,000 in s, min or h, such as"
                    + " cnpj=10/min,banco=5/s");
    public static final Setting PLUGINS =
            Setting.folder("PEDIDOS_PLUGINS", "plugins", "Folder with the jars of your own handlers");
    public static final Setting CNPJ_URL = Setting.address(
            "PEDIDOS_CNPJ_URL",
            "",
            "Address of a provider of company data, asked by `GET <url>/<cnpj>` about each expense; without it an"
                    + " expense is only checked",
            "must be http:// or https:// with a host",
            HttpUrl::parse);
    public static final Setting CNPJ_FORMATO = Setting.oneOf(
            "PEDIDOS_CNPJ_FORMATO",
            "brasilapi",
            Set.of("brasilapi", "cnpjws"),
            "The form of that provider's answers: `brasilapi` (brasilapi.com.br/api/cnpj/v1) or `cnpjws`"
                    + " (publica.cnpj.ws/cnpj)");
    public static final Setting CNPJ_TIMEOUT_MS = Setting.integer(
            "PEDIDOS_CNPJ_TIMEOUT_MS",
            5000,
            100,
            60_000,
            "How long a call to that provider may take, in ms, 100 to 60,000");
    public static final Setting CNPJ_TOKEN_FILE = Setting.file(
            "PEDIDOS_CNPJ_TOKEN_FILE", "", "File that holds the token for that provider; read again for each call");
    public static final Setting CNPJ_IDADE = Setting.matching(
            "PEDIDOS_CNPJ_IDADE",
            "1d",
            AgeText.AGE,
            "must be a number with d, h, m or s such as 1d",
            "How long an answer of that provider serves further expenses: days, hours, minutes or seconds, such as"
                    + " `1d`");
    public static final Setting DRAIN_MS = Setting.integer(
            "PEDIDOS_DRAIN_MS", 10_000, 100, 600_000, "How long a stop may take, in ms, 100 to 600,000");
    public static final Setting READY_DELAY_MS = Setting.integer(
            "PEDIDOS_READY_DELAY_MS",
            0,
            0,
            600_000,
            "How long `/readyz` answers 503 before a stop begins, in ms, 0 to 600,000; comes before"
                    + " `PEDIDOS_DRAIN_MS`");
    public static final Setting ARQUIVAR_APOS = Setting.matching(
            "PEDIDOS_ARQUIVAR_APOS",
            "90d",
            AgeText.AGE_OR_OFF,
            "must be off, or a number with d, h, m or s such as 90d",
            "Age at which final pedidos move to the archive: days, hours, minutes or seconds, such as `90d`; `off`:"
                    + " never");
    public static final Setting CALLBACK_HOSTS = Setting.matching(
            "PEDIDOS_CALLBACK_HOSTS",
            "",
            Pattern.compile("HOST(,HOST)*".replace("HOST", "(\\*|[A-Za-z0-9_][A-Za-z0-9._-]*|\\[[0-9A-Fa-f:.]+])")),
            "must be host names such as hooks.example.com,10.0.0.7, or * for all public ones",
            "Hosts that webhooks may be sent to, by comma, as they stand in the address; without one there are no webhooks."
                    + " `*`: all others too, but only at public addresses");
    public static final Setting WEBHOOK_SECRET_FILE = Setting.file(
            "PEDIDOS_WEBHOOK_SECRET_FILE",
            "",
            "File with the secrets that workers sign webhooks with, `whsec_...`, one in each line, the newest first;"
                    + " required for workers with `PEDIDOS_CALLBACK_HOSTS`");
    public static final Setting WEBHOOK_TIMEOUT_MS = Setting.integer(
            "PEDIDOS_WEBHOOK_TIMEOUT_MS",
            10_000,
            100,
            60_000,
            "How long one attempt to deliver a webhook may take, in ms, 100 to 60,000");
    public static final Setting WEBHOOK_PRAZO = Setting.matching(
            "PEDIDOS_WEBHOOK_PRAZO",
            "24h",
            AgeText.AGE,
            "must be a number with d, h, m or s such as 24h",
            "How long a webhook is tried again before it is given up: days, hours, minutes or seconds, such as `24h`");
    public static final Setting LOG = Setting.oneOf(
            "PEDIDOS_LOG", "text on a terminal, else json", Set.of("text", "json"), "Log format: `text` or `json`");
    public static final Setting DOCKER = Setting.oneOf(
            "PEDIDOS_DOCKER",
            "auto",
            Set.of("auto", "on", "off"),
            "Whether `./pedidos` looks for a Docker engine: `auto`, `on`, `off`");

    public static final List<Setting> ALL = List.of(
            AMQP_URI,
            AMQP_URI_FILE,
            DATABASE_URL,
            DATABASE_URL_FILE,
            DATABASE_ADMIN_URL,
            DATABASE_ADMIN_URL_FILE,
            API_HOST,
            API_PORT,
            ALLOWED_HOSTS,
            API_IN_FLIGHT,
            LISTENERS,
            WORKER_HOST,
            WORKER_PORT,
            SHARDS,
            PREFIX,
            DECLARE,
            PREFETCH,
            LOTE,
            ESPERAS,
            MAX_TENTATIVAS,
            RETRY_BASE_MS,
            RETRY_MAX_MS,
            ON_DEAD_LETTER,
            ORDERING,
            SIGN_OF_LIFE_MS,
            HANDLER_LIMIT_MS,
            HANDLER_SIMULADO,
            LIMITES,
            PLUGINS,
            CNPJ_URL,
            CNPJ_FORMATO,
            CNPJ_TIMEOUT_MS,
            CNPJ_TOKEN_FILE,
            CNPJ_IDADE,
            DRAIN_MS,
            READY_DELAY_MS,
            ARQUIVAR_APOS,
            CALLBACK_HOSTS,
            WEBHOOK_SECRET_FILE,
            WEBHOOK_TIMEOUT_MS,
            WEBHOOK_PRAZO,
            LOG,
            DOCKER);

    /** Settings that contain a password; they may be given as files. */
    static final List<Setting> SECRET = List.of(AMQP_URI, DATABASE_URL, DATABASE_ADMIN_URL);

    private Settings() {}
}
