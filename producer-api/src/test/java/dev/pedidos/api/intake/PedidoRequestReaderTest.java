package dev.pedidos.api.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pedidos.api.http.Problem;
import dev.pedidos.api.http.ProblemException;
import dev.pedidos.shared.message.CallbackHosts;
import dev.pedidos.shared.message.FieldError;
import dev.pedidos.shared.message.InvalidFields;
import dev.pedidos.shared.message.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class PedidoRequestReaderTest {
    private static final String BODY =
            "{\"recebedor_id\":\"r\",\"origem\":\"web\",\"itens\":[{\"sku\":\"A\",\"quantidade\":1}]}";
    private static final String WITH_ID = BODY.replace("{\"rec", "{\"pedido_id\":\"own\",\"rec");

    private final PedidoRequestReader orders = new PedidoRequestReader(CallbackHosts.NONE);

    @Test
    void theIdIsItsOwnElseItsKeysElseANewOne() {
        assertThat(read(WITH_ID, "key").pedido().pedidoId()).isEqualTo("own");
        assertThat(read(WITH_ID, "key").idFromKey()).isFalse();
        assertThat(read(BODY, "key").pedido().pedidoId()).isEqualTo(new IdempotencyKey("key").pedidoId());
        assertThat(read(BODY, "key").idFromKey()).isTrue();
        String fresh = read(BODY).pedido().pedidoId();
        assertThat(fresh).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}");
        assertThat(read(BODY).pedido().pedidoId()).isNotEqualTo(fresh);
    }

    @Test
    void aBadKeyIsNamedAlongWithTheOtherFaults() {
        InvalidFields faults =
                catchThrowableOfType(InvalidFields.class, () -> read(BODY.replace("web", "fax"), "two words"));
        assertThat(faults.errors()).extracting(FieldError::field).containsExactly("Idempotency-Key", "origem");
        assertThatThrownBy(() -> read(BODY, "one", "two")).isInstanceOf(InvalidFields.class);
        assertThatThrownBy(() -> read("{", "two words")).isInstanceOf(MalformedJson.class);
    }

    @Test
    void aTipoThatCannotBeCheckedNowHidesNoOtherFault() {
        String body = BODY.replace("{\"rec", "{\"tipo\":\"recarga\",\"rec");
        assertThatThrownBy(() -> readWithoutTipos(body)).isInstanceOf(ProblemException.class);
        InvalidFields faults =
                catchThrowableOfType(InvalidFields.class, () -> readWithoutTipos(body.replace("web", "fax")));
        assertThat(faults.errors()).extracting(FieldError::field).containsExactly("origem");
        faults = catchThrowableOfType(InvalidFields.class, () -> readWithoutTipos(body, "two words"));
        assertThat(faults.errors()).extracting(FieldError::field).containsExactly("Idempotency-Key");
    }

    private PedidoRequest read(String body, String... keys) {
        return read(body, tipo -> true, keys);
    }

    private PedidoRequest readWithoutTipos(String body, String... keys) {
        return read(
                body,
                tipo -> {
                    throw new ProblemException(Problem.unavailable("not now"));
                },
                keys);
    }

    private PedidoRequest read(String body, Predicate<String> knownTipo, String... keys) {
        return orders.read(body.getBytes(StandardCharsets.UTF_8), List.of(keys), knownTipo);
    }
}
