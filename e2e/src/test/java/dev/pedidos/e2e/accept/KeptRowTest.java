package dev.pedidos.e2e.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.ledger.deadletter.MissingLetter;
import dev.pedidos.shared.ledger.deadletter.MissingLetters;
import dev.pedidos.shared.ledger.limit.LimitQueue;
import dev.pedidos.shared.ledger.turn.SqlTurns;
import dev.pedidos.shared.message.Letter;
import dev.pedidos.shared.message.Version;
import dev.pedidos.tools.cli.operate.Recovery;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Another session keeps the row of a pedido: what locks the rows of many passes it over, and holds none of them while it waits. */
class KeptRowTest {

    private static TestSystem system;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("kept_row", Map.of());
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void recoverMarksTheOthersAndThenTheOneThatWasKept() throws Exception {
        insert("recover", "'PENDING'");
        try (var recovery = new Recovery(DatabaseUrl.parse(system.stores().databaseUrl()))) {
            var marking = new FutureTask<>(recovery::markAll);
            try (var keeping = keep("recover-1")) {
                Thread.ofPlatform().start(marking);
                system.awaitCount("select count(*) from pedidos where pedido_id like 'recover-%' and not published", 2);
                assertThat(system.count(TestSystem.WAITS)).isZero();
                keeping.rollback();
            }
            assertThat(marking.get()).isEqualTo(3);
        }
        assertThat(system.count("select count(*) from pedidos where pedido_id like 'recover-%' and not published"))
                .isEqualTo(3);
        system.alter("delete from pedidos");
    }

    @Test
    void missingLettersArePublishedAgainWithoutTheOneThatIsKept() throws Exception {
        insert("letter", "'DEAD_LETTERED'");
        var missing = system.ledger()
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select pedido_id, xmin::text as row_version from pedidos where pedido_id like 'letter-%'")
                        .map((row, context) -> new MissingLetter(new Letter(row.getString(1), 0), row.getString(2)))
                        .list());
        try (var keeping = keep("letter-1")) {
            assertThat(new MissingLetters(system.ledger()).publishAgain(missing))
                    .isEqualTo(2);
            keeping.rollback();
        }
        assertThat(new MissingLetters(system.ledger()).publishAgain(missing)).isOne();
        system.alter("delete from pedidos");
    }

    @Test
    void thoseThatWaitForALimitThatIsGoneGoOnAndTheOneThatIsKeptStays() throws Exception {
        insert("waits", "'PENDING'");
        for (String pedidoId : List.of("waits-1", "waits-2", "waits-3")) {
            try (var turn = new SqlTurns(system.ledger(), Duration.ofMinutes(1)).entered(pedidoId, pedidoId)) {
                turn.awaitSlot(new Version(pedidoId, 0, 0, 0), "gone", false);
            }
        }
        var lines = new LimitQueue(system.ledger(), 100_000_000);
        try (var keeping = keep("waits-1")) {
            lines.lift("gone");
            keeping.rollback();
        }
        assertThat(system.text("select string_agg(pedido_id, ' ') from esperas where chamado_em is null"))
                .isEqualTo("waits-1");
        assertThat(system.count("select count(*) from pedidos where not published and relay_at <= clock_timestamp()"))
                .isEqualTo(2);
        lines.lift("gone");
        assertThat(system.count("select count(*) from esperas where chamado_em is null"))
                .isZero();
        system.alter("delete from pedidos");
    }

    /** Three, each with a receiver of its own. */
    private static void insert(String name, String status) {
        system.alter("insert into pedidos"
                + " (pedido_id, ordem, tipo, recebedor_id, origem, payload, payload_hash, published, relay_at, status)"
                + " select '" + name + "-' || n, n, 'simulado', '" + name + "-' || n, 'api', '{}', '', true, now(), "
                + status + " from generate_series(1, 3) n");
    }

    private static Connection keep(String pedidoId) throws SQLException {
        var session = system.owner();
        session.setAutoCommit(false);
        session.createStatement().execute("select from pedidos where pedido_id = '" + pedidoId + "' for update");
        return session;
    }
}
