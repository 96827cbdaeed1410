package dev.pedidos.shared.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookSignatureTest {
    /** The first one is in the tests of Standard Webhooks' own libraries, the second one in its description. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw|msg_p5jXN8AQM9LWM0D4loKWxJek|1614265330|{\"test\": 2432232314}"
                        + "|v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "whsec_plJ3nmyCDGBKInavdOK15jsl|msg_loFOjxBNrRLzqYUf|1731705121"
                        + "|{\"event_type\":\"ping\",\"data\":{\"success\":true}}"
                        + "|v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0="
            })
    void thePublishedSignaturesAreOurs(String secret, String id, long seconds, String body, String signature) {
        assertThat(WebhookSignature.sign(List.of(WebhookSecret.of(secret)), id, seconds, bytes(body)))
                .isEqualTo(signature);
        assertThat(WebhookSignature.fault(
                        List.of(WebhookSecret.of(secret)),
                        id,
                        Long.toString(seconds),
                        "v1a,AAAA v1,bm9wZQ== " + signature,
                        bytes(body),
                        seconds + WebhookSignature.TOLERANCE_SECONDS))
                .isEmpty();
    }

    @Test
    void aReceiverThatKnowsOneOfTwoSecretsFindsTheWebhookGenuine() {
        var older = WebhookSecret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        var newer = WebhookSecret.of("whsec_plJ3nmyCDGBKInavdOK15jsl");
        String signatures = WebhookSignature.sign(List.of(newer, older), "m", 1000, bytes("{}"));

        assertThat(signatures.split(" ")).hasSize(2).allMatch(one -> one.startsWith("v1,"));
        assertThat(fault(older, "m", "1000", signatures, "{}")).isEmpty();
        assertThat(fault(newer, "m", "1000", signatures, "{}")).isEmpty();
    }

    @Test
    void whatWasChangedOnTheWayOrIsOldIsNotGenuine() {
        var secret = WebhookSecret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        String signature = WebhookSignature.sign(List.of(secret), "m", 1000, bytes("{}"));

        assertThat(fault(secret, "m", "1000", signature, "{}")).isEmpty();
        assertThat(fault(secret, "n", "1000", signature, "{}")).isNotEmpty();
        assertThat(fault(secret, "m", "1001", signature, "{}")).isNotEmpty();
        assertThat(fault(secret, "m", "1000", signature, "{ }")).isNotEmpty();
        assertThat(fault(secret, "m", "1000", "v2," + signature.substring(3), "{}"))
                .isNotEmpty();
        assertThat(fault(secret, "m", "yesterday", signature, "{}")).isNotEmpty();
        assertThat(fault(secret, "m", "1000", "", "{}")).isNotEmpty();
        String old = WebhookSignature.sign(List.of(secret), "m", 699, bytes("{}"));
        assertThat(fault(secret, "m", Integer.toString(699), old, "{}").orElseThrow())
                .contains("300 s");
    }

    @Test
    void aFileHasOneSecretInEachLineAndNoWeakOne() {
        String withAComment = """
                # new
                whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw

                  whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX
                """;
        assertThat(WebhookSecret.ofLines(withAComment.replace("YX\n", "YX \r\n")))
                .hasSize(2);
        for (String text : List.of(
                "", "\n# none\n", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_%%%", "whsec_plJ3nmyCDGBKInavdOK15jsl")) {
            assertThatThrownBy(() -> WebhookSecret.ofLines(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasNoCause()
                    .message()
                    .doesNotContain("plJ3")
                    .doesNotContain("%%%");
        }
    }

    private static Optional<String> fault(
            WebhookSecret secret, String id, String timestamp, String signatures, String body) {
        return WebhookSignature.fault(List.of(secret), id, timestamp, signatures, bytes(body), 1000);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
