package dev.pedidos.shared.masking;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.spi.LoggingEventBuilder;

@Isolated("it replaces System.err")
class MaskingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "11222333000181",
                "11.222.333/0001-81",
                "11222333/0001-81",
                "11222333-0001-81",
                "11.222.333.0001-81",
                "90021382000122",
                "12ABC34501DE35",
                "12abc34501de35",
                "12.ABC.345/01DE-35",
                "12ABC345-01DE-35",
                "12345678909",
                "123.456.789-09",
                "123456789-09",
                "00000000000",
            })
    void aNumberOfAPersonOrACompanyIsNotInTheLog(String number) {
        for (String around : new String[] {"%s", "recebedor_id=%s,", "rcb-%s", "%s:5", "\"%s\"", "(a:%s.)", "x_%s "}) {
            String masked = Masking.masked(around.replace("%s", number));
            assertThat(masked)
                    .doesNotContain(number)
                    .matches(around.replaceAll("([().])", "\\\\$1").replace("%s", "\\*{3}[0-9a-f]{4}"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "11222333000181, 11.222.333/0001-81",
        "12345678909, 123.456.789-09",
        "12ABC34501DE35, 12.abc.345/01de-35"
    })
    void oneNumberLeavesTheSameTraceHoweverItIsWritten(String bare, String written) {
        assertThat(Masking.masked("a " + bare)).isEqualTo(Masking.masked("a " + written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cnpj11222333000181",
                "cnpj11.222.333-0001-81",
                "11.222.333-0001-81a",
                "rcb12345678909",
                "cpf12345678909x",
                "a 11222333000181 b 12345678909"
            })
    void oneWithinAWordIsFoundByItsCheckDigits(String text) {
        assertThat(Masking.masked(text).replaceAll("[.-]", "")).doesNotContain("11222333000181", "12345678909");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-26T11:14:25.123456789-03:00",
                "14:14:25.123",
                "127.0.0.1:20505",
                "192.168.100.20:5672",
                "1764166465123",
                "1764166465123456",
                "0192f0c1-7a55-7cc1-9d6b-3b0f5a3e8a11",
                "ik-0a11222333000182fcc0123456789abcdef01234",
                "ABCDEFGHIJKL12",
                "pedidos_queue.00",
                "1234567890",
                "123456789012",
            })
    void otherNumbersStayAsTheyAre(String text) {
        assertThat(Masking.masked(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void whoeverWritesALineInWhicheverPartOfIt(String format) throws Exception {
        String log = logged(format);
        assertThat(log).doesNotContain("11222333000181").contains("***74fc", "ordem", "1764166465123456");
    }

    /** Escapes of a terminal, a forged line, and text that runs backwards. */
    @Test
    void whatComesFromOutsideCannotChangeTheLook() throws Exception {
        String text = "a\u200b11222333000181 \u001b[2Ja\r\n12:00:00.000 ERROR forged\u202e\u0085\t";
        String log = logged(
                "text",
                line -> line.addKeyValue("message_id", text).log("of {}", text, new IllegalStateException(text)));
        assertThat(log)
                .doesNotContain("11222333000181", "\u200b", "\u001b", "\r", "\u202e", "\u0085")
                .contains("\ufffd[2Ja 12:00:00.000 ERROR forged");
        assertThat(log.lines())
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("forged\ufffd\ufffd\ufffd"),
                        failure -> assertThat(failure).startsWith("java.lang.IllegalStateException: a\ufffd***74fc "),
                        further -> assertThat(further).startsWith("    12:00:00.000 ERROR forged"),
                        frame -> assertThat(frame).startsWith("\tat "));
    }

    @Test
    void aListInAMessageStaysAListAndCannotBeTakenForALineOfTheTrace() throws Exception {
        var cause = new IllegalStateException("refused\nCaused by: forged\n\tat forged");
        var failure = new IllegalStateException("lacks:\n  - a\r\n  - b\nMake it.", cause);
        failure.addSuppressed(new IllegalStateException("second\nline"));
        String log = logged("text", line -> line.setCause(failure).log("first\n  second"));
        assertThat(log.lines().skip(1).filter(line -> !line.matches("\t+(at |\\.\\.\\.).*")))
                .containsExactly(
                        "java.lang.IllegalStateException: lacks:",
                        "      - a",
                        "      - b",
                        "    Make it.",
                        "\tSuppressed: java.lang.IllegalStateException: second",
                        "    line",
                        "Caused by: java.lang.IllegalStateException: refused",
                        "    Caused by: forged",
                        "    \ufffdat forged");
        assertThat(log.lines().findFirst().orElseThrow()).endsWith("first   second ");
    }

    private static String logged(String format) throws Exception {
        return logged(
                format,
                line -> line.addKeyValue("recebedor_id", "11222333000181")
                        .addKeyValue("ordem", 1_764_166_465_123_456L)
                        .log("of {}", "11222333000181", new IllegalStateException("11222333000181")));
    }

    private static String logged(String format, Consumer<LoggingEventBuilder> written) throws Exception {
        var context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        var before = System.err;
        var bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            new MaskedLog(format).configure(context);
            written.accept(context.getLogger("test").atWarn());
            context.stop();
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
