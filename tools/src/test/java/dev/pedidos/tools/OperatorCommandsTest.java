package dev.pedidos.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of operators: what they ask an API, and what they say. */
class OperatorCommandsTest {
    private static final String LETTERS = """
            {"mortos":[{"pedido_id":"p-1","recebedor_id":"r","tipo":"pedido","motivo":"FALHA_PERMANENTE",\
            "erro_classe":"SQLException","erro_mensagem":"first line\\nsecond \\u001b[2Jline","tentativas":1,\
            "ultima_falha_em":"2026-11-26T14:00:00Z"}],"next_cursor":"more"}""";
    private static final String GROUPS =
            "{\"grupos\":[{\"motivo\":\"FALHA_PERMANENTE\",\"erro_classe\":\"X\",\"tipo\":\"pedido\",\"total\":67}]}";

    private static final String REDRIVE = """
            {"redrive_id":"1d","selecionados":67,"feitos":3,"status":"RUNNING","por_segundo":100,"por":"ana","cancelado_por":null,\
            "filtro":{"tipo":"pedido"},"criado_em":"2026-11-26T14:00:00Z","terminado_em":null}""";

    @TempDir
    private Path folder;

    private CommandsUnderTest commands;

    @BeforeEach
    void open() throws IOException {
        commands = new CommandsUnderTest();
        commands.answer("GET /ped/dlq?", 200, LETTERS);
        commands.answer("GET /ped/dlq/groups", 200, GROUPS);
    }

    @AfterEach
    void close() {
        commands.close();
    }

    @Test
    void aListSaysThatThereIsMoreAndWhatWentWrongOnOneLine() {
        assertThat(commands.run("dlq", "list", "--limit", "1")).isZero();
        assertThat(commands.out()).contains("first line second [2Jline").doesNotContain("\u001b");
        assertThat(commands.err()).contains("1 of 67 dead letters", "--limit");
    }

    @Test
    void theJsonOfAnotherServerIsNoAnswer() {
        assertThat(commands.run("workers")).isEqualTo(1);
        assertThat(commands.err()).contains("is not a Pedidos API: GET /workers gave no workers");
    }

    @Test
    void aWrongTimeIsWrongUseThatNamesTheOptionAndShowsTheForm() {
        assertThat(commands.run("dlq", "list", "--desde", "ontem")).isEqualTo(2);
        assertThat(commands.err()).contains("--desde", "'ontem'", "2026-11-26T14:00:00Z", "Usage: pedidos dlq list");
        assertThat(commands.asked()).isEmpty();
    }

    @Test
    void whatTheApiFindsFaultyIsWrongUseOfTheOptionBehindIt() {
        commands.answer(
                "GET /ped/dlq/groups?erro_classe=faulty",
                422,
                "{\"title\":\"t\",\"errors\":[{\"field\":\"erro_classe\",\"message\":\"must be the name of a class\"}]}");

        assertThat(commands.run("dlq", "groups", "--erro-classe", "faulty")).isEqualTo(2);
        assertThat(commands.err()).contains("--erro-classe must be the name of a class", "Usage: pedidos dlq groups");
    }

    @Test
    void oneDeadLetterIsNotRedrivenUnasked() {
        assertThat(commands.run("dlq", "redrive", "p-1")).isEqualTo(2);
        assertThat(commands.err()).contains("Redrive 1 dead letter, p-1?", "--yes");
        assertThat(commands.asked()).isEmpty();

        assertThat(commands.run("dlq", "redrive", "p-1", "--yes")).isZero();
        assertThat(commands.asked()).containsExactly("POST /ped/dlq/p-1/redrive ");
    }

    @Test
    void aHeldReceiverIsNotReleasedUnasked() {
        assertThat(commands.run("recebedores", "release", "r", "skip_head")).isEqualTo(2);
        assertThat(commands.err()).contains("Let r go on (skip_head)?", "--yes");
        assertThat(commands.asked()).isEmpty();
    }

