package dev.pedidos.e2e.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.e2e.system.Standstills;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.accept.IntakeTransaction;
import dev.pedidos.shared.ledger.accept.NewPedido;
import dev.pedidos.shared.ledger.accept.PedidoInserts;
import dev.pedidos.shared.ledger.relay.PublishedMark;
import dev.pedidos.shared.ledger.relay.RelayLedger;
import dev.pedidos.shared.ledger.turn.AttemptUse;
import dev.pedidos.shared.ledger.turn.Failure;
import dev.pedidos.shared.ledger.turn.SqlTurns;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The places of pedidos in their lines, and the times of the relay, after a clock was set back or a pedido was moved. */
class PlacesTest {

    private static final Duration AN_HOUR = Duration.ofHours(1);

    private static TestSystem system;
    private static List<Long> places;
    private static PedidoInserts inserts;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("places", Map.of());
        system.migrate();
        places = new ArrayList<>();
        inserts = new PedidoInserts(system.ledger(), Duration.ofMinutes(10), places::add);
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void anInsertTellsTheLastPlaceThatItGaveAndNotThoseThatTheBrokersClockGave() throws Exception {
        insert("before", "rcb-clock", null);
        system.alter("update pedidos set ordem = ordem + 3600000000 where pedido_id = 'before'");
        places.clear();
        insert("after", "rcb-clock", null);
        insert("by-broker", "rcb-clock", 9_000_000_000_000_000L);
        assertThat(places)
                .containsExactly(system.count("select ordem + 1 from pedidos where pedido_id = 'before'"), 0L);
    }

    @Test
    void aParkedPedidoThatGetsAnEarlierPlaceIsPublishedSoon() throws Exception {
        insert("head", "rcb-moved", null);
        insert("parked", "rcb-moved", null);
        insert("in-queue", "rcb-moved", null);
        system.alter("update pedidos set published = true, relay_at = only_as_head() where recebedor_id = 'rcb-moved'");
        try (var turn = new SqlTurns(system.ledger(), AN_HOUR).entered("rcb-moved", "parked")) {
            turn.park("parked");
        }
        try (var transaction =
                IntakeTransaction.tryBegin(system.ledger(), inserts).orElseThrow()) {
            transaction.keepEarlierPlaces(List.of(row("parked", "rcb-moved", 1L), row("in-queue", "rcb-moved", 2L)));
            transaction.commit();
        }
        assertThat(system.text(
                        "select string_agg(pedido_id || ' ' || published || ' ' || (relay_at <= clock_timestamp()),"
                                + " ', ' order by ordem) from pedidos where recebedor_id = 'rcb-moved'"))
                .isEqualTo("parked false true, in-queue true false, head true false");
    }

    /** Its transaction holds other rows: a wait as long as that of a turn could be part of a deadlock. */
    @Test
    void theOpenQueueHardlyWaitsForARowThatGetsAnEarlierPlace() throws Exception {
        insert("kept", "rcb-kept", null);
        try (var keeping = system.owner();
                var standstills = new Standstills(system)) {
            keeping.setAutoCommit(false);
            keeping.createStatement().execute("select from pedidos where pedido_id = 'kept' for update");
            assertThat(standstills.without(() -> waitInVain("kept"))).isLessThan(Duration.ofSeconds(1));
        }
    }

    private static void waitInVain(String id) throws Exception {
        try (var transaction =
                IntakeTransaction.tryBegin(system.ledger(), inserts).orElseThrow()) {
            assertThatThrownBy(() -> transaction.keepEarlierPlaces(List.of(row(id, "rcb-" + id, 1L))))
                    .matches(LedgerFault::isLockTimeout);
        }
    }

    @Test
    void timesThatAreTooFarAheadAreFoundBehindThoseThatMayBe() {
        system.alter("insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, payload, payload_hash,"
                + " published, parked, relay_at)"
                + " select 'far-' || n, n, 'simulado', 'rcb-far-' || n, 'api', '{}', '', n > 1, n > 1,"
                + " clock_timestamp() + make_interval(mins => 10, secs => n) from generate_series(1, 1200) n");
        var relay = new RelayLedger(system.ledger(), AN_HOUR);
        for (int calls = 0; calls < 3; calls++) {
            relay.bringForward();
        }
        assertThat(system.text("select string_agg(pedido_id, ' ') from pedidos where pedido_id like 'far-%'"
                        + " and relay_at <= clock_timestamp()"))
                .isEqualTo("far-1");
    }

    /** A policy gave its message back at once, before the mark of its first publishing. */
    @Test
    void aLateMarkDelaysNoRetryThatIsLeftToTheRelay() throws Exception {
        insert("early", "rcb-early", null);
        var turns = new SqlTurns(system.ledger(), AN_HOUR);
        var first = Version.first("early");
        Version retry;
        try (var turn = turns.entered("rcb-early", "early")) {
            retry = turn.retry(first, AttemptUse.ONE_FAILED, AN_HOUR, new Failure("Broken", "said so"))
                    .orElseThrow();
        }
        try (var turn = turns.entered("rcb-early", "early")) {
            turn.leaveToRelay(retry);
        }
        var relay = new RelayLedger(system.ledger(), AN_HOUR.multipliedBy(2));
        assertThat(relay.mark(List.of(new PublishedMark(retry, PedidoStatus.RETRYING))))
                .isOne();
        assertThat(system.count("select count(*) from pedidos where pedido_id = 'early' and published"
                        + " and relay_at < proxima_tentativa_em + interval '1 second'"))
                .isOne();
    }

    private static void insert(String id, String recebedorId, @Nullable Long acceptedMicros) throws Exception {
        inserts.insert(List.of(row(id, recebedorId, acceptedMicros)));
    }

    private static NewPedido row(String id, String recebedorId, @Nullable Long acceptedMicros) {
        var row = NewPedido.of(new Pedido(id, "simulado", recebedorId, "api", List.of(), null), true);
        return acceptedMicros == null ? row : row.acceptedAt(acceptedMicros);
    }
}
