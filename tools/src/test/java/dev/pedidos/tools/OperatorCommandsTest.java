package dev.pedidos.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pedidos.tools.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against an API that is none: what they ask, and what they say. */
class OperatorCommandsTest {
    private static final String LETTERS = """
            {"mortos":[{"pedido_id":"p-1","recebedor_id":"r","tipo":"pedido","motivo":"FALHA_PERMANENTE",\
            "erro_classe":"SQLException","erro_mensagem":"first line\\nsecond \\u001b[2Jline","tentativas":1,\
            "ultima_falha_em":"2026-11-26T14:00:00Z"}],"next_cursor":"more"}""";
    private static final String GROUPS =
            "{\"grupos\":[{\"motivo\":\"FALHA_PERMANENTE\",\"erro_classe\":\"X\",\"tipo\":\"pedido\",\"total\":67}]}";

    private final StringWriter err = new StringWriter();
    private final StringWriter out = new StringWriter();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<String> keys = Collections.synchronizedList(new ArrayList<>());
    private final Queue<String> running = new ConcurrentLinkedQueue<>();
    private HttpServer server;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/ped", this::answer);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void aListSaysThatThereIsMoreAndWhatWentWrongOnOneLine() {
        assertThat(run("dlq", "list", "--limit", "1")).isZero();
        assertThat(out.toString()).contains("first line second [2Jline").doesNotContain("\u001b");
        assertThat(err.toString()).contains("1 of 67 dead letters", "--limit");
    }

    @Test
    void theJsonOfAnotherServerIsNoAnswer() {
        assertThat(run("workers")).isEqualTo(1);
        assertThat(err.toString()).contains("is not a Pedidos API: GET /workers gave no workers");
    }

    @Test
    void aWrongTimeIsWrongUseThatNamesTheOptionAndShowsTheForm() {
        assertThat(run("dlq", "list", "--desde", "ontem")).isEqualTo(2);
        assertThat(err.toString()).contains("--desde", "'ontem'", "2026-11-26T14:00:00Z", "Usage: pedidos dlq list");
        assertThat(asked).isEmpty();
    }

    @Test
    void whatTheApiFindsFaultyIsWrongUseOfTheOptionBehindIt() {
        assertThat(run("dlq", "groups", "--erro-classe", "faulty")).isEqualTo(2);
        assertThat(err.toString()).contains("--erro-classe must be the name of a class", "Usage: pedidos dlq groups");
    }

    @Test
    void oneDeadLetterIsNotRedrivenUnasked() {
        assertThat(run("dlq", "redrive", "p-1")).isEqualTo(2);
        assertThat(err.toString()).contains("Redrive 1 dead letter, p-1?", "--yes");
        assertThat(asked).isEmpty();

        assertThat(run("dlq", "redrive", "p-1", "--yes")).isZero();
        assertThat(asked).containsExactly("POST /ped/dlq/p-1/redrive ");
    }

    @Test
    void aHeldReceiverIsNotReleasedUnasked() {
        assertThat(run("recebedores", "release", "r", "skip_head")).isEqualTo(2);
        assertThat(err.toString()).contains("Let r go on (skip_head)?", "--yes");
        assertThat(asked).isEmpty();
    }

    @Test
    void anIdAndAllContradictEachOther() {
        assertThat(run("dlq", "redrive", "p-1", "--all")).isEqualTo(2);
        assertThat(err.toString()).contains("ID and --all contradict each other");
    }

    @Test
    void redrivingAllIsAskedForInSoManyWords() {
        assertThat(run("dlq", "redrive", "--all", "--yes")).isZero();
        assertThat(asked).contains("POST /ped/dlq/redrive {\"por_segundo\":100,\"todos\":true}");
    }

    @Test
    void digitsOfAnotherScriptAreNoNumber() {
        assertThat(run("dlq", "list", "--limit", "\u0665")).isEqualTo(2);
        assertThat(err.toString()).contains("--limit", "not a whole number");
    }

    @Test
    void headersGoWithEveryCallAndTheirValuesAreNeverShown() throws Exception {
        Path file = Files.writeString(folder.resolve("headers"), "X-Key: canary\n\n");
        assertThat(run("dlq", "groups", "--header-file", file.toString(), "--header", "X-Other: 1"))
                .isZero();
        assertThat(keys).containsExactly("canary");

        assertThat(run("dlq", "groups", "--header", "X-Key canary")).isEqualTo(2);
        assertThat(run("dlq", "groups", "--header", "Host: canary")).isEqualTo(2);
        assertThat(run("dlq", "groups", "--header", "X-Key: canary\nX: y")).isEqualTo(2);
        assertThat(err.toString()).contains("--header must be 'Name: value'").doesNotContain("canary");
    }

    @Test
    void aNamedPipeIsSent() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        var writer = Thread.ofPlatform().daemon().start(() -> {
            try {
                Files.writeString(pipe, "{\"recebedor_id\":\"r\"}\n{\"recebedor_id\":\"q\"}\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        assertThat(run("send", pipe.toString())).as(err.toString()).isZero();

        writer.join();
        assertThat(asked).hasSize(2).allMatch(each -> each.startsWith("POST /ped/pedidos "));
    }

    @Test
    void aFileWithoutAPedidoIsAFailedStep() throws Exception {
        Path file = Files.writeString(folder.resolve("empty.ndjson"), "\n \n");

        assertThat(run("send", file.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("holds no pedido");
    }

    @Test
    void whatWasNotAcceptedLiesInAFileThatCanBeSent() throws Exception {
        Path file = Files.writeString(folder.resolve("ação b.ndjson"), "{\"recebedor_id\":\"r\"}\n{\"faulty\":1}\n");

        assertThat(run("send", file.toString())).isEqualTo(1);

        assertThat(folder.resolve("ação b.ndjson.not-accepted")).hasContent("{\"faulty\":1}");
        assertThat(err.toString()).contains("1 line was not accepted", "./pedidos send '" + folder);
        assertThat(run("send", folder.resolve("ação b.ndjson.not-accepted").toString()))
                .isEqualTo(1);
        assertThat(folder.resolve("ação b.ndjson.not-accepted-2")).hasContent("{\"faulty\":1}");
    }

    @Test
    void theLinesAfterOneThatIsTooLongAreSent() throws Exception {
        Path file = Files.writeString(
                folder.resolve("long.ndjson"),
                "{\"recebedor_id\":\"r\"}\n" + "x".repeat(2 << 20) + "\n{\"recebedor_id\":\"r\"}\n");

        assertThat(run("send", file.toString())).isEqualTo(1);

        assertThat(asked).hasSize(2);
        assertThat(err.toString()).contains("line 2 is longer than", "neither sent nor kept");
    }

    @Test
    void aFileOfExpensesBecomesATask() throws Exception {
        Path file = Files.writeString(
                folder.resolve("e.csv"), "cnpj,valor_centavos,descricao\n00000000000191,5,\"a, b\"\n\n1,x\n");

        assertThat(run("task", "send", file.toString(), "--key", "k-1")).isZero();

        assertThat(out.toString()).isEqualTo("t-1\n");
        assertThat(asked)
                .containsExactly(
                        "POST /ped/batch-expenses {\"itens\":[{\"cnpj\":\"00000000000191\",\"valor_centavos\":5,"
                                + "\"descricao\":\"a, b\"},{\"cnpj\":\"1\",\"valor_centavos\":\"x\"}]}");
    }

    @Test
    void allLinesThatAreNoExpensesAreNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("e.csv"), "cnpj,valor_centavos\n1,2,3\n1,2\n1,2,3,4\n");

        assertThat(run("task", "send", file.toString())).isEqualTo(1);

        assertThat(err.toString())
                .contains("nothing was accepted", "line 2 has 3 cells", "line 4 has 4 cells")
                .doesNotContain("Usage");
        assertThat(asked).isEmpty();
    }

    @Test
    void aFaultyExpenseIsNamedByItsLine() throws Exception {
        Path file = Files.writeString(folder.resolve("e.ndjson"), "{\"cnpj\":\"1\"}\n\n{\"cnpj\":\"none\"}\n");

        assertThat(run("task", "send", file.toString())).isEqualTo(1);

        assertThat(err.toString()).contains("nothing was accepted", "line 3: cnpj must be a CNPJ");
    }

    @Test
    void aTaskThatFailedIsFollowedToItsEndAndItsFailedItemsAreListed() {
        assertThat(run("task", "watch", "t-1")).isEqualTo(1);
        assertThat(out.toString()).contains("FAILURE, 1 of 2 done, 1 dead letters");
        assertThat(run("task", "items", "t-1", "--failed")).isZero();
        assertThat(out.toString()).contains("DEAD_LETTERED");
    }

    @Test
    void aRunningTaskIsFollowedWithWhatItWaitsForAndItsExpectedEnd() {
        running.add("{\"task_id\":\"t-2\",\"total\":2,\"adiados\":1,\"previsto_em\":null}");
        running.add("{\"task_id\":\"t-2\",\"total\":2,\"adiados\":0,\"previsto_em\":\"2026-11-26T14:00:00Z\"}");
        running.add("{\"task_id\":\"t-2\",\"total\":2,\"status\":\"SUCCESS\",\"feitos\":2,"
                + "\"terminado_em\":\"2026-11-26T14:00:00Z\"}");

        assertThat(run("task", "watch", "t-2")).isZero();

        assertThat(err.toString().lines())
                .contains(
                        "1 item waits, the first for LimitReached: waits until receita may be called",
                        "no item waits any more; the end is expected at 2026-11-26T14:00:00Z");
        assertThat(out.toString()).contains("SUCCESS, 2 of 2 done");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        asked.add(call + " " + body);
        String key = exchange.getRequestHeaders().getFirst("X-Key");
        if (key != null) {
            keys.add(key);
        }
        if (call.contains("faulty") || body.contains("faulty")) {
            send(
                    exchange,
                    422,
                    "{\"title\":\"t\",\"errors\":[{\"field\":\"erro_classe\",\"message\":\"must be the name of a class\"}]}");
        } else if (call.equals("POST /ped/batch-expenses")) {
            send(
                    exchange,
                    body.contains("none") ? 422 : 202,
                    body.contains("none")
                            ? "{\"errors\":[{\"field\":\"itens[1].cnpj\",\"message\":\"must be a CNPJ\"}]}"
                            : "{\"task_id\":\"t-1\",\"total\":2}");
        } else if (call.equals("GET /ped/tasks/t-1")) {
            send(
                    exchange,
                    200,
                    "{\"task_id\":\"t-1\",\"status\":\"FAILURE\",\"total\":2,\"feitos\":1,\"falhos\":1,"
                            + "\"terminado_em\":\"2026-11-26T14:00:00Z\"}");
        } else if (call.equals("GET /ped/tasks/t-2")) {
            send(exchange, 200, running.remove());
        } else if (call.startsWith("GET /ped/tasks/t-2/items?status=RETRYING")) {
            send(exchange, 200, "{\"items\":[{\"n\":1,\"pedido_id\":\"t-2:1\",\"status\":\"RETRYING\"}]}");
        } else if (call.startsWith("GET /ped/pedidos/t-2%3A1/events")) {
            send(
                    exchange,
                    200,
                    "{\"events\":[{\"event_type\":\"PROCESSING\",\"payload\":{}},{\"event_type\":\"RETRY_SCHEDULED\","
                            + "\"payload\":{\"erro_classe\":\"LimitReached\","
                            + "\"erro_mensagem\":\"waits until receita may be called\"}}]}");
        } else if (call.startsWith("GET /ped/tasks/t-1/items?status=DEAD_LETTERED")) {
            send(exchange, 200, "{\"items\":[{\"n\":2,\"status\":\"DEAD_LETTERED\"}],\"next_cursor\":null}");
        } else if (call.startsWith("GET /ped/tasks/t-1/items")) {
            send(exchange, 200, "{\"items\":[],\"next_cursor\":null}");
        } else if (call.startsWith("GET /ped/dlq?")) {
            send(exchange, 200, LETTERS);
        } else if (call.startsWith("GET /ped/dlq/groups")) {
            send(exchange, 200, GROUPS);
        } else if (call.startsWith("GET /ped/dlq/redrives/")) {
            send(exchange, 200, "{\"selecionados\":67,\"feitos\":67,\"status\":\"DONE\"}");
        } else {
            send(
                    exchange,
                    202,
                    "{\"redrive_id\":\"1\",\"pedido_id\":\"p\",\"recebedor_id\":\"r\",\"task_id\":\"t-1\"}");
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private int run(String... words) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/ped";
        return Main.commandLine()
                .setErr(new PrintWriter(err, true))
                .setOut(new PrintWriter(out, true))
                .execute(Stream.concat(Arrays.stream(words), Stream.of("--url", url))
                        .toArray(String[]::new));
    }
}
