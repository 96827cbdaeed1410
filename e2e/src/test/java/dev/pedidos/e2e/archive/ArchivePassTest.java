package dev.pedidos.e2e.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.ledger.archive.ArchiveMoves;
import dev.pedidos.shared.ledger.archive.ArchivePass;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pedidos whose move takes long, as if they had very many events, and one that cannot be moved. */
class ArchivePassTest {

    private static final Duration AN_HOUR = Duration.ofHours(1);

    private static TestSystem system;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("archive_pass", Map.of());
        system.migrate();
        system.alter("create function slow_move() returns trigger language plpgsql as $$ begin"
                + " if new.pedido_id like 'heavy-%' then perform pg_sleep(0.2); end if;"
                + " if new.pedido_id = 'heaviest' then perform pg_sleep(1.5); end if;"
                + " if new.pedido_id = 'faulty' then raise exception 'cannot be moved'; end if;"
                + " return new; end $$");
        system.alter("create trigger slow_move before insert on arquivados for each row execute function slow_move()");
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void pedidosThatAreTooHeavyTogetherAreMovedFewerAtOnceAndHoldUpNoOther() {
        system.alter("insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, status, payload, payload_hash,"
                + " atualizado_em) select id, extract(epoch from now() - interval '1 day') * 1000000 + place,"
                + " 'simulado', 'r-' || id, 'web', 'COMPLETED', '{}', '', now() - interval '1 day' from (select"
                + " 'heavy-' || n, n from generate_series(1, 6) n union all values ('heaviest', 7), ('faulty', 8)"
                + " union all select 'light-' || n, 10 + n from generate_series(1, 300) n) p (id, place)");
        int moved = 0;
        int batches = 0;
        var limits = new ArchiveMoves.Limits(Duration.ofSeconds(1), Duration.ofSeconds(20));
        try (var pass = begun(limits, Duration.ofMinutes(1))) {
            for (var batch = pass.next(); batch.isPresent(); batch = pass.next()) {
                assertThat(batch.get().overdueSeconds()).isGreaterThan(3_600);
                moved += batch.get().moved();
                assertThat(++batches).as("batches").isLessThan(60);
            }
        }
        assertThat(moved).isEqualTo(307);
        assertThat(system.count("select count(*) from pedidos_arquivados")).isEqualTo(307);
        assertThat(system.text("select string_agg(pedido_id, ' ') from pedidos"))
                .isEqualTo("faulty");
    }

    @Test
    void onlyOneWorkerArchivesAndAnotherGoesOnIfThatOneIsFrozen() {
        var limits = new ArchiveMoves.Limits(Duration.ofSeconds(10), Duration.ofSeconds(10));
        try (var archiving = begun(limits, Duration.ofMinutes(1))) {
            assertThat(ArchivePass.tryBegin(system.ledger(), AN_HOUR)).isEmpty();
        }
        try (var frozen = begun(limits, Duration.ofSeconds(2));
                var next = begun(limits, Duration.ofMinutes(1))) {
            assertThatThrownBy(frozen::next).isInstanceOf(JdbiException.class);
        }
    }

    /** The lock of a pass that has ended is free a moment later. */
    private static ArchivePass begun(ArchiveMoves.Limits limits, Duration frozenAfter) {
        return Awaitility.await("a pass")
                .until(() -> ArchivePass.tryBegin(system.ledger(), AN_HOUR, limits, frozenAfter), Optional::isPresent)
                .orElseThrow();
    }
}
