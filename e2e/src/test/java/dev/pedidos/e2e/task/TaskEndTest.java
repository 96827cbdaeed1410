package dev.pedidos.e2e.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.ledger.task.TaskFold;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The end of a task is told each time that it ends, whatever is folded together. */
class TaskEndTest {
    private TestSystem system;
    private TaskFold fold;

    /** Its two items are dead letters. */
    @BeforeEach
    void aTaskHasFailed() throws Exception {
        system = TestSystem.start("task-end", Map.of());
        system.migrate();
        fold = new TaskFold(system.ledger());
        system.alter("insert into tasks (task_id, ordem, content_hash, total, callback_url)"
                + " values ('t', 1, '', 2, 'http://h/')");
        system.alter("insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, payload, payload_hash)"
                + " select 't:' || n, n, 'despesa', 'r', 'api', '{}', '' from generate_series(1, 2) n");
        change("t:1", "DEAD_LETTERED");
        change("t:2", "DEAD_LETTERED");
        fold.fold();
        assertThat(told()).isEqualTo("FAILURE 0 2");
    }

    @AfterEach
    void stop() {
        system.close();
    }

    @Test
    void aRedriveThatFailsAgainBeforeTheFoldIsTold() {
        change("t:1", "PENDING");
        change("t:1", "DEAD_LETTERED");
        fold.fold();
        assertThat(told()).isEqualTo("FAILURE 0 2, FAILURE 0 2");
        fold.fold();
        assertThat(told()).as("nothing has changed").isEqualTo("FAILURE 0 2, FAILURE 0 2");
    }

    @Test
    void aRedriveThatFailsAgainAfterTheFoldIsToldOnce() {
        change("t:1", "PENDING");
        fold.fold();
        change("t:1", "DEAD_LETTERED");
        fold.fold();
        assertThat(told()).isEqualTo("FAILURE 0 2, FAILURE 0 2");
    }

    @Test
    void aDiscardIsTold() {
        change("t:1", "DISCARDED");
        fold.fold();
        change("t:2", "DISCARDED");
        fold.fold();
        assertThat(told()).isEqualTo("FAILURE 0 2, FAILURE 1 1, SUCCESS 2 0");
    }

    private void change(String pedidoId, String status) {
        system.alter("update pedidos set status = '" + status + "' where pedido_id = '" + pedidoId + "'");
    }

    /** Of each webhook the status and the counts. */
    private String told() {
        return system.text("select string_agg(concat_ws(' ', data ->> 'status', data ->> 'feitos', data ->> 'falhos'),"
                + " ', ' order by ordem) from (select ordem, corpo::json -> 'data' as data from webhooks) w");
    }
}
