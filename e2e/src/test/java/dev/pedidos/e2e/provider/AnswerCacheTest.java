package dev.pedidos.e2e.provider;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.ledger.call.AnswerCache;
import dev.pedidos.shared.ledger.call.AnswerCache.CachedAnswer;
import dev.pedidos.shared.ledger.call.AnswerCache.Question;
import dev.pedidos.shared.ledger.call.Pauses;
import dev.pedidos.shared.ledger.fleet.LivenessLock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The statements behind calls, in PostgreSQL. */
class AnswerCacheTest {

    private static final Duration DAY = Duration.ofDays(1);

    private static TestSystem system;
    private static LivenessLock living;
    private static AnswerCache answers;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("kept-answers", Map.of());
        living = new LivenessLock(system.ledger());
        living.start();
        answers = ofWorker(living.name());
    }

    @AfterAll
    static void stop() throws Exception {
        living.close();
        system.close();
    }

    private static AnswerCache ofWorker(String name) {
        return new AnswerCache(system.ledger(), name, Duration.ofMinutes(1));
    }

    private static Instant keep(Question question, String content) {
        return answers.keep(question, content, System.nanoTime(), DAY);
    }

    @Test
    void oneOfThePedidosThatAskTheSameAsksAndItsAnswerServesAll() {
        var first = new Question("cnpj", "once", "p-1");
        var second = new Question("cnpj", "once", "p-2");
        assertThat(answers.find(first)).isEmpty();
        assertThat(answers.claim(first)).isTrue();
        assertThat(answers.claim(second)).isFalse();
        assertThat(answers.claim(first)).as("tried again").isTrue();
        assertThat(answers.claim(new Question("cnpj", "other", "p-2"))).isTrue();

        var at = keep(first, "{\"name\": \"A\"}");

        assertThat(answers.find(second)).hasValue(new CachedAnswer("{\"name\": \"A\"}", at));
        assertThat(answers.claim(second)).as("it is answered").isFalse();
        assertThat(system.count("select count(*) from chamadas where resultado = 'GUARDADA' and pedido_id = 'p-2'"
                        + " and idade_ms between 0 and 60000"))
                .isEqualTo(1);
    }

    /** An index has no room for them. */
    @Test
    void longKeysAreKeysLikeOthers() {
        String path = new SplittableRandom(1)
                .ints(20_000, 'a', 'z' + 1)
                .mapToObj(Character::toString)
                .collect(joining());
        var first = new Question("erp", path + "/1", "p-1");
        var other = new Question("erp", path + "/2", "p-2");
        assertThat(answers.claim(first)).isTrue();
        assertThat(answers.claim(other)).as("another question").isTrue();
        var at = keep(first, "{}");
        assertThat(answers.find(first)).hasValue(new CachedAnswer("{}", at));
        assertThat(answers.find(other)).isEmpty();

        String stored = system.text("select chave from respostas where dependencia = 'erp' and resposta is not null");
        assertThat(answers.find(new Question("erp", stored, "p-3")))
                .as("a key of its own")
                .isEmpty();
    }

    @Test
    void aQuestionThatWasNotAnsweredIsAskedByTheNext() {
        var first = new Question("cnpj", "released", "p-1");
        var second = new Question("cnpj", "released", "p-2");
        assertThat(answers.claim(first)).isTrue();
        answers.release(second);
        assertThat(answers.claim(second)).as("it is not its own to release").isFalse();
        answers.release(first);
        assertThat(answers.claim(second)).isTrue();
    }

    @Test
    void theQuestionOfADeadWorkerIsAskedByTheNext() {
        var dead = ofWorker("a worker that has ended");
        assertThat(dead.claim(new Question("cnpj", "dead", "p-1"))).isTrue();
        assertThat(answers.claim(new Question("cnpj", "dead", "p-2"))).isTrue();
    }

    @Test
    void aQuestionThatTakesTooLongIsAskedByTheNext() {
        assertThat(answers.claim(new Question("cnpj", "long", "p-1"))).isTrue();
        for (String change : new String[] {"- interval '2 minutes'", "+ interval '1 hour'"}) {
            system.alter("update respostas set consulta_ate = consulta_ate " + change + " where chave = 'long'");
            assertThat(answers.claim(new Question("cnpj", "long", "p" + change.length())))
                    .as(change)
                    .isTrue();
        }
    }

    @Test
    void anAnswerThatComesAfterTheQuestionPassedToAnotherIsNotKept() {
        var slow = new Question("cnpj", "passed-on", "p-1");
        var next = new Question("cnpj", "passed-on", "p-2");
        assertThat(answers.claim(slow)).isTrue();
        system.alter("update respostas set consulta_ate = clock_timestamp() where chave = 'passed-on'");
        assertThat(answers.claim(next)).isTrue();

        keep(slow, "{\"name\": \"old\"}");

        assertThat(answers.find(next)).isEmpty();
        assertThat(answers.claim(slow)).as("p-2 is asking").isFalse();
        keep(next, "{\"name\": \"new\"}");
        keep(slow, "{\"name\": \"old\"}");
        assertThat(answers.find(slow)).map(CachedAnswer::content).hasValue("{\"name\": \"new\"}");
    }

    @Test
    void theTimeOfAnAnswerIsWhenItCame() {
        var question = new Question("cnpj", "late", "p-1");
        assertThat(answers.claim(question)).isTrue();
        long aMinuteAgo = System.nanoTime() - Duration.ofMinutes(1).toNanos();

        var at = answers.keep(question, "{}", aMinuteAgo, DAY);

        assertThat(answers.find(question)).map(CachedAnswer::askedAt).hasValue(at);
        assertThat(system.count("select count(*) from respostas where chave = 'late'"
                        + " and consultado_em <= clock_timestamp() - interval '1 minute'"
                        + " and vale_ate = consultado_em + interval '1 day'"))
                .isEqualTo(1);
    }

    @Test
    void anAnswerServesForItsTime() {
        var question = new Question("cnpj", "old", "p-1");
        assertThat(answers.claim(question)).isTrue();
        keep(question, "{}");
        system.alter("update respostas set vale_ate = clock_timestamp() where chave = 'old'");

        assertThat(answers.find(question)).isEmpty();
        assertThat(answers.claim(new Question("cnpj", "old", "p-2"))).isTrue();
    }

    @Test
    void aNewAnswerRemovesOldOnes() {
        for (int i = 0; i < 3; i++) {
            keep(new Question("erp", "gone-" + i, "p-1"), "{}");
        }
        system.alter("update respostas set vale_ate = vale_ate - interval '3 days' where chave like 'gone-%'");
        keep(new Question("erp", "gone-0", "p-1"), "{}");
        assertThat(system.count("select count(*) from respostas where chave like 'gone-%'"))
                .isEqualTo(1);
    }

    @Test
    void aPauseHoldsForItsTimeAndIsNotShortened() {
        var pauses = new Pauses(system.ledger());
        assertThat(pauses.left("mail")).isEmpty();
        pauses.begin("mail", Duration.ofMinutes(5));
        pauses.begin("mail", Duration.ofSeconds(1));
        assertThat(pauses.left("mail"))
                .hasValueSatisfying(left -> assertThat(left).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5)));
        assertThat(pauses.left("erp")).isEmpty();

        system.alter("update pausas set ate = ate + interval '1 day'");
        assertThat(pauses.left("mail")).as("the clock was set back").isEmpty();
        pauses.begin("mail", Duration.ofDays(2));
        assertThat(pauses.left("mail"))
                .hasValueSatisfying(left -> assertThat(left).isBetween(Duration.ofMinutes(59), Duration.ofHours(1)));
    }
}
