package dev.pedidos.e2e.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.config.CallRate;
import dev.pedidos.shared.ledger.limit.Limit;
import dev.pedidos.shared.ledger.limit.LimitQueue;
import dev.pedidos.shared.ledger.limit.LimitStore;
import dev.pedidos.shared.ledger.limit.Slots;
import dev.pedidos.shared.ledger.limit.SqlSlots;
import dev.pedidos.shared.ledger.relay.Due;
import dev.pedidos.shared.ledger.relay.PublishedMark;
import dev.pedidos.shared.ledger.relay.RelayLedger;
import dev.pedidos.shared.ledger.turn.SqlTurns;
import dev.pedidos.shared.message.Version;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The slots of a limit and the line before them, in PostgreSQL. */
class LimitQueueTest {

    private static final CallRate TWO_AN_HOUR = new CallRate(2, Duration.ofHours(1));

    private static TestSystem system;
    private static SqlSlots slots;
    private static LimitQueue lines;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("waiting_lines", Map.of());
        slots = new SqlSlots(system.ledger());
        lines = new LimitQueue(system.ledger(), 100_000_000);
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void aLimitHasAsManyPlacesAsCalls() {
        var limit = limit("places");
        assertThat(take(limit, "a")).isTrue();
        assertThat(take(limit, "b")).isTrue();
        assertThat(take(limit, "c")).isFalse();
    }

    @Test
    void aCallThatBeginsLateKeepsItsPlaceForLonger() {
        var limit = limit("late");
        var slot =
                slots.take(limit, new Slots.Asking("a", false), Duration.ZERO).orElseThrow();
        var again = slots.takeLater(limit, slot, Duration.ZERO).orElseThrow();
        assertThat(again.number()).isEqualTo(slot.number());
        assertThat(slots.takeLater(limit, slot, Duration.ZERO))
                .as("of the slot as it was before")
                .isEmpty();
    }

