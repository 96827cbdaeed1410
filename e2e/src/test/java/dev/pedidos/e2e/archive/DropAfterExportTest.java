package dev.pedidos.e2e.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.PedidosCommand;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.ledger.accept.NewPedido;
import dev.pedidos.shared.ledger.accept.PedidoInserts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A month is dropped only if the export has all of it. */
class DropAfterExportTest {

    private static final long MARCH_2020 = 1_584_000_000_000_000L;

    private static TestSystem system;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("drop-after-export", Map.of());
    }

    @BeforeEach
    void openMonth() {
        system.alter("select open_archive_month('2020-03-01')");
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void aMonthWithPedidosThatTheExportLacksIsNotDropped() throws Exception {
        archive("early-1");
        archive("early-2");
        Path first = export("first.gz");
        archive("late");

        assertThat(refusal(first))
                .contains(
                        "2020-03 has 3 pedidos",
                        "first.gz has 2 of them: 1 were archived after the export",
                        "Nothing was dropped. Export the month again");
        assertThat(refusal(cut(first))).contains("cut.gz ends too early", "Nothing was dropped");
        assertThat(refusal(Files.writeString(folder.resolve("text.gz"), "{}\n{}\n{}\n")))
                .contains("the file of --exported cannot be read", "Nothing was dropped");
        assertThat(refusal(folder.resolve("none.gz"))).contains("none.gz: there is no such file");
        assertThat(archived()).isEqualTo(3);

        var dropped = drop(export("second.gz"));
        assertThat(dropped.exitCode()).as(dropped.output()).isZero();
        assertThat(archived()).isZero();
    }

    @Test
    void aMonthWhosePedidoWasUndoneAfterTheExportIsNotDropped() throws Exception {
        archive("undone");
        Path before = export("before.gz");
        system.alter("do $$ begin perform unarchive_pedido('undone');"
                + " update pedidos set status = 'CANCELLED' where pedido_id = 'undone';"
                + " insert into operation_events (external_id, event_type, payload, payload_hash)"
                + " values ('undone', 'CANCELLED', '{}', ''); end $$");
        assertThat(system.count("select archive_pedidos(array['undone'])")).isOne();

        assertThat(refusal(before))
                .contains(
                        "2020-03 has 2 events",
                        "before.gz has 1 of them: 1 were archived after the export",
                        "Nothing was dropped. Export the month again");
        assertThat(refusal(packed("old.gz", "{}\n")))
                .contains("old.gz does not end with the number of its events", "Nothing was dropped");
        assertThat(refusal(packed("less.gz", "{\"total\":{\"pedidos\":1,\"eventos\":2,\"ultimo_evento\":2}}\n")))
                .contains("less.gz has the lines of 0 pedidos, and its last line says 1", "Nothing was dropped");
        assertThat(archived()).isOne();
        assertThat(drop(export("after.gz")).exitCode()).isZero();
    }

    private Path packed(String name, String lines) throws Exception {
        Path file = folder.resolve(name);
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(lines.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    /** Here it stands still before it writes its sums, as if it were counting. */
    @Test
    void theArchiveCanBeReadWhileTheMonthIsCountedAndTheDropWaitsForThoseThatRead() throws Exception {
        archive("read");
        try (var busy = system.owner();
                var reader = system.owner()) {
            busy.setAutoCommit(false);
            busy.createStatement().execute("lock table reservas_descartadas in exclusive mode");
            var drop = PedidosCommand.start("archive", "drop", "2020-03", "--yes", "--url", owner());
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> system.count(
                                    "select count(*) from pg_locks where not granted"
                                            + " and relation = 'reservas_descartadas'::regclass"
                                            + " and database = (select oid from pg_database where datname = current_database())")
                            == 1);
            reader.setAutoCommit(false);
            reader.createStatement().execute("set lock_timeout = '100ms'");
            reader.createStatement().execute("select count(*) from pedidos_arquivados");
            busy.rollback();
            drop.awaitLine("the archive is in use");
            assertThat(archived()).isEqualTo(1);

            reader.rollback();
            var dropped = drop.awaitEnd();
            assertThat(dropped.exitCode()).as(dropped.output()).isZero();
        }
        assertThat(archived()).isZero();
    }

    /** Its sums take as long as those of a large month. */
    @Test
    void aDropThatIsInterruptedDropsNothing() throws Exception {
        archive("stopped");
        system.alter("create function slow() returns trigger language plpgsql as"
                + " 'begin perform pg_sleep(30); return null; end'");
        system.alter(
                "create trigger slow before insert on reservas_descartadas for each statement execute function slow()");
        try {
            var drop = PedidosCommand.start("archive", "drop", "2020-03", "--yes", "--url", owner());
            Awaitility.await().until(() -> sleeping() == 1);

            var stopped = drop.stop();

            assertThat(stopped.exitCode()).as(stopped.output()).isOne();
            assertThat(stopped.output()).contains("stopped before the end").doesNotContain("was dropped");
            Awaitility.await().until(() -> sleeping() == 0);
            assertThat(archived()).isEqualTo(1);
        } finally {
            system.alter("drop function slow() cascade");
        }
        assertThat(drop(export("left.gz")).exitCode()).isZero();
    }

    private static long sleeping() {
        return system.count("select count(*) from pg_stat_activity where wait_event = 'PgSleep'"
                + " and datname = current_database()");
    }

    /** Two exports at once to one name would write into one file. */
    @Test
    void anExportLeavesEveryOtherFileAlone() throws Exception {
        Path other = Files.writeString(folder.resolve("month.gz.part"), "of somebody else");

        Path exported = export("month.gz");

        assertThat(other).hasContent("of somebody else");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(other, exported);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(exported)))
                .isEqualTo("rw-------");
    }

    private static void archive(String id) throws Exception {
        var pedido = new NewPedido(id, "simulado", "rcb", "api", "{\"dados\":{}}", new byte[] {1, 2, 3}, true, null);
        new PedidoInserts(system.ledger(), Duration.ZERO, place -> {}).insert(List.of(pedido.acceptedAt(MARCH_2020)));
        system.alter("update pedidos set status = 'COMPLETED', relay_at = null where pedido_id = '" + id + "'");
        assertThat(system.count("select archive_pedidos(array['" + id + "'])")).isOne();
    }

    private static long archived() {
        return system.count("select count(*) from pedidos_arquivados");
    }

    private Path export(String name) throws Exception {
        Path file = folder.resolve(name);
        var exported = PedidosCommand.run("archive", "export", "2020-03", file.toString(), "--url", owner());
        assertThat(exported.exitCode()).as(exported.output()).isZero();
        return file;
    }

    private Path cut(Path whole) throws Exception {
        byte[] bytes = Files.readAllBytes(whole);
        return Files.write(folder.resolve("cut.gz"), Arrays.copyOf(bytes, bytes.length / 2));
    }

    private static String refusal(Path exported) throws Exception {
        var refused = drop(exported);
        assertThat(refused.exitCode()).as(refused.output()).isOne();
        return refused.output();
    }

    private static PedidosCommand.Ended drop(Path exported) throws Exception {
        return PedidosCommand.run(
                "archive", "drop", "2020-03", "--exported", exported.toString(), "--yes", "--url", owner());
    }

    private static String owner() {
        return system.stores().databaseAdminUrl();
    }
}
