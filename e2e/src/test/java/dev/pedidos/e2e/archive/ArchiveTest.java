package dev.pedidos.e2e.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Judging;
import dev.pedidos.e2e.system.PedidosCommand;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.accept.NewPedido;
import dev.pedidos.shared.ledger.accept.PedidoInserts;
import dev.pedidos.shared.message.PedidoCodec;
import dev.pedidos.shared.protocol.Decision;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of the archive: their columns, that nobody changes what they hold, and how a month leaves them. */
class ArchiveTest {

    private static TestSystem system;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        system = Archiving.system("archive");
        client = new Client(system.apiByLedger());
        system.worker();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void theTablesOfTheArchiveHaveTheColumnsOfThoseThatTheyComeFrom() {
        for (String[] pair : new String[][] {
            {"pedidos", "pedidos_arquivados"},
            {"operation_events", "eventos_arquivados"},
            {"reservas", "reservas_arquivadas"}
        }) {
            assertThat(columns(pair[1]))
                    .as(pair[1])
                    .isEqualTo((pair[0].equals("pedidos") ? "" : "ordem bigint, ") + columns(pair[0]));
        }
        assertThat(columns("todos_pedidos")).isEqualTo(columns("pedidos"));
        assertThat(columns("todos_eventos")).isEqualTo(columns("operation_events"));
        assertThat(columns("todas_reservas")).isEqualTo(columns("reservas"));
    }

    private static String columns(String table) {
        return system.text("select string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' order by attnum)"
                + " from pg_attribute where attrelid = '" + table + "'::regclass and attnum > 0 and not attisdropped");
    }

    @Test
    void nobodyChangesAnArchivedEventOrDeletesOneThatIsNotArchived() throws Exception {
        client.post(Client.simulado("kept", "rcb-kept", "{}"));
        Archiving.await(system, "kept");
        String part = "eventos_arquivados_"
                + system.text(
                        "select to_char(archive_month(ordem), 'YYYY_MM') from arquivados where pedido_id = 'kept'");

        for (String change : List.of(
                "update eventos_arquivados set event_type = 'REJECTED'",
                "delete from eventos_arquivados",
                "truncate eventos_arquivados",
                "update " + part + " set event_type = 'REJECTED'",
                "delete from " + part,
                "truncate " + part,
                "delete from operation_events")) {
            client.stock("kept", 1);
            assertThat(catchThrowable(() -> system.alter(change))).as(change).hasMessageContaining("append-only");
        }
    }

    @Test
    void aMonthIsExportedAndDroppedAndItsPedidosStayKnown(@TempDir Path folder) throws Exception {
        client.stock("old", 10);
        acceptedInJanuary2020(Client.simulado("old", "rcb-old", "{}"));
        acceptedInJanuary2020(Client.pedido("old-2", "rcb-old", "old:4"));
        Archiving.await(system, "old");
        Archiving.await(system, "old-2");
        assertThat(system.count("select count(*) from eventos_arquivados_2020_01"))
                .isEqualTo(6);

        String file = folder.resolve("month.gz").toString();
        String owner = system.stores().databaseAdminUrl();
        String programs = system.stores().databaseUrl();
        assertThat(PedidosCommand.run("archive", "export", "2020-01", file, "--url", programs)
                        .output())
                .contains("2 pedidos of 2020-01");
        try (var lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Path.of(file))), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).contains("\"pedido_id\": \"old\"", "\"event_type\": \"COMPLETED\"");
        }
        // As while a cancellation undoes it, and until the archiver takes it again. It does not take dead letters.
        system.alter("do $$ begin perform unarchive_pedido('old-2');"
                + " update pedidos set status = 'DEAD_LETTERED' where pedido_id = 'old-2'; end $$");
        var refused = PedidosCommand.run("archive", "drop", "2020-01", "--yes", "--url", owner);
        assertThat(refused.exitCode()).as(refused.output()).isOne();
        assertThat(refused.output()).contains("the pedido old-2 of this month was cancelled", "Nothing was dropped");
        system.alter("update pedidos set status = 'COMPLETED' where pedido_id = 'old-2'");
        Archiving.await(system, "old-2");

        var dropped = PedidosCommand.run("archive", "drop", "2020-01", "--yes", "--url", owner);
        assertThat(dropped.exitCode()).as(dropped.output()).isZero();
        assertThat(system.text("select coalesce(to_regclass('eventos_arquivados_2020_01')::text, 'none')"))
                .isEqualTo("none");

        var pedido = client.get("/pedidos/old");
        assertThat(pedido.text("status")).isEqualTo("COMPLETED");
        assertThat(pedido.body().path("itens").isNull()).isTrue();
        assertThat(client.post(Client.simulado("old", "rcb-old", "{}")).status())
                .isEqualTo(200);
        assertThat(client.post(Client.simulado("old", "rcb-old", "{\"demora_ms\":1}"))
                        .status())
                .isEqualTo(409);
        assertThat(client.cancel("old").status()).isEqualTo(409);
        assertThat(Archiving.decision(system, "old", "rcb-old", "{}")).isNotEqualTo(Decision.PROCESS);
        assertThat(system.count("select count(*) from pedidos where pedido_id = 'old'"))
                .isZero();
        client.assertStock("old", 6, 4);
        assertThat(system.count("select sum(quantidade) from todas_reservas where sku = 'old'"))
                .isEqualTo(4);
    }

    @Test
    void anExportReadsThePartitionsOfItsMonthAlone() {
        system.alter("select open_archive_month('2019-03-01'), open_archive_month('2019-04-01')");
        String export = Sql.fill(
                Sql.read(ArchiveTest.class, "/archive/export.sql"),
                Map.of("since", "1551398400000000", "until", "1554076800000000"));

        var tables = Pattern.compile("\"Relation Name\": \"(\\w+)\"")
                .matcher(system.text("explain (format json) " + export))
                .results()
                .map(found -> found.group(1));

        assertThat(tables)
                .containsExactlyInAnyOrder(
                        "pedidos_arquivados_2019_03", "eventos_arquivados_2019_03", "reservas_arquivadas_2019_03");
    }

    /** By the broker, in a manner of speaking: its place is that time. */
    private static void acceptedInJanuary2020(String json) throws Exception {
        var pedido = PedidoCodec.readMessage(json.getBytes(StandardCharsets.UTF_8));
        new PedidoInserts(system.ledger(), Duration.ZERO, place -> {})
                .insert(List.of(NewPedido.of(pedido, true).acceptedAt(1_578_000_000_000_000L)));
    }

    @Test
    void theLawsHoldOfWhatIsArchivedAndWhatIsNot() throws Exception {
        client.stock("law", 100);
        for (int i = 0; i < 20; i++) {
            client.post(Client.pedido("law-" + i, "rcb-law-" + i % 3, "law:" + (i + 1)));
        }
        Archiving.await(system, "law-0");
        Judging.assertEveryLawHolds(system);
    }
}
