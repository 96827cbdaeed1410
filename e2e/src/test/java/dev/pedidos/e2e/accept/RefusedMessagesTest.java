package dev.pedidos.e2e.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Amqp;
import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Operator;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.VhostAdmin;
import dev.pedidos.shared.message.Cancelamento;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Messages of pedidos_queue that are not taken in: they are recorded and become dead letters. */
class RefusedMessagesTest {

    private static TestSystem system;
    private static Amqp amqp;
    private static TestProgram api;
    private static Operator operator;
    private static String queue;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("refused-messages", Map.of("PEDIDOS_HANDLER_SIMULADO", "on"));
        api = system.apiByLedger();
        operator = new Operator(system, api);
        system.worker();
        amqp = new Amqp(system.stores());
        queue = amqp.names().openQueue();
    }

    @AfterAll
    static void stop() throws Exception {
        amqp.close();
        system.close();
    }

    @Test
    void aMessageThatIsNotAPedidoIsRecordedAndInTheDeadLettersUnchanged() throws Exception {
        refused("{\"origem\":\"fax\",\"x\":1}", "MENSAGEM_INVALIDA", "recebedor_id", "origem", "?");
        refused("\u00ff not JSON", "MENSAGEM_INVALIDA", "$");
        refused(Client.simulado("unheard", "rcb", "{}").replace("simulado", "unheard-of"), "TIPO_DESCONHECIDO", "tipo");
    }

    /** It was refused because no worker had its tipo. */
    @Test
    void aRefusedMessageThatIsPutBackIsOnePedidoWhateverWasDeliveredTwice() throws Exception {
        String body = "{\"tipo\":\"deployed-later\",\"recebedor_id\":\"put-back\",\"origem\":\"api\"}";
        amqp.publish("", queue, Map.of(), "put-back-1", body);
        var letter = amqp.takeLetter(idOfRefused(body));
        assertThat(Amqp.header(letter, "pedido_id")).isEqualTo("put-back-1");
        amqp.publish(queue, body);
        var letterWithoutId = amqp.takeLetter(idOfRefused(body));

        system.alter("insert into tipos (tipo, desfaz) values ('deployed-later', false)");
        for (var moved : List.of(letter, letterWithoutId, letter, letterWithoutId)) {
            amqp.move(moved, queue);
        }
        amqp.publish("", queue, Map.of(), "put-back-1", body);
        amqp.publish(queue, Client.simulado("behind-put-back", "rcb-behind", "{}"));
        operator.awaitStatus("behind-put-back", "COMPLETED");

        assertThat(system.text("select string_agg(pedido_id, ' ' order by ordem) from pedidos"
                        + " where recebedor_id = 'put-back'"))
                .isEqualTo("put-back-1 " + Amqp.header(letterWithoutId, "pedido_id"));
    }

    /** Its faults are an event, which nobody can delete. */
    @Test
    void ofAMessageWithThousandsOfFaultsTheFirstTwentyAreRecordedAndInTheDeadLetter() throws Exception {
        String fields =
                IntStream.range(0, 20_000).mapToObj(i -> ",\"f" + i + "\":0").collect(Collectors.joining());
        String body = "{\"recebedor_id\":\"r\",\"origem\":\"api\",\"itens\":[]" + fields + "}";
        amqp.publish(queue, body);
        var letter = amqp.takeLetter(idOfRefused(body));
        assertThat(Amqp.header(letter, "erro_mensagem").split("; ")).hasSize(21).endsWith("...");
        assertThat(system.count("select jsonb_array_length(payload -> 'faults') + (payload ->> 'seguintes')::integer"
                        + " from operation_events where event_type = 'MENSAGEM_RECUSADA' and payload -> 'seguintes' is not null"
                        + " and jsonb_array_length(payload -> 'faults') = 20"))
                .isEqualTo(20_000);
    }

    @Test
    void aMessageWithATimeOfAcceptanceMustBeOneThatSomeVersionAccepted() throws Exception {
        String grown = "{\"n\":[" + "1e308,".repeat(10_000) + "1e308]}";
        refused(Map.of("aceito_em", "x"), Client.simulado("grown-1", "rcb", grown));
        refused(
                Map.of("motivo", "y"),
                Client.simulado("grown-2", "rcb", "{\"n\":[" + "1e308,".repeat(80_000) + "1e308]}"));
        refused(Map.of("motivo", "y"), Client.simulado("operacao:not-one", "rcb", "{}"));
        refused(Map.of(), Client.simulado(new Cancelamento("known", null).pedidoId(), "rcb", "{}"));
        assertThat(system.count(
                        "select count(*) from pedidos where pedido_id similar to '(grown-|operacao:|cancelamento:)%'"))
                .isZero();

        long accepted = system.ledger().readClock().micros();
        amqp.publish("", queue, Map.of("aceito_em", accepted), "", Client.simulado("grown-3", "rcb-grown", grown));
        operator.awaitStatus("grown-3", "COMPLETED");
    }

    /** The client that reads the queues ends its connection at such a header. */
    @Test
    void aMessageWhoseHeadersCannotBeReadIsRefusedAndDelaysNone() throws Exception {
        Object nested = 1;
        for (int level = 0; level < 33; level++) {
            nested = level % 2 == 0 ? List.of(nested) : Map.of("n", nested);
        }
        Map<String, Object> many = IntStream.range(0, 4_000).boxed().collect(Collectors.toMap(i -> "h" + i, i -> "x"));
        String deep = Client.simulado("deep-headers", "rcb", "{}");
        refused(Map.of("nested", nested), deep);
        refused(many, Client.simulado("many-headers", "rcb", "{}"));
        String again = Client.simulado("given-up", "rcb", "{}");
        amqp.publish("", amqp.names().refusalQueue(), Map.of("nested", nested), "", again);
        var letter = amqp.takeLetter(idOfRefused(again));
        assertThat(Amqp.header(letter, "erro_mensagem")).isEqualTo("$: has headers that are nested more than 32 deep");

        amqp.move(letter, queue);
        operator.awaitStatus("given-up", "COMPLETED");
    }

    /** The broker sends them in one frame, which is larger than it agreed with the reader. */
    @Test
    void aMessageWithHeadersLargerThanAFrameIsRefusedAndDelaysNone() throws Exception {
        String body = Client.simulado("large-headers", "rcb", "{}");
        new VhostAdmin(system.stores()).publish(queue, "note", "x".repeat(200_000), body);
        var letter = amqp.takeLetter(idOfRefused(body));
        assertThat(Amqp.body(letter)).isEqualTo(body);
        assertThat(Amqp.header(letter, "erro_mensagem")).isEqualTo("$: has more than 131072 bytes of headers");
    }

    /** The database takes no U+0000, and the text of the 60,000 bytes would be larger than a frame. */
    @Test
    void aMessageWithTheHeaderOfRefusedHeadersIsRefusedAndItsTextIsNotRepeated() throws Exception {
        byte[] noText = new byte[60_000];
        Arrays.fill(noText, (byte) 0xff);
        for (Object text : List.of("a\u0000b", Amqp.text(noText))) {
            for (var into : List.of(queue, amqp.names().refusalQueue())) {
                String body = Client.simulado("forged-" + UUID.randomUUID(), "rcb", "{}");
                amqp.publish("", into, Map.of("cabecalhos_recusados", text), "", body);
                var letter = amqp.takeLetter(idOfRefused(body));
                assertThat(Amqp.body(letter)).isEqualTo(body);
                assertThat(Amqp.header(letter, "erro_mensagem"))
                        .isEqualTo("$: has the header cabecalhos_recusados, which is reserved");
            }
        }
    }

    @Test
    void aMessageThatTheDatabaseRefusesDelaysNoneInPedidosRecusados() throws Exception {
        String body = Client.simulado("unrecordable", "rcb", "{}");
        system.alter("create function refuse_one() returns trigger language plpgsql as $$ begin"
                + " if new.external_id = '" + idOfRefused(body) + "' and new.payload ->> 'erro_classe' <> 'Refused'"
                + " then raise exception 'as told' using errcode = '22021'; end if; return new; end $$");
        system.alter("create trigger refuse_one before insert on operation_events for each row"
                + " execute function refuse_one()");
        amqp.publish("", amqp.names().refusalQueue(), Map.of(), "", body);
        var letter = amqp.takeLetter(idOfRefused(body));
        assertThat(Amqp.body(letter)).isEqualTo(body);
        assertThat(Amqp.header(letter, "erro_mensagem")).isEqualTo("$: the database refuses it: SQLSTATE 22021");
    }

    /** Anybody who may publish can write the headers that the broker writes. */
    @Test
    void ofWhatAPolicyTookOutOneLineIsLoggedWithoutTextOfPublishers() throws Exception {
        String shard = amqp.names().shardQueue(0);
        for (var from : List.of(
                shard, shard + "-forged", queue + ".forged", amqp.names().shardQueue(1))) {
            String body = "no pedido, from " + from;
            amqp.publish(
                    "",
                    amqp.names().refusalQueue(),
                    Map.of("x-last-death-queue", from, "x-last-death-reason", "expired"),
                    "",
                    body);
            amqp.takeLetter(idOfRefused(body));
        }
        assertThat(api.log().lines().filter(line -> line.contains("a policy of the broker")))
                .singleElement()
                .asString()
                .contains(shard + ": expired")
                .doesNotContain("forged");
    }

    private static void refused(Map<String, Object> headers, String body) throws Exception {
        amqp.publish("", queue, headers, "", body);
        var letter = amqp.takeLetter(idOfRefused(body));
        assertThat(Amqp.body(letter)).isEqualTo(body);
        assertThat(Amqp.header(letter, "motivo")).isEqualTo("MENSAGEM_INVALIDA");
    }

    private static void refused(String body, String motivo, String... fields) throws Exception {
        amqp.publish("", queue, Map.of("ciclo", "text instead of a number"), "", body);
        var letter = amqp.takeLetter(idOfRefused(body));
        assertThat(Amqp.body(letter)).isEqualTo(body);
        assertThat(Amqp.header(letter, "motivo")).isEqualTo(motivo);
        assertThat(Amqp.header(letter, "erro_mensagem")).contains(fields);
        for (String field : fields) {
            assertThat(system.count("select count(*) from operation_events where event_type = 'MENSAGEM_RECUSADA'"
                            + " and external_id = '" + idOfRefused(body) + "' and payload ->> 'motivo' = '" + motivo
                            + "'"
                            + " and payload -> 'faults' @> '[{\"field\": \"" + field + "\"}]'"
                            + " and payload ->> 'queue' = '" + queue + "'"))
                    .as(field)
                    .isEqualTo(1);
        }
    }

    private static String idOfRefused(String body) throws Exception {
        var sha256 = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
        return "mensagem:" + HexFormat.of().formatHex(sha256);
    }
}
