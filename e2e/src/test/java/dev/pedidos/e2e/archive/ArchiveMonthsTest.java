package dev.pedidos.e2e.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.TestSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An archive of two years: what concerns one pedido opens the partitions of one month. */
class ArchiveMonthsTest {

    private static final String TWO_YEARS =
            "select count(open_archive_month((date '2020-01-01' + make_interval(months => n))::date))"
                    + " from generate_series(0, 23) n";

    private static final String OPENED = "select distinct substring(c.relname from '20\\d\\d_\\d\\d') as opened"
            + " from pg_locks l join pg_class c on c.oid = l.relation"
            + " where l.pid = pg_backend_pid() and c.relname ~ 'arquivad\\w+_20\\d\\d_\\d\\d'";

    /** They read lists, or windows of events, or name the tables. */
    private static final List<String> OF_ALL_MONTHS =
            List.of("events_of_many.sql", "pedidos_page_with_archive.sql", "probe_rights.sql");

    private static TestSystem system;

    @BeforeAll
    static void start() throws Exception {
        system = Archiving.system("archive_months");
        new Client(system.apiByLedger()).post(Client.simulado("kept", "rcb-kept", "{}"));
        system.worker();
        Archiving.await(system, "kept");
        system.text(TWO_YEARS);
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void anArchivedPedidoIsReadFromItsMonth() {
        String itsMonth =
                system.text("select to_char(archive_month(ordem), 'YYYY_MM') from arquivados where pedido_id = 'kept'");

        assertThat(openedBy("select answer from known_pedidos where pedido_id = 'kept'"))
                .containsExactly(itsMonth);
    }

    @Test
    void anIdThatTheLedgerDoesNotKnowOpensNoMonth() {
        assertThat(openedBy("select answer from known_pedidos where pedido_id = 'stranger'"))
                .isEmpty();
    }

    @Test
    void onlyStatementsAboutManyPedidosJoinThePartitions() throws IOException {
        try (var files = Files.list(Path.of("..", "shared", "src", "main", "resources", "sql"))) {
            assertThat(files.filter(ArchiveMonthsTest::namesPartitionedTables)
                            .map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(OF_ALL_MONTHS);
        }
    }

    private static boolean namesPartitionedTables(Path file) {
        try {
            return Files.readString(file).matches("(?s).*\\b(pedidos|eventos|reservas)_arquivad[ao]s\\b.*");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> openedBy(String query) {
        return system.ledger().jdbi().inTransaction(tx -> {
            tx.createQuery(query).mapTo(String.class).list();
            return tx.createQuery(OPENED).mapTo(String.class).list();
        });
    }
}
