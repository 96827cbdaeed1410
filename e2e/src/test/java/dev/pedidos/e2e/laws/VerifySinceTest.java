package dev.pedidos.e2e.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.laws.AsOf;
import dev.pedidos.tools.proof.laws.Extent;
import dev.pedidos.tools.proof.laws.Judgement;
import dev.pedidos.tools.proof.laws.JudgingLimit;
import dev.pedidos.tools.proof.laws.LedgerLaws;
import dev.pedidos.tools.proof.laws.Since;
import dev.pedidos.tools.proof.laws.Verdict;
import dev.pedidos.tools.proof.ledger.Ledger;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A ledger with many pedidos that were final long ago, and a few that have changed. */
class VerifySinceTest {
    private static final int OLD = 20_000;
    private static final int CHANGED = 100;

    /** Each of another receiver of a thousand, COMPLETED at its first attempt; %1$s: the id, %4$s: when. */
    private static final String COMPLETED = """
            with made as (
                insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, payload, payload_hash, status, tentativas,
                    resultado, noted_in, noted_after, aceito_em, atualizado_em, noted_by)
                select '%1$s-' || i, extract(epoch from %4$s)::bigint * 1000000 + i, 'pedido', 'r-' || i %% 1000, 'api',
                    '{"itens": [{"sku": "s", "quantidade": 1}]}', '', 'COMPLETED', 1, '{}', '%2$s', '%2$s', %4$s, %4$s,
                    (select system_identifier from pg_control_system())
                from generate_series(1, %3$d) i
                returning *
            ), reserved as (
                insert into reservas select pedido_id, 's', 1 from made
            )
            insert into operation_events (external_id, event_type, payload, payload_hash, occurred_at)
            select m.pedido_id, e.event_type, e.payload::jsonb, '', %4$s
            from made m
            cross join (values
                (1, 'ACCEPTED', '{"ciclo": 0}'),
                (2, 'PROCESSING', '{"ciclo": 0, "tentativa": 1}'),
                (3, 'COMPLETED', '{"ciclo": 0, "tentativa": 1, "resultado": {}}')) as e (n, event_type, payload)
            order by m.ordem, e.n""";

    private static TestSystem system;

    @BeforeAll
    static void fill() throws Exception {
        system = TestSystem.start("since", Map.of());
        system.alter(RootLocale.format(COMPLETED, "old", "100", OLD, "(now() - interval '1 day')"));
        system.alter(RootLocale.format(COMPLETED, "new", "200", CHANGED, "now()"));
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    private record Look(Judgement judgement, long rows) {}

    @Test
    void theCostFollowsTheChangeAndNotTheLedger() throws Exception {
        var changes = look(Optional.of(new Since.Ago(Duration.ofHours(1))));
        var everything = look(Optional.empty());

        assertThat(changes.judgement().extent())
                .isInstanceOfSatisfying(
                        Extent.Changes.class,
                        extent -> assertThat(extent.pedidos()).isEqualTo(CHANGED));
        assertThat(broken(changes)).isZero();
        // Its statements enter each table for one pedido at a time: a bound for each pedido, whatever the size.
        assertThat(changes.rows()).isLessThan(500L * CHANGED);
        assertThat(everything.rows()).isGreaterThan(20 * changes.rows());
    }

    @Test
    void aFaultIsFoundAmongManyThatHaveNotChanged() throws Exception {
        try (var connection = system.owner()) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("update pedidos set motivo = 'X' where pedido_id in ('new-7', 'old-7')");
            }
            var judgement = LedgerLaws.judge(
                    connection, AsOf.NOW, Optional.of(new Since.Ago(Duration.ofHours(1))), JudgingLimit.none());
            connection.rollback();

            assertThat(judgement.verdicts())
                    .filteredOn(verdict -> !verdict.holds())
                    .singleElement()
                    .satisfies(verdict -> assertThat(verdict.ids()).containsExactly("new-7"));
        }
    }

    private static long broken(Look look) {
        return look.judgement().verdicts().stream()
                .filter(verdict -> !verdict.holds())
                .map(Verdict::law)
                .count();
    }

    /** Rows that the tables gave to this transaction. */
    private static Look look(Optional<Since> since) throws SQLException {
        try (var snapshot = Ledger.snapshot(DatabaseUrl.parse(system.stores().databaseAdminUrl()));
                var statement = snapshot.createStatement()) {
            statement.execute("set local max_parallel_workers_per_gather = 0");
            var judgement = LedgerLaws.judge(snapshot, AsOf.NOW, since, JudgingLimit.none());
            try (var rows = statement.executeQuery("select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))"
                    + " from pg_stat_xact_user_tables")) {
                rows.next();
                return new Look(judgement, rows.getLong(1));
            }
        }
    }
}
