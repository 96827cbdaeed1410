package dev.pedidos.e2e.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Http;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.task.BatchClient;
import dev.pedidos.tools.proof.ledger.Drain;
import dev.pedidos.tools.proof.load.EstoqueSender;
import dev.pedidos.tools.proof.load.LoadAnswer;
import dev.pedidos.tools.proof.load.NdjsonSource;
import dev.pedidos.tools.proof.load.Sender;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A ledger that the system has worked on, with pedidos of each kind, the events of an operation, and a batch. Tests judge
 * it with changes that are rolled back.
 */
final class JudgedLedger {
    static final Map<String, String> SETTINGS =
            Map.of("PEDIDOS_HANDLER_SIMULADO", "on", "PEDIDOS_RETRY_BASE_MS", "100");

    private static final String PEDIDOS = """
        {"pedido_id":"a-1","recebedor_id":"a","origem":"web","itens":[{"sku":"x","quantidade":2},{"sku":"y","quantidade":1}]}
        {"pedido_id":"a-2","recebedor_id":"a","origem":"web","itens":[{"sku":"x","quantidade":3}]}
        {"pedido_id":"a-3","recebedor_id":"a","origem":"web","itens":[{"sku":"x","quantidade":1000}]}
        {"pedido_id":"b-1","recebedor_id":"b","origem":"api","itens":[{"sku":"y","quantidade":1}]}
        {"pedido_id":"c-1","tipo":"simulado","recebedor_id":"c","origem":"api","dados":{"falhas_transitorias":1}}
        {"pedido_id":"c-2","tipo":"simulado","recebedor_id":"c","origem":"api","dados":{"falha_permanente":true}}
        """;
    private static final List<String> EVENTS = List.of(
            "{\"external_id\":\"op\",\"event_type\":\"STARTED\",\"payload\":{}}",
            "{\"external_id\":\"op\",\"event_type\":\"CREATED\",\"payload\":{\"valor_centavos\":500}}",
            "{\"external_id\":\"op\",\"event_type\":\"CREATED\",\"payload\":{\"valor_centavos\":700}}");
    private static final String BATCH = "{\"itens\":[{\"cnpj\":\"12ABC34501DE35\",\"valor_centavos\":100}]}";

    /**
     * A transaction that another test holds open in the same cluster makes all that are inserted meanwhile look as if they
     * were inserted at the same time.
     */
    private static final String INSERTED_ONE_AFTER_THE_OTHER = """
        update pedidos p
        set noted_in = (10000 + place.number)::text::xid8, noted_after = (10000 + place.number)::text::xid8
        from (select pedido_id, row_number() over (order by ordem, pedido_id) as number from pedidos) place
        where p.pedido_id = place.pedido_id\
        """;

    private JudgedLedger() {}

    /** @param system with {@link #SETTINGS} */
    static void fill(TestSystem system) throws Exception {
        var api = system.api();
        system.worker();
        EstoqueSender.send(
                api.url(),
                List.of("{\"sku\":\"x\",\"disponivel\":100}", "{\"sku\":\"y\",\"disponivel\":100}")
                        .iterator());
        List<LoadAnswer> answers = new ArrayList<>();
        var lines = new ByteArrayInputStream(PEDIDOS.getBytes(StandardCharsets.UTF_8));
        new Sender(List.of(api.url()), 1, 0).send(new NdjsonSource(lines, Long.MAX_VALUE), answers::add);
        assertThat(answers).extracting(LoadAnswer::status).containsOnly(202).hasSize(6);
        for (String event : EVENTS) {
            assertThat(new Http(api).json("POST", "/operations", event).statusCode())
                    .isEqualTo(202);
        }
        BatchClient.accepted(new BatchClient(api).post(BATCH));
        try (var connection = system.owner()) {
            Drain.await(connection, Duration.ofSeconds(60), () -> true, now -> {});
            connection.setAutoCommit(true);
            connection.createStatement().execute(INSERTED_ONE_AFTER_THE_OTHER);
        }
    }
}
