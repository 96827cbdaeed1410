package dev.pedidos.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.tools.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private final StringWriter err = new StringWriter();
    private final StringWriter out = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "frobnicate",
                "up --wurkers 2",
                "up --workers 0",
                "up --workers two",
                "demo --chaos 5",
                "demo --pedidos 0",
                "demo --input pom.xml",
                "demo --estoque pom.xml",
                "demo --input no-such-file --estoque pom.xml",
                "bench --json no-such-folder/bench.json",
                "bench --json src",
                "listen",
                "listen 70000",
                "listen -1",
                "send",
                "send no-such-file --url http://127.0.0.1:1",
                "send pom.xml --rate 0 --url http://127.0.0.1:1",
                "send pom.xml --url not-a-url",
                "send pom.xml --url http://127.0.0.1:65536",
                "workers --url http://127.0.0.1:65536",
                "verify --url mysql://h/d",
                "verify --url-file no-such-file",
                "verify --url-file pom.xml",
                "verify --url-file pom.xml --url postgresql://u:p@h/d",
                "verify --since yesterday",
                "verify --port 1",
                "verify --every 1s",
                "verify --every 5m --full-every never",
                "status extra",
                "dlq",
                "dlq redrive --url http://127.0.0.1:1",
                "dlq redrive some --all --url http://127.0.0.1:1",
                "dlq redrive --all --rate 0 --url http://127.0.0.1:1",
                "dlq discard some --url http://127.0.0.1:1",
                "recebedores release some nowhere --url http://127.0.0.1:1",
                "recebedores --url http://127.0.0.1:1 release some retry_head --yes",
                "recebedores --retidos release some retry_head --yes --url http://127.0.0.1:1",
                "task",
                "archive",
                "task send no-such-file --url http://127.0.0.1:1",
                "task send pom.xml --url http://127.0.0.1:1",
                "task cancel some --url http://127.0.0.1:1",
                "recover --url mysql://h/d",
                "replay --url mysql://h/d",
                "replay --until 2026-11-26T14:00:00Z",
                "replay --id p-1",
                "replay --until yesterday --id p-1",
                "replay --until 2026-11-26T14:00:00 --id p-1",
                "replay --until 2999-01-01T00:00:00Z --id p-1",
                "replay --switch --until 2026-11-26T14:00:00Z --id p-1",
            })
    void wrongUseIsExplainedOnStandardErrorWithExitCode2(String line) {
        assertThat(run(line)).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: pedidos");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dlq list --url https://ops:canary@host",
                "dlq list --url https://ops:can^ary@host",
                "dlq list https://ops:canary@host",
                "verify postgresql://u:canary@h/d",
                "verify --ulr postgresql://u@h/d?password=canary",
                "replay --url mysql://u:canary@h/d",
            })
    void noPasswordOfAnAddressIsRepeated(String line) {
        assertThat(run(line)).isEqualTo(2);
        assertThat(err.toString()).doesNotContain("canary", "can^ary");
    }

    @Test
    void aWrongTimeIsExplainedWithItsOption() {
        assertThat(run("verify --since yesterday")).isEqualTo(2);
        assertThat(err.toString()).contains("--since", "'yesterday' is neither a time such as 90s");
    }

    @Test
    void aWrongAddressIsExplained() {
        assertThat(run("workers --url http://producer_api:8080")).isEqualTo(2);
        assertThat(err.toString()).contains("--url must be", "it names no host, or one that HTTP does not allow");
    }

    @Test
    void anArgumentIsNotReplacedByWhatAFileOfItsNameSays() {
        assertThat(run("send @pom.xml --url http://127.0.0.1:1")).isEqualTo(2);
        assertThat(err.toString()).contains("FILE cannot be read: @pom.xml").doesNotContain("<project");
    }

    @Test
    void helpIsNoError() {
        assertThat(run("demo --help")).isZero();
        assertThat(out.toString()).contains("--input", "--estoque", "--pedidos", "--workers", "--keep");
    }

    @Test
    void helpFollowsTheWordsToASubcommand() {
        assertThat(run("help")).isZero();
        assertThat(run("help dlq redrive")).isZero();
        assertThat(out.toString()).contains("Usage: pedidos [", "Usage: pedidos dlq redrive", "--rate");
        assertThat(run("help dlq nonsense")).isEqualTo(2);
        assertThat(err.toString()).contains("Unknown command 'dlq nonsense'", "Usage: pedidos dlq");
    }

    @Test
    void aLedgerThatDoesNotAnswerIsAFailedStep() {
        assertThat(run("verify --url postgresql://u:p@127.0.0.1:1/d")).isEqualTo(1);
        assertThat(err.toString()).contains("127.0.0.1:1").doesNotContain("\tat ");
    }

    private int run(String line) {
        return Main.commandLine()
                .setErr(new PrintWriter(err, true))
                .setOut(new PrintWriter(out, true))
                .execute(line.isEmpty() ? new String[0] : line.split(" "));
    }
}
