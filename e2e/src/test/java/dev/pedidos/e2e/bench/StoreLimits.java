package dev.pedidos.e2e.bench;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.runtime.DatabaseUrl;
import dev.pedidos.tools.stack.stores.Stores;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** The rates of the database alone and of the broker alone for the work of a drain, on the same servers. */
final class StoreLimits {

    private static final int CLIENTS = 16;
    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+) \\(without");
    private static final Pattern RECEIVED = Pattern.compile("receiving rate avg: (\\d+)");
    private static final String NOTED = """
            insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, payload, payload_hash)
            select 'b-' || client || '-' || i, i, 'pedido', 'rcb-' || client || '-' || (i % 62), 'api',
                   '{"itens": [{"sku": "sku-0001", "quantidade": 1, "preco_centavos": 1990},
                               {"sku": "sku-0002", "quantidade": 2, "preco_centavos": 1990}]}', sha256('x')
            from generate_series(0, :clients - 1) client, generate_series(1, :each) i""";

    private StoreLimits() {}

    /** Pedidos a second of {@code bench/pedido.pgbench}, prepared, by 16 clients; needs pgbench on the PATH. */
    static double database(Stores stores, Database ledger, int count) throws IOException, InterruptedException {
        int each = count / CLIENTS;
        ledger.jdbi().useHandle(handle -> {
            handle.createUpdate(NOTED)
                    .bind("clients", CLIENTS)
                    .bind("each", each)
                    .execute();
            handle.execute("vacuum analyze");
        });
        var script = Files.createTempFile("pedido", ".pgbench");
        try (var in = StoreLimits.class.getResourceAsStream("/bench/pedido.pgbench")) {
            Files.write(script, Objects.requireNonNull(in).readAllBytes());
        }
        var url = DatabaseUrl.parse(stores.databaseUrl());
        var address = URI.create(url.jdbcUrl().substring("jdbc:".length()));
        var environment = Map.of(
                "PGHOST", address.getHost(),
                "PGPORT", Integer.toString(address.getPort()),
                "PGUSER", url.user(),
                "PGPASSWORD", url.password(),
                "PGDATABASE", address.getPath().substring(1),
                "PGOPTIONS", "-c plan_cache_mode=force_generic_plan -c random_page_cost=1.1");
        var command = List.of(
                "pgbench",
                "-n",
                "-M",
                "prepared",
                "-c",
                "16",
                "-j",
                "2",
                "-t",
                Integer.toString(each),
                "-D",
                "i=0",
                "-f",
                script.toString());
        return figure(output(command, environment), TPS);
    }

    /** Messages a second that PerfTest drains from 16 quorum queues, acknowledged, prefetch 16. */
    static double broker(Stores stores, int count, int bytes) throws IOException, InterruptedException {
        int each = count / CLIENTS;
        perfTest(
                stores,
                "-x",
                "16",
                "-y",
                "0",
                "-s",
                Integer.toString(bytes),
                "--flag",
                "persistent",
                "--confirm",
                "200",
                "--pmessages",
                Integer.toString(each));
        String drained = perfTest(stores, "-x", "0", "-y", "16", "--qos", "16", "--cmessages", Integer.toString(each));
        return figure(drained, RECEIVED);
    }

    private static String perfTest(Stores stores, String... arguments) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(
                java,
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "com.rabbitmq.perf.PerfTest",
                "--queue-pattern",
                "bench-%d",
                "--queue-pattern-from",
                "1",
                "--queue-pattern-to",
                "16",
                "--quorum-queue",
                "--auto-delete",
                "false",
                "--interval",
                "5"));
        command.addAll(List.of(arguments));
        return output(command, Map.of("PERF_TEST_URI", stores.amqpUri(), "URI", stores.amqpUri()));
    }

    private static String output(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command.getFirst() + " failed:\n" + output);
        }
        return output;
    }

    private static double figure(String output, Pattern pattern) throws IOException {
        var matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new IOException("no figure like " + pattern + " in:\n" + output);
        }
        return Double.parseDouble(matcher.group(1));
    }
}
