package dev.pedidos.shared.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackUrlTest {
    @ParameterizedTest
    @CsvSource({
        "https://Hooks.example.com/a/b?c=d, https://hooks.example.com:443, /a/b?c=d",
        "HTTP://my_service:8080, http://my_service:8080, /",
        "http://127.0.0.1:9000?x=1, http://127.0.0.1:9000, /?x=1",
        "https://[2001:DB8::1]:8443/x, https://[2001:db8::1]:8443, /x",
        "https://h/%7Bid%7D/@me, https://h:443, /%7Bid%7D/@me"
    })
    void anAddressIsTakenApart(String text, String endpoint, String target) {
        CallbackUrl url = CallbackUrl.parse(text).orElseThrow();

        assertThat(url.endpoint()).isEqualTo(endpoint);
        assertThat(url.target()).isEqualTo(target);
        assertThat(url).hasToString(endpoint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hooks.example.com/x",
                "ftp://h/x",
                "https://user:secret@h/x",
                "https://user@h/x",
                "https://h/x#part",
                "https://h/a b",
                "https://h/a\r\nHost: other",
                "https://h:0/x",
                "https://h:65536/x",
                "https://h:080/x",
                "https://-h/x",
                "https://h./x",
                "https://hö/x",
                "https:///x",
                "https://[fe80::1%25eth0]/x",
                "https://h\\@other/x"
            })
    void whatIsNoSuchAddressIsRefused(String text) {
        assertThat(CallbackUrl.parse(text)).isEmpty();
    }

    @Test
    void anAddressHasABoundedLength() {
        assertThat(CallbackUrl.parse("https://h/" + "x".repeat(1_990))).isPresent();
        assertThat(CallbackUrl.parse("https://h/" + "x".repeat(1_991))).isEmpty();
    }

    @Test
    void onlyHostsThatAreNamedAreTaken() {
        var hosts = CallbackHosts.parse("Hooks.example.com,127.0.0.1");

        assertThat(faults(",\"callback_url\":\"https://hooks.example.com/x\"", hosts))
                .isEmpty();
        assertThat(faults(",\"callback_url\":\"https://other.example.com/x\"", hosts))
                .containsExactly("callback_url");
        assertThat(faults(",\"callback_url\":\"https://other.example.com/x\"", CallbackHosts.parse("*")))
                .isEmpty();
        assertThat(faults(",\"callback_url\":\"https://hooks.example.com/x\"", CallbackHosts.NONE))
                .containsExactly("callback_url");
        assertThat(faults(",\"callback_url\":7,\"origem2\":1", hosts))
                .containsExactlyInAnyOrder("callback_url", "origem2");
        assertThat(faults(",\"callback_url\":\"https://hooks.example.com/x\",\"tipo\":\"?\"", hosts))
                .containsExactly("tipo");
        assertThat(faults(",\"callback_url\":\"https://hooks.example.com/x\",\"tipo\":\"cancelamento\"", hosts))
                .containsExactlyInAnyOrder("tipo", "callback_url");
        assertThat(faults("", CallbackHosts.NONE)).isEmpty();
    }

    @Test
    void itIsPartOfTheContentAndOfEveryForm() {
        var hosts = CallbackHosts.parse("*");
        var without = PedidoCodec.readDraft(bytes(""), tipo -> true, hosts).withId("p");
        var with = PedidoCodec.readDraft(bytes(",\"callback_url\":\"https://h/x?token=1\""), tipo -> true, hosts)
                .withId("p");

        assertThat(PayloadHash.of(with)).isNotEqualTo(PayloadHash.of(without));
        assertThat(PedidoCodec.readMessage(PedidoCodec.writeMessage(with))).isEqualTo(with);
        assertThat(PedidoCodec.readAccepted(PedidoCodec.writeMessage(with)).withId("p"))
                .isEqualTo(with);
        var fromRow = PedidoCodec.fromRow(
                "p", with.tipo(), with.recebedorId(), with.origem(), PedidoCodec.writePayload(with));
        assertThat(fromRow).isEqualTo(with);
        assertThat(PayloadHash.of(fromRow)).isEqualTo(PayloadHash.of(with));
    }

    private static List<String> faults(String more, CallbackHosts hosts) {
        var faults = catchThrowableOfType(
                InvalidFields.class, () -> PedidoCodec.readDraft(bytes(more), tipo -> true, hosts));
        return faults == null
                ? List.of()
                : faults.errors().stream().map(FieldError::field).toList();
    }

    private static byte[] bytes(String more) {
        String body =
                "{\"recebedor_id\":\"r\",\"origem\":\"api\",\"itens\":[{\"sku\":\"A\",\"quantidade\":1}]" + more + "}";
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
