package dev.pedidos.e2e.system;

import dev.pedidos.tools.stack.stores.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The loaded classes of both programs and of the commands, as a first run of each leaves them: the programs are started hundreds of times, and loading
 * classes is half of a start. From JDK 25 on they are linked as well (an AOT cache, JEP 514); before it is a CDS archive
 * (JEP 350). An AOT cache lies beside the jar, where the commands find it for the programs that they start.
 */
final class ClassArchive {

    private static final List<String> MODULES = List.of("worker", "producer-api", "tools");
    private static final boolean LINKED = Runtime.version().feature() >= 25;

    /** The JVM writes the archive at its end: some seconds, on a busy machine a minute. */
    private static final Duration WRITING = Duration.ofMinutes(5);

    private ClassArchive() {}

    /** For the command line; the first call starts both programs once, with stores of their own. */
    static List<String> flags(String module) {
        return Made.FLAGS.getOrDefault(module, List.of());
    }

    private static final class Made {
        static final Map<String, List<String>> FLAGS = make();

        private static Map<String, List<String>> make() {
            try (var stores = TestStores.withTables("classes");
                    var worker = begin("worker", "PEDIDOS_WORKER_PORT", stores);
                    var api = begin("producer-api", "PEDIDOS_API_PORT", stores)) {
                worker.awaitReady();
                api.awaitReady();
                tour(api);
                PedidosCommand.flagged(output("tools"), stores, "verify", "--url", stores.databaseUrl());
                // Both write at the same time.
                api.terminate();
                worker.terminate();
                api.stop(WRITING);
                worker.stop(WRITING);
                for (String module : MODULES) {
                    if (Files.exists(fresh(module))) {
                        Files.move(fresh(module), file(module), StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            Map<String, List<String>> flags = new HashMap<>();
            for (String module : MODULES) {
                if (Files.exists(file(module))) {
                    flags.put(module, LINKED ? linked(module) : List.of("-XX:SharedArchiveFile=" + file(module)));
                }
            }
            return flags;
        }

        /** The requests and endings of most tests: what they use is linked in the archive too. */
        private static void tour(TestProgram api) throws Exception {
            var client = new Client(api);
            var http = new Http(api);
            client.awaitLedgerPath();
            client.stock("sku-a", 5);
            client.post(Client.pedido("done", "rcb-1", "sku-a:1"));
            client.post(Client.pedido("done", "rcb-1", "sku-a:1"));
            client.post(Client.pedido("done", "rcb-1", "sku-a:2"));
            client.post(Client.pedido("rejected", "rcb-1", "sku-a:100"));
            client.post(Client.simulado("retried", "rcb-2", "{\"falhas_transitorias\":1}"));
            client.post(Client.simulado("dead", "rcb-3", "{\"falha_permanente\":true}"));
            client.post("{}");
            client.awaitStatus("done", "COMPLETED");
            client.awaitStatus("rejected", "REJECTED");
            client.awaitStatus("retried", "COMPLETED");
            client.awaitStatus("dead", "DEAD_LETTERED");
            client.cancel("done");
            client.awaitStatus("done", "CANCELLED");
            http.json("POST", "/dlq/dead/redrive", "{}");
            client.awaitStatus("dead", "DEAD_LETTERED");
            for (String path : List.of(
                    "/pedidos?limit=2", "/pedidos/done/events", "/estoque/sku-a", "/dlq", "/recebedores", "/workers")) {
                http.get(path);
            }
        }

        /** Without its profiles of methods, which only the optimizing compiler reads. */
        private static List<String> linked(String module) {
            return List.of(
                    "-XX:AOTCache=" + file(module),
                    "-XX:+IgnoreUnrecognizedVMOptions",
                    "-XX:+UnlockDiagnosticVMOptions",
                    "-XX:-AOTReplayTraining");
        }

        private static TestProgram begin(String module, String portSetting, Stores stores) throws IOException {
            Map<String, String> environment = new HashMap<>();
            environment.put("AMQP_URI", stores.amqpUri());
            environment.put("DATABASE_URL", stores.databaseUrl());
            environment.put("PEDIDOS_DATABASE_ADMIN_URL", stores.databaseAdminUrl());
            stores.prefix().ifPresent(prefix -> environment.put("PEDIDOS_PREFIX", prefix));
            environment.put("PEDIDOS_HANDLER_SIMULADO", "on");
            environment.put("PEDIDOS_RETRY_BASE_MS", "50");
            environment.put("PEDIDOS_RETRY_MAX_MS", "50");
            environment.put("PEDIDOS_SHARDS", Integer.toString(TestSystem.SHARDS));
            return TestProgram.start(module, portSetting, environment, Optional.empty(), List.of(output(module)));
        }

        private static String output(String module) throws IOException {
            Files.deleteIfExists(file(module));
            return (LINKED ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + fresh(module);
        }

        private static Path file(String module) {
            return LINKED
                    ? Path.of("..", module, "target", module + ".aot")
                    : Path.of("target", module + ".jsa").toAbsolutePath();
        }

        private static Path fresh(String module) {
            return file(module).resolveSibling(module + ".new");
        }
    }
}
