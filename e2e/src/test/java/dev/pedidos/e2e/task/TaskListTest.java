package dev.pedidos.e2e.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.ledger.accept.NewPedido;
import dev.pedidos.shared.ledger.accept.PedidoInserts;
import dev.pedidos.shared.ledger.read.Page;
import dev.pedidos.shared.ledger.read.Position;
import dev.pedidos.shared.ledger.read.TaskReads;
import dev.pedidos.shared.ledger.task.NewTask;
import dev.pedidos.shared.ledger.task.TaskInserts;
import dev.pedidos.shared.ledger.task.TaskStatus;
import dev.pedidos.shared.message.Pedido;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lists of tasks while no API folds the changes of their items. */
class TaskListTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int TASKS = 6;

    private static TestSystem system;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("task-list", Map.of());
        var tasks = new TaskInserts(
                system.ledger(), new PedidoInserts(system.ledger(), Duration.ofMinutes(10), place -> {}));
        for (int i = 1; i <= TASKS; i++) {
            var item = new Pedido("task-" + i + ":1", "despesa", "rcb", "api", List.of(), null);
            tasks.insert(new NewTask("task-" + i, new byte[0], null, List.of(NewPedido.of(item, true))));
        }
        system.alter("update pedidos set status = 'COMPLETED' where pedido_id in ('task-2:1', 'task-4:1', 'task-5:1')");
        system.alter("update pedidos set status = 'RETRYING' where pedido_id = 'task-3:1'");
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void aListOfOneStateHasTheTasksThatAreInItNow() {
        assertThat(system.count("select count(*) from tasks where status = 'PENDING'"))
                .as("not folded")
                .isEqualTo(TASKS);
        assertThat(listed(Optional.of(TaskStatus.PENDING))).containsExactly("task-6 PENDING", "task-1 PENDING");
        assertThat(listed(Optional.of(TaskStatus.SUCCESS)))
                .containsExactly("task-5 SUCCESS", "task-4 SUCCESS", "task-2 SUCCESS");
        assertThat(listed(Optional.of(TaskStatus.STARTED))).containsExactly("task-3 STARTED");
        assertThat(listed(Optional.of(TaskStatus.FAILURE))).isEmpty();
    }

    @Test
    void aListOfAllHasEachTaskOnce() {
        assertThat(listed(Optional.empty()))
                .containsExactly(
                        "task-6 PENDING",
                        "task-5 SUCCESS",
                        "task-4 SUCCESS",
                        "task-3 STARTED",
                        "task-2 SUCCESS",
                        "task-1 PENDING");
    }

    /** In pages of one task. */
    private static List<String> listed(Optional<TaskStatus> status) {
        var reads = new TaskReads(system.ledger(), 1_000_000);
        List<String> listed = new ArrayList<>();
        Optional<Position> next = Optional.empty();
        do {
            Page<Position> page = reads.list(status, next, 1);
            page.answers().stream().map(TaskListTest::text).forEach(listed::add);
            next = page.next();
        } while (next.isPresent());
        return listed;
    }

    private static String text(String answer) {
        JsonNode task = JSON.readTree(answer);
        return task.path("task_id").asString("") + " " + task.path("status").asString("");
    }
}
