package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.message.Limits;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.stack.home.PrivateFile;
import dev.pedidos.tools.stack.home.PrivateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The files and the environment of a private node: its data, ports and names are all inside its folder. */
record RabbitNode(Path folder, Path pidFile, RabbitPorts ports) {
    static final String USER = "pedidos";
    static final String VHOST = "pedidos";
    /** The content of the file {@code enabled_plugins}. */
    static final String PLUGINS = "[rabbitmq_management,rabbitmq_consistent_hash_exchange].";

    private static final String NAME = "pedidos@localhost";
    private static final String LOOPBACK = "-kernel inet_dist_use_interface {127,0,0,1}";
    private static final Duration DETACHING = Duration.ofSeconds(5);

    static String uri(String password, int port) {
        return RootLocale.format("amqp://%s:%s@127.0.0.1:%d/%s", USER, password, port, VHOST);
    }

    /** @param cookie who knows it commands the node. Erlang would derive one from guessable numbers */
    void configure(String password, String cookie) throws IOException {
        PrivateFolder.make(folder);
        PrivateFile.write(folder.resolve("home").resolve(".erlang.cookie"), cookie);
        Files.createDirectories(folder.resolve("log"));
        Files.writeString(folder.resolve("enabled_plugins"), PLUGINS + "\n");
        PrivateFile.write(
                folder.resolve("rabbitmq.conf"),
                RootLocale.format(
                        """
                listeners.tcp.1 = 127.0.0.1:%d
                management.tcp.ip = 127.0.0.1
                management.tcp.port = %d
                default_user = %s
                default_pass = %s
                default_vhost = %s
                max_message_size = %d
                """, ports.amqp(), ports.management(), USER, password, VHOST, Limits.BROKER_MESSAGE_BYTES));
    }

    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("HOME", folder.resolve("home").toString());
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("RABBITMQ_NODENAME", NAME);
        environment.put("RABBITMQ_DIST_PORT", Integer.toString(ports.distribution()));
        environment.put("ERL_EPMD_PORT", Integer.toString(ports.epmd()));
        environment.put("ERL_EPMD_ADDRESS", "127.0.0.1");
        environment.put("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", LOOPBACK);
        environment.put("RABBITMQ_CONF_ENV_FILE", "/dev/null");
        environment.put("RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq.conf").toString());
        environment.put(
                "RABBITMQ_ADVANCED_CONFIG_FILE",
                folder.resolve("advanced.config").toString());
        environment.put(
                "RABBITMQ_ENABLED_PLUGINS_FILE",
                folder.resolve("enabled_plugins").toString());
        environment.put(
                "RABBITMQ_GENERATED_CONFIG_DIR", folder.resolve("config").toString());
        environment.put("RABBITMQ_MNESIA_BASE", folder.resolve("mnesia").toString());
        environment.put("RABBITMQ_LOG_BASE", folder.resolve("log").toString());
        environment.put("RABBITMQ_LOGS", "-");
        environment.put("RABBITMQ_PID_FILE", pidFile.toString());
        environment.put("ERL_CRASH_DUMP", folder.resolve("log/erl_crash.dump").toString());
        return environment;
    }

    /**
     * Removes the management plugin's listener before the node is stopped. During the stop the listener calls Erlang's
     * application controller, which is busy stopping, and both wait 5 s (seen on 3.10.8). If it cannot be removed, the
     * stop takes that much longer.
     */
    void detachManagement(Path log) throws InterruptedException {
        List<String> words = new ArrayList<>(List.of("erl", "-noinput", "-hidden", "-sname", "stop@localhost"));
        words.addAll(List.of(LOOPBACK.split(" ")));
        words.addAll(List.of(
                "-eval",
                RootLocale.format(
                        "rpc:call('%s', gen_event, delete_handler, [rabbit_event, rabbit_mgmt_db_handler, []], 3000), halt().",
                        NAME)));
        try {
            new Command(words, environment(), log).run(DETACHING);
        } catch (IOException noErlOnThePath) {
            // The stop goes on without it.
            return;
        }
    }
}