    @Test
    void anIdAndAllContradictEachOther() {
        assertThat(commands.run("dlq", "redrive", "p-1", "--all")).isEqualTo(2);
        assertThat(commands.err()).contains("ID and --all contradict each other");
    }

    @Test
    void redrivingAllIsAskedForInSoManyWords() {
        commands.answer("GET /ped/dlq/redrives/", 200, "{\"selecionados\":67,\"feitos\":67,\"status\":\"DONE\"}");

        assertThat(commands.run("dlq", "redrive", "--all", "--yes")).isZero();
        assertThat(commands.asked()).contains("POST /ped/dlq/redrive {\"por_segundo\":100,\"todos\":true}");
    }

    @Test
    void aRedriveThatIsCancelledBeforeItsEndIsAFailedStep() {
        commands.answer("GET /ped/dlq/redrives/", 200, REDRIVE.replace("RUNNING", "CANCELLED"));

        assertThat(commands.run("dlq", "redrive", "--all", "--yes")).isEqualTo(1);
        assertThat(commands.run("dlq", "redrives", "1d")).isEqualTo(1);
        assertThat(commands.out()).contains("redrive 1d: CANCELLED, 3 of 67");
    }

    @Test
    void redrivesAreListedWithTheirOperatorAndTheirSelection() {
        commands.answer("GET /ped/dlq/redrives ", 200, "{\"redrives\":[" + REDRIVE + "]}");

        assertThat(commands.run("dlq", "redrives")).isZero();
        assertThat(commands.out())
                .containsPattern(
                        "redrive_id +status +feitos +selecionados +por_segundo +por +cancelado_por +criado_em +filtro")
                .containsPattern("1d +RUNNING +3 +67 +100 +ana +2026-11-26T14:00:00Z +\\{\"tipo\":\"pedido\"}");
    }

    @Test
    void anEmptyListOfRedrivesIsSaidInWords() {
        commands.answer("GET /ped/dlq/redrives ", 200, "{\"redrives\":[]}");

        assertThat(commands.run("dlq", "redrives")).isZero();
        assertThat(commands.out()).isEqualTo("no redrives" + System.lineSeparator());
    }

    @Test
    void aRedriveIsCancelledByItsId() {
        commands.answer("POST /ped/dlq/redrives/1d/cancel", 200, REDRIVE.replace("RUNNING", "CANCELLED"));

        assertThat(commands.run("dlq", "redrives", "--cancel")).isEqualTo(2);
        assertThat(commands.err()).contains("--cancel needs a REDRIVE_ID");

        assertThat(commands.run("dlq", "redrives", "1d", "--cancel")).isZero();
        assertThat(commands.out()).contains("redrive 1d: CANCELLED, 3 of 67");
    }

    @Test
    void digitsOfAnotherScriptAreNoNumber() {
        assertThat(commands.run("dlq", "list", "--limit", "\u0665")).isEqualTo(2);
        assertThat(commands.err()).contains("--limit", "not a whole number");
    }

    @Test
    void headersGoWithEveryCallAndTheirValuesAreNeverShown() throws Exception {
        Path file = Files.writeString(folder.resolve("headers"), "X-Key: canary\n\n");
        assertThat(commands.run("dlq", "groups", "--header-file", file.toString(), "--header", "X-Other: 1"))
                .isZero();
        assertThat(commands.keys()).containsExactly("canary");

        assertThat(commands.run("dlq", "groups", "--header", "X-Key canary")).isEqualTo(2);
        assertThat(commands.run("dlq", "groups", "--header", "Host: canary")).isEqualTo(2);
        assertThat(commands.run("dlq", "groups", "--header", "X-Key: canary\nX: y"))
                .isEqualTo(2);
        assertThat(commands.err()).contains("--header must be 'Name: value'").doesNotContain("canary");
    }
}