    @Test
    void aLargeTaskDoesNotHoldUpASmallOneOrAReceiver() throws Exception {
        var limit = limit("fair");
        for (int i = 1; i <= 5; i++) {
            putInLine(limit, "large:" + i, "despesa");
        }
        putInLine(limit, "small:1", "despesa");
        putInLine(limit, "small:2", "despesa");
        putInLine(limit, "alone", "simulado");
        var order = system.ledger()
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select pedido_id from esperas where dependencia = 'fair' order by ficha, desde")
                        .mapTo(String.class)
                        .list());
        assertThat(order)
                .containsExactly("large:1", "large:2", "small:1", "alone", "large:3", "small:2", "large:4", "large:5");
    }

    @Test
    void asManyAreReleasedAsThereArePlacesAndOthersStandBehindThem() throws Exception {
        var limit = limit("called");
        for (String pedidoId : List.of("first", "second", "third")) {
            putInLine(limit, pedidoId, "simulado");
        }
        assertThat(take(limit, "stranger"))
                .as("a slot for one that comes later")
                .isFalse();
        assertThat(take(limit, "first"))
                .as("a slot for one that is not released")
                .isFalse();
        assertThat(released(limit)).containsExactlyInAnyOrder("first", "second");
        assertThat(released(limit)).isEmpty();
        assertThat(take(limit, "second")).isTrue();
        assertThat(take(limit, "stranger")).isFalse();
        assertThat(take(limit, "first")).isTrue();
        assertThat(released(limit)).as("no slot is left for the third").isEmpty();
        assertThat(system.text("select published::text || ' ' || (relay_at < 'infinity')::text from pedidos"
                        + " where pedido_id = 'first'"))
                .as("published, to be looked at by the relay")
                .isEqualTo("false true");
        assertThat(system.text("select published::text || ' ' || (relay_at < 'infinity')::text from pedidos"
                        + " where pedido_id = 'third'"))
                .isEqualTo("true false");
    }

    /** A second call of its handler at the same time, or a worker that has lost its connection and goes on. */
    @Test
    void aCallInTheNameOfOneThatHasJustBegunToWaitLeavesItInTheLine() throws Exception {
        var limit = limit("parallel");
        putInLine(limit, "begun", "simulado");
        assertThat(slots.take(limit, new Slots.Asking("begun", true), Duration.ZERO))
                .isPresent();
        assertThat(released(limit)).containsExactly("begun");
        assertThat(take(limit, "begun")).isTrue();
        assertThat(system.count("select count(*) from esperas where dependencia = 'parallel'"))
                .isZero();
    }

    @Test
    void oneThatIsPutIntoTheLineAgainKeepsItsPlaceThere() throws Exception {
        var limit = limit("again");
        putInLine(limit, "was-first", "simulado");
        putInLine(limit, "was-second", "simulado");
        try (var turn = turns().entered("was-first", "was-first")) {
            turn.awaitSlot(new Version("was-first", 0, 1, 0), "again", false);
        }
        assertThat(system.text(
                        "select pedido_id from esperas where dependencia = 'again' order by ficha, desde limit 1"))
                .isEqualTo("was-first");
    }

    @Test
    void oneThatMayHaveEndedAWorkerIsStillSuspectWhenItIsReleased() throws Exception {
        var limit = limit("suspects");
        putInLine(limit, "innocent", "simulado");
        putInLine(limit, "killer", "simulado");
        try (var turn = turns().entered("killer", "killer")) {
            turn.awaitSlot(new Version("killer", 0, 1, 0), "suspects", true);
        }
        assertThat(suspects(lines.releaseNext(limit))).containsExactly("killer");

        system.alter(
                "update pedidos set relay_at = relay_at - interval '1 hour' where pedido_id in ('innocent', 'killer')");
        var relay = new RelayLedger(system.ledger(), Duration.ofMinutes(1));
        assertThat(suspects(relay.claim(100, 100_000_000, Duration.ofMinutes(1)).due()))
                .as("its worker ended before it published it")
                .containsExactly("killer");
    }

    private static List<String> suspects(List<Due> due) {
        return due.stream().filter(Due::suspect).map(Due::pedidoId).toList();
    }

    @Test
    void whoHasAnotherSchedulingLeavesTheLine() throws Exception {
        var limit = limit("left");
        putInLine(limit, "gone", "simulado");
        putInLine(limit, "there", "simulado");
        system.alter("update pedidos set agendamento = 7 where pedido_id = 'gone'");
        lines.forget("left");
        assertThat(system.text("select string_agg(pedido_id, ',') from esperas where dependencia = 'left'"))
                .isEqualTo("there");
    }

    @Test
    void oneWhoseMessageComesLateHasItsPlaceAndOthersWereReleasedMeanwhile() throws Exception {
        var limit = limit("long-queue");
        for (String pedidoId : List.of("late-1", "late-2", "soon")) {
            putInLine(limit, pedidoId, "simulado");
        }
        assertThat(released(limit)).containsExactlyInAnyOrder("late-1", "late-2");
        system.alter("update esperas set chamado_em = chamado_em - interval '10 minutes' where pedido_id = 'late-1'");
        lines.forget("long-queue");

        assertThat(released(limit)).containsExactly("soon");
        assertThat(take(limit, "late-1")).isTrue();
        assertThat(take(limit, "soon")).isTrue();
    }

    @Test
    void oneThatWasReleasedBeforeTheClockWasSetBackLeavesItsPlaceToOthers() throws Exception {
        var limit = limit("set-back");
        for (String pedidoId : List.of("early-1", "early-2", "after")) {
            putInLine(limit, pedidoId, "simulado");
        }
        assertThat(released(limit)).containsExactlyInAnyOrder("early-1", "early-2");
        system.alter("update esperas set chamado_em = chamado_em + interval '1 day' where pedido_id = 'early-1'");
        lines.forget("set-back");

        assertThat(released(limit)).containsExactly("after");
    }

    @Test
    void nobodyIsReleasedWhileTheSystemWantsToBeLeftAlone() throws Exception {
        var limit = limit("paused");
        putInLine(limit, "patient", "simulado");
        system.alter("insert into pausas values ('paused', clock_timestamp() + interval '10 minutes')");
        assertThat(released(limit)).isEmpty();

        system.alter("update pausas set ate = clock_timestamp() where dependencia = 'paused'");
        assertThat(released(limit)).containsExactly("patient");
    }

    @Test
    void aLineWhoseLimitIsGoneGoesOnAndWhoIsSuspectStaysSo() throws Exception {
        var limit = limit("lifted");
        putInLine(limit, "lifted-innocent", "simulado");
        putInLine(limit, "lifted-killer", "simulado");
        try (var turn = turns().entered("lifted-killer", "lifted-killer")) {
            turn.awaitSlot(new Version("lifted-killer", 0, 1, 0), "lifted", true);
        }
        String due = "select count(*) from pedidos where pedido_id like 'lifted-%' and not published"
                + " and relay_at <= clock_timestamp()";
        assertThat(lines.dependencies()).contains("lifted");

        lines.lift("lifted");
        assertThat(system.count(due)).isEqualTo(2);
        var relay = new RelayLedger(system.ledger(), Duration.ofMinutes(1));
        assertThat(suspects(relay.claim(100, 100_000_000, Duration.ofMinutes(1)).due()))
                .containsExactly("lifted-killer");

        lines.lift("lifted");
        assertThat(system.count(due)).as("each goes on once").isZero();

        system.alter("update pedidos set status = 'COMPLETED' where pedido_id like 'lifted-%'");
        lines.forget("lifted");
        assertThat(lines.dependencies()).doesNotContain("lifted");
    }

    /** An operator has released its receiver since its message was published. */
    @Test
    void aMarkThatComesLateLeavesAPedidoDueThatHasBeenWoken() throws Exception {
        var relay = new RelayLedger(system.ledger(), Duration.ofMinutes(1));
        for (String pedidoId : List.of("woken", "usual")) {
            putInLine(limit("marked"), pedidoId, "simulado");
        }
        system.alter("update pedidos set status = 'PENDING', agendamento = 0, published = false, parked = true,"
                + " relay_at = clock_timestamp() + case pedido_id when 'usual' then interval '15 s' else '0 s' end"
                + " where pedido_id in ('woken', 'usual')");

        assertThat(relay.mark(List.of(PublishedMark.ofNew("woken"), PublishedMark.ofNew("usual"))))
                .isEqualTo(1);
        assertThat(system.text("select pedido_id from pedidos where pedido_id in ('woken', 'usual')"
                        + " and not published and relay_at <= clock_timestamp()"))
                .isEqualTo("woken");
    }

    @Test
    void placesThatWereTakenBeforeTheClockWasPutBackAreFreeAfterOneWindow() {
        var limit = limit("clock");
        system.alter("update limite_vagas set livre_em = clock_timestamp() + interval '5 hours'"
                + " where dependencia = 'clock'");
        new LimitStore(system.ledger()).resetSlots(limit);
        assertThat(system.count("select count(*) from limite_vagas where dependencia = 'clock'"
                        + " and livre_em < clock_timestamp() + interval '63 minutes'"))
                .isEqualTo(2);
    }

    private static Limit limit(String dependency) {
        var limit = new Limit(dependency, TWO_AN_HOUR);
        new LimitStore(system.ledger()).makeSlots(limit);
        return limit;
    }

    private static boolean take(Limit limit, String pedidoId) {
        return slots.take(limit, new Slots.Asking(pedidoId, false), Duration.ZERO)
                .isPresent();
    }

    private static List<String> released(Limit limit) {
        return lines.releaseNext(limit).stream().map(Due::pedidoId).toList();
    }

    private static SqlTurns turns() {
        return new SqlTurns(system.ledger(), Duration.ofMinutes(1));
    }

    /** Each has a receiver of its own. */
    private static void putInLine(Limit limit, String pedidoId, String tipo) throws SQLException {
        system.ledger()
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, payload, payload_hash)"
                                + " values (?, 1, ?, ?, 'api', '{}', '')",
                        pedidoId,
                        tipo,
                        pedidoId));
        try (var turn = turns().entered(pedidoId, pedidoId)) {
            assertThat(turn.awaitSlot(new Version(pedidoId, 0, 0, 0), limit.dependency(), false))
                    .isPresent();
        }
    }
}
