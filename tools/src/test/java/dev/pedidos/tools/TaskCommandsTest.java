package dev.pedidos.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code task}: what they ask an API, and what they say. */
class TaskCommandsTest {
    @TempDir
    private Path folder;

    private CommandsUnderTest commands;

    @BeforeEach
    void open() throws IOException {
        commands = new CommandsUnderTest();
    }

    @AfterEach
    void close() {
        commands.close();
    }

    @Test
    void aFileOfExpensesBecomesATask() throws Exception {
        commands.answer("POST /ped/batch-expenses", 202, "{\"task_id\":\"t-1\",\"total\":2}");
        Path file = Files.writeString(
                folder.resolve("e.csv"), "cnpj,valor_centavos,descricao\n00000000000191,5,\"a, b\"\n\n1,x\n");

        assertThat(commands.run("task", "send", file.toString(), "--key", "k-1"))
                .isZero();

        assertThat(commands.out()).isEqualTo("t-1\n");
        assertThat(commands.asked())
                .containsExactly(
                        "POST /ped/batch-expenses {\"itens\":[{\"cnpj\":\"00000000000191\",\"valor_centavos\":5,"
                                + "\"descricao\":\"a, b\"},{\"cnpj\":\"1\",\"valor_centavos\":\"x\"}]}");
    }

    @Test
    void allLinesThatAreNoExpensesAreNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("e.csv"), "cnpj,valor_centavos\n1,2,3\n1,2\n1,2,3,4\n");

        assertThat(commands.run("task", "send", file.toString())).isEqualTo(1);

        assertThat(commands.err())
                .contains("nothing was accepted", "line 2 has 3 cells", "line 4 has 4 cells")
                .doesNotContain("Usage");
        assertThat(commands.asked()).isEmpty();
    }

    @Test
    void aFaultyExpenseIsNamedByItsLine() throws Exception {
        commands.answer(
                "POST /ped/batch-expenses",
                422,
                "{\"errors\":[{\"field\":\"itens[1].cnpj\",\"message\":\"must be a CNPJ\"}]}");
        Path file = Files.writeString(folder.resolve("e.ndjson"), "{\"cnpj\":\"1\"}\n\n{\"cnpj\":\"none\"}\n");

        assertThat(commands.run("task", "send", file.toString())).isEqualTo(1);

        assertThat(commands.err()).contains("nothing was accepted", "line 3: cnpj must be a CNPJ");
    }

    @Test
    void aTaskThatFailedIsFollowedToItsEndAndItsFailedItemsAreListed() {
        commands.answer(
                "GET /ped/tasks/t-1 ",
                200,
                "{\"task_id\":\"t-1\",\"status\":\"FAILURE\",\"total\":2,\"feitos\":1,\"falhos\":1,"
                        + "\"terminado_em\":\"2026-11-26T14:00:00Z\"}");
        commands.answer("GET /ped/tasks/t-1/items", 200, "{\"items\":[],\"next_cursor\":null}");
        commands.answer(
                "GET /ped/tasks/t-1/items?status=DEAD_LETTERED",
                200,
                "{\"items\":[{\"n\":2,\"status\":\"DEAD_LETTERED\"}],\"next_cursor\":null}");

        assertThat(commands.run("task", "watch", "t-1")).isEqualTo(1);
        assertThat(commands.out()).contains("FAILURE, 1 of 2 done, 1 dead letters");
        assertThat(commands.run("task", "items", "t-1", "--failed")).isZero();
        assertThat(commands.out()).contains("DEAD_LETTERED");
    }

    @Test
    void aRunningTaskIsFollowedWithWhatItWaitsForAndItsExpectedEnd() {
        for (String state : List.of(
                "{\"task_id\":\"t-2\",\"total\":2,\"adiados\":1,\"previsto_em\":null}",
                "{\"task_id\":\"t-2\",\"total\":2,\"adiados\":0,\"previsto_em\":\"2026-11-26T14:00:00Z\"}",
                "{\"task_id\":\"t-2\",\"total\":2,\"status\":\"SUCCESS\",\"feitos\":2,"
                        + "\"terminado_em\":\"2026-11-26T14:00:00Z\"}")) {
            commands.answer("GET /ped/tasks/t-2 ", 200, state);
        }
        commands.answer(
                "GET /ped/tasks/t-2/items?status=RETRYING",
                200,
                "{\"items\":[{\"n\":1,\"pedido_id\":\"t-2:1\",\"status\":\"RETRYING\"}]}");
        commands.answer(
                "GET /ped/pedidos/t-2%3A1/events",
                200,
                "{\"events\":[{\"event_type\":\"PROCESSING\",\"payload\":{}},{\"event_type\":\"RETRY_SCHEDULED\","
                        + "\"payload\":{\"erro_classe\":\"LimitReached\","
                        + "\"erro_mensagem\":\"waits until receita may be called\"}}]}");

        assertThat(commands.run("task", "watch", "t-2")).isZero();

        assertThat(commands.err().lines())
                .contains(
                        "1 item waits, the first for LimitReached: waits until receita may be called",
                        "no item waits any more; the end is expected at 2026-11-26T14:00:00Z");
        assertThat(commands.out()).contains("SUCCESS, 2 of 2 done");
    }
}
