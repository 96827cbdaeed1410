package dev.pedidos.shared.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationReaderTest {
    private static final String CREATED =
            "{\"external_id\":\"op-1\",\"event_type\":\"CREATED\",\"payload\":{\"valor_centavos\":100}}";

    @Test
    void theReceiverIsTheOperationItselfUnlessGiven() {
        assertThat(read(CREATED).recebedorId()).isEqualTo("op-1");
        assertThat(read(CREATED.replace("{\"external_id\"", "{\"recebedor_id\":\"r\",\"external_id\""))
                        .recebedorId())
                .isEqualTo("r");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"external_id\":\"o\",\"event_type\":\"STARTED\",\"payload\":{}}",
                "{\"external_id\":\"o\",\"event_type\":\"ADJUSTED\",\"payload\":{\"delta_centavos\":-5,\"referencia\":\"nota 7\"}}",
                "{\"external_id\":\"o\",\"event_type\":\"COMPLETED\",\"payload\":{\"extra\":{\"a\":[1,null]}}}",
                "{\"external_id\":\"o\",\"event_type\":\"REJECTED\",\"payload\":{\"motivo\":\"sem saldo\"},\"occurred_at\":\"2026-11-22T08:30:00-03:00\"}",
            })
    void everyTypeHasItsPayloadAndIsReadBackFromItsPedido(String body) {
        OperationEvent event = read(body);
        Pedido pedido = event.pedido();
        Pedido stored = PedidoCodec.fromRow(
                pedido.pedidoId(),
                pedido.tipo(),
                pedido.recebedorId(),
                pedido.origem(),
                PedidoCodec.writePayload(pedido));

        assertThat(OperationReader.of(stored)).isEqualTo(event);
        assertThat(OperationReader.of(PedidoCodec.readMessage(PedidoCodec.writeMessage(pedido))))
                .isEqualTo(event);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | external_id event_type payload",
                "[] | $",
                "{\"external_id\":\"a b\",\"event_type\":\"PAID\",\"payload\":[],\"x\":1} | x external_id event_type payload",
                "{\"external_id\":\"o\",\"event_type\":\"CREATED\",\"payload\":{}} | payload.valor_centavos",
                "{\"external_id\":\"o\",\"event_type\":\"CREATED\",\"payload\":{\"valor_centavos\":-1}} | payload.valor_centavos",
                "{\"external_id\":\"o\",\"event_type\":\"CREATED\",\"payload\":{\"valor_centavos\":5.0}} | payload.valor_centavos",
                "{\"external_id\":\"o\",\"event_type\":\"CREATED\",\"payload\":{\"valor_centavos\":\"5\"}} | payload.valor_centavos",
                "{\"external_id\":\"o\",\"event_type\":\"CREATED\",\"payload\":{\"valor_centavos\":9223372036854775808}} | payload.valor_centavos",
                "{\"external_id\":\"o\",\"event_type\":\"CREATED\",\"payload\":{\"valor_centavos\":1,\"nota\":\"n\"}} | payload.nota",
                "{\"external_id\":\"o\",\"event_type\":\"STARTED\",\"payload\":{\"valor_centavos\":1}} | payload.valor_centavos",
                "{\"external_id\":\"o\",\"event_type\":\"ADJUSTED\",\"payload\":{\"delta_centavos\":true}} | payload.delta_centavos payload.referencia",
                "{\"external_id\":\"o\",\"event_type\":\"REJECTED\",\"payload\":{\"motivo\":\"\"}} | payload.motivo",
                "{\"external_id\":\"o\",\"event_type\":\"STARTED\",\"payload\":{\"extra\":7}} | payload.extra",
                "{\"external_id\":\"o\",\"event_type\":\"STARTED\",\"payload\":{\"extra\":{\"a\":\"\\u0000\"}}} | payload.extra.a",
                "{\"external_id\":\"o\",\"event_type\":\"STARTED\",\"payload\":{},\"occurred_at\":\"yesterday\"} | occurred_at",
                "{\"external_id\":\"o\",\"event_type\":\"STARTED\",\"payload\":{},\"occurred_at\":\"9999-12-31T23:59:59-12:00\"} | occurred_at",
                "{\"external_id\":\"o\",\"event_type\":\"STARTED\",\"payload\":{},\"occurred_at\":null} | occurred_at",
                "{\"external_id\":\"o\",\"event_type\":\"STARTED\",\"payload\":{},\"recebedor_id\":\"..\"} | recebedor_id",
                "{\"external_id\":\"o\",\"event_type\":\"CREATED\",\"payload\":{\"valor_centavos\":100e2147483647}}"
                        + " | payload.valor_centavos",
                "{\"external_id\":\"o\",\"event_type\":\"CREATED\",\"payload\":{\"valor_centavos\":1,\"extra\":{\"a\":[10e2147483647]}}}"
                        + " | payload.extra.a[0]",
            })
    void allFaultyFieldsAreNamedAtOnce(String body, String fields) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOfSatisfying(
                        InvalidFields.class,
                        refused -> assertThat(refused.errors())
                                .extracting(FieldError::field)
                                .containsExactlyInAnyOrder(fields.split(" ")));
    }

    @Test
    void theSameTripleIsTheSamePedidoWheneverItOccurred() {
        OperationEvent event = read(CREATED);
        OperationEvent later =
                read(CREATED.replace("\"event_type\"", "\"occurred_at\":\"2026-01-01T00:00:00Z\",\"event_type\""));
        OperationEvent sameNumber = read(CREATED.replace("100}", "100,\"extra\":{\"a\":1e1}}"));
        OperationEvent writtenOut = read(CREATED.replace("100}", "100,\"extra\":{\"a\":10.0}}"));

        assertThat(later.pedidoId()).isEqualTo(event.pedidoId());
        assertThat(PayloadHash.of(later.pedido())).isEqualTo(PayloadHash.of(event.pedido()));
        assertThat(sameNumber.pedidoId()).isEqualTo(writtenOut.pedidoId()).isNotEqualTo(event.pedidoId());
        assertThat(Limits.isId(event.pedidoId())).isTrue();
    }

    @Test
    void neighbouringTriplesAreDifferentPedidos() {
        assertThat(List.of(
                        read(CREATED).pedidoId(),
                        read(CREATED.replace("op-1", "op-1C")).pedidoId(),
                        read(CREATED.replace("100", "101")).pedidoId()))
                .doesNotHaveDuplicates();
    }

    @Test
    void anEventAsDeepAsABodyMayBeIsReadBackFromItsMessageAndItsRow() {
        String deep = "[".repeat(29) + "]".repeat(29);
        Pedido pedido = read("{\"external_id\":\"op-1\",\"event_type\":\"STARTED\",\"payload\":{\"extra\":{\"a\":"
                        + deep + "}}}")
                .pedido();

        var fromMessage = PedidoCodec.readMessage(PedidoCodec.writeMessage(pedido));
        var fromQueue = PedidoCodec.readAccepted(PedidoCodec.writeMessage(pedido));
        var fromRow = PedidoCodec.fromRow(
                pedido.pedidoId(),
                pedido.tipo(),
                pedido.recebedorId(),
                pedido.origem(),
                PedidoCodec.writePayload(pedido));

        assertThat(fromMessage).isEqualTo(pedido);
        assertThat(fromQueue.withId(pedido.pedidoId())).isEqualTo(pedido);
        assertThat(fromRow).isEqualTo(pedido);
    }

    @Test
    void aForgedMessageIsRefused() {
        Pedido pedido = read(CREATED).pedido();

        assertThat(faults(new Pedido("mine", "operacao", "r", "api", List.of(), pedido.dados())))
                .containsExactly("pedido_id");
        assertThat(faults(new Pedido(
                        pedido.pedidoId(), "operacao", "r", "web", List.of(new Item("s", 1, null)), pedido.dados())))
                .containsExactly("origem", "itens");
        assertThat(faults(new Pedido(pedido.pedidoId(), "operacao", "r", "api", List.of(), null)))
                .containsExactly("dados");
        var dados = Objects.requireNonNull(pedido.dados());
        dados.put("payload_hash", "00").put("x", 1);
        assertThat(faults(new Pedido(pedido.pedidoId(), "operacao", "r", "api", List.of(), dados)))
                .containsExactlyInAnyOrder("dados.payload_hash", "dados.x");
    }

    private static List<String> faults(Pedido forged) {
        try {
            OperationReader.of(forged);
            return List.of();
        } catch (InvalidFields e) {
            return e.errors().stream().map(FieldError::field).toList();
        }
    }

    private static OperationEvent read(String body) {
        return OperationReader.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
