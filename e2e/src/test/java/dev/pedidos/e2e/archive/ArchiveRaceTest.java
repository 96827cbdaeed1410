package dev.pedidos.e2e.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.accept.Inserted;
import dev.pedidos.shared.ledger.accept.NewPedido;
import dev.pedidos.shared.ledger.accept.PedidoInserts;
import dev.pedidos.shared.text.RootLocale;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pedidos that are archived while they are posted again: one row, one acceptance. */
class ArchiveRaceTest {

    private static final int ROUNDS = 300;
    private static final int HELD = 4711;
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private static TestSystem system;
    private static PedidoInserts inserts;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("archive-race", Map.of());
        inserts = new PedidoInserts(system.ledger(), Duration.ofMinutes(10), place -> {});
    }

    /** Those of all pedidos. */
    private static void openMonths() {
        system.alter(
                "select open_archive_month(mes) from (select distinct archive_month(ordem) as mes from pedidos) m");
    }

    @AfterAll
    static void stop() {
        THREADS.close();
        system.close();
    }

    /**
     * The insert waits between the look at the archive and the look for the row. Meanwhile the row moves: both looks miss it.
     */
    @Test
    void oneThatMovesBetweenTheTwoLooksOfAnInsertIsNotInsertedASecondTime() throws Exception {
        inserts.insert(List.of(pedido("b")));
        finish("b");
        try (var other = system.ledger().jdbi().open()) {
            other.begin();
            other.execute("insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, payload, payload_hash)"
                    + " values ('a', 1, 'simulado', 'rcb', 'api', '{}', '')");
            var posted = THREADS.submit(() -> insertUntilFree(List.of(pedido("a"), pedido("b"))));
            system.awaitCount(TestSystem.WAITS + " and wait_event = 'transactionid'", 1);
            archive("b");
            other.rollback();

            List<Inserted> found = posted.get();
            assertThat(found.getFirst()).isInstanceOf(Inserted.New.class);
            assertThat(found.getLast()).isInstanceOf(Inserted.Replay.class);
        }
        assertThat(system.count("select count(*) from pedidos where pedido_id = 'b'"))
                .isZero();
    }

    @Test
    void theDatabaseItselfRefusesANewPedidoWithTheIdOfAnArchivedOne() throws Exception {
        inserts.insert(List.of(pedido("c")));
        finish("c");
        archive("c");

        var refused = catchThrowable(
                () -> system.alter("insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, payload,"
                        + " payload_hash) values ('c', 1, 'simulado', 'rcb', 'api', '{}', '')"));
        assertThat(LedgerFault.isSerializationFailure(refused)).isTrue();
    }

    /** Workers remember how far the line of a receiver is finished, and do not look for a pedido before that. */
    @Test
    void aPedidoThatIsInsertedAfterAStepBackOfTheClockIsPlacedBehindWhatIsArchived() throws Exception {
        inserts.insert(List.of(pedido("of-tomorrow")));
        system.alter("update pedidos set ordem = ordem + 3600000000 where pedido_id = 'of-tomorrow'");
        finish("of-tomorrow");
        archive("of-tomorrow");

        inserts.insert(List.of(pedido("of-today")));
        assertThat(system.count("select count(*) from pedidos p, arquivados k"
                        + " where p.pedido_id = 'of-today' and k.pedido_id = 'of-tomorrow' and p.ordem > k.ordem"))
                .isOne();
    }

    @Test
    void postingAgainAndArchivingAtOnceManyTimesLeavesOneRowAndOneAcceptance() throws Exception {
        List<NewPedido> all = IntStream.range(0, ROUNDS)
                .mapToObj(i -> pedido(RootLocale.format("r-%03d", i)))
                .toList();
        inserts.insert(all);
        openMonths();
        system.alter("update pedidos set status = 'COMPLETED', relay_at = null where pedido_id like 'r-%'");

        var archiving = THREADS.submit(() -> all.forEach(each -> archive(each.pedidoId())));
        while (!archiving.isDone()) {
            for (int from = 0; from < ROUNDS; from += 50) {
                assertThat(insert(all.subList(from, from + 50))).allMatch(Inserted.Replay.class::isInstance);
            }
        }
        archiving.get();

        assertThat(system.count("select count(*) from pedidos where pedido_id like 'r-%'"))
                .isZero();
        assertThat(system.count("select count(*) from pedidos_arquivados where pedido_id like 'r-%'"))
                .isEqualTo(ROUNDS);
        assertThat(system.count("select count(*) from todos_eventos where external_id like 'r-%'"))
                .isEqualTo(ROUNDS);
    }

    @Test
    void aWorkerThatIsKilledWhileItArchivesLeavesEachPedidoInOnePlaceAndAnotherWorkerGoesOn() throws Exception {
        int count = 1_000;
        inserts.insert(IntStream.range(0, count)
                .mapToObj(i -> pedido("k-" + i).acceptedAt(1_578_000_000_000_000L + i))
                .toList());
        system.alter("update pedidos set status = 'COMPLETED', relay_at = null, atualizado_em = aceito_em"
                + " where pedido_id like 'k-%'");
        var age = Map.of("PEDIDOS_ARQUIVAR_APOS", "1000d");
        system.alter("create function hold_the_archive() returns trigger language plpgsql set lock_timeout = 0"
                + " as $$ begin perform pg_advisory_xact_lock(" + HELD + "); return new; end $$");
        system.alter("create trigger hold_the_archive before insert on arquivados for each row"
                + " when (new.pedido_id = 'k-500') execute function hold_the_archive()");
        try (var holding = system.owner();
                var first = system.workerBegun(age)) {
            holding.createStatement().execute("select pg_advisory_lock(" + HELD + ")");
            system.awaitCount(TestSystem.WAITS + " and wait_event = 'advisory'", 1);
            first.kill();
        }
        // Its session ends the batch in hand.
        assertThat(system.count("select count(*) from arquivados where pedido_id like 'k-%'"))
                .isPositive();
        assertThat(system.count("select count(*) from pedidos where pedido_id like 'k-%'"))
                .isPositive();
        assertThat(system.count("select count(distinct pedido_id) from todos_pedidos where pedido_id like 'k-%'"))
                .isEqualTo(count);
        system.worker(age);
        system.awaitCount("select count(*) from pedidos_arquivados_2020_01", count);
        assertThat(system.count("select count(*) from todos_pedidos where pedido_id like 'k-%'"))
                .isEqualTo(count);
        assertThat(system.count("select count(*) from eventos_arquivados_2020_01"))
                .isEqualTo(count);
    }

    private static NewPedido pedido(String id) {
        return new NewPedido(id, "simulado", "rcb", "api", "{\"dados\":{}}", new byte[] {1, 2, 3}, true, null);
    }

    private static List<Inserted> insert(List<NewPedido> batch) {
        try {
            return inserts.insert(batch);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** An insert waits 2 s for another one: on a machine that stands still, it is tried again. */
    private static List<Inserted> insertUntilFree(List<NewPedido> batch) {
        return Awaitility.await("inserted")
                .ignoreExceptionsMatching(LedgerFault::isLockTimeout)
                .until(() -> inserts.insert(batch), inserted -> true);
    }

    private static void finish(String id) {
        openMonths();
        system.alter("update pedidos set status = 'COMPLETED', relay_at = null where pedido_id = '" + id + "'");
    }

    private static void archive(String id) {
        assertThat(system.count("select archive_pedidos(array['" + id + "'])")).isOne();
    }
}
