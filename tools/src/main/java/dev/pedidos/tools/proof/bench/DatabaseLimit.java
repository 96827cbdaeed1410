package dev.pedidos.tools.proof.bench;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.ledger.Ledger;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** The rate at which the database alone runs a pedido's statements: pgbench with {@code bench/pedido.pgbench}. */
final class DatabaseLimit {
    private static final int CLIENTS = 16;
    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+) \\(without");
    private static final String ACCEPTED = RootLocale.format("""
            insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, payload, payload_hash)
            select 'b-' || client || '-' || i, i, 'pedido', 'rcb-' || client || '-' || (i %% 62), 'api',
                   '{"itens": [{"sku": "sku-0001", "quantidade": 1, "preco_centavos": 1990},
                               {"sku": "sku-0002", "quantidade": 2, "preco_centavos": 1990}]}', sha256('x')
            from generate_series(0, %d) client, generate_series(1, ?) i""", CLIENTS - 1);
    private static final String STOCK = """
            insert into estoque (sku, disponivel)
            select 'sku-' || lpad(i::text, 4, '0'), 1000000000 from generate_series(0, 1999) i
            on conflict do nothing""";

    private DatabaseLimit() {}

    /**
     * Pedidos a second by 16 clients with prepared statements; empty if there is no pgbench on the PATH, or if it cannot
     * connect as the programs do.
     *
     * @param each pedidos of one client
     */
    static OptionalDouble measure(DatabaseUrl url, int each) throws IOException, SQLException, InterruptedException {
        var pgbench = pgbench();
        var address = LibpqVariables.of(url);
        if (pgbench.isEmpty() || address.isEmpty()) {
            return OptionalDouble.empty();
        }
        try (var connection = Ledger.connect(url);
                var stock = connection.prepareStatement(STOCK);
                var accepted = connection.prepareStatement(ACCEPTED)) {
            stock.execute();
            accepted.setInt(1, each);
            accepted.execute();
        }
        var script = Files.createTempFile("pedido", ".pgbench");
        try {
            Files.writeString(script, Sql.read(DatabaseLimit.class, "/bench/pedido.pgbench"));
            return OptionalDouble.of(rate(pgbench.getFirst(), script, each, address.get()));
        } finally {
            Files.delete(script);
        }
    }

    private static List<Path> pgbench() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "pgbench"))
                .filter(Files::isExecutable)
                .limit(1)
                .toList();
    }

    private static double rate(Path pgbench, Path script, int each, Map<String, String> address)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(
                        pgbench.toString(),
                        "-n",
                        "-M",
                        "prepared",
                        "-c",
                        Integer.toString(CLIENTS),
                        "-j",
                        "2",
                        "-t",
                        Integer.toString(each),
                        "-D",
                        "i=0",
                        "-f",
                        script.toString())
                .redirectErrorStream(true);
        var environment = builder.environment();
        // Those of the user are for other servers.
        environment.keySet().removeIf(name -> name.startsWith("PG"));
        environment.putAll(address);
        // As the programs' sessions have them.
        environment.put("PGOPTIONS", "-c plan_cache_mode=force_generic_plan -c random_page_cost=1.1");
        var process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var found = TPS.matcher(output);
        if (process.waitFor() != 0 || !found.find()) {
            throw new IOException("pgbench failed:\n" + output);
        }
        return Double.parseDouble(found.group(1));
    }
}
