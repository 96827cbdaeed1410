package dev.pedidos.api.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.api.http.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KnownTiposTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Set<String> registered = new HashSet<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private boolean away;
    private final KnownTipos tipos = new KnownTipos(Set.of("pedido"), this::read, Runnable::run, nanos::get);

    @Test
    void builtInOnesAreKnownWithoutAsking() {
        assertThat(isKnown("pedido")).isTrue();
        assertThat(reads).hasValue(0);
    }

    @Test
    void simuladoIsUnknownUntilAWorkerRegistersIt() {
        assertThat(isKnown("simulado")).isFalse();
    }

    @Test
    void oneRegisteredLaterIsKnownAtOnceAndAskedForOnce() {
        assertThat(isKnown("despesa")).isFalse();
        registered.add("despesa");
        assertThat(isKnown("despesa")).isTrue();
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(isKnown("despesa")).isTrue();
        assertThat(reads).hasValue(2);
    }

    @Test
    void withoutTheDatabaseTheKnownOnesStayKnownAndOthersAreUnavailable() {
        registered.add("despesa");
        assertThat(isKnown("despesa")).isTrue();
        away = true;
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(isKnown("despesa")).isTrue();
        assertThatThrownBy(() -> isKnown("outro")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> isKnown("outro")).isInstanceOf(ProblemException.class);
        assertThat(reads).hasValue(2);
    }

    @Test
    void oneThatNobodyAskedForBeforeIsKnownWithoutTheDatabaseIfItWasReadAhead() {
        registered.add("recarga");
        tipos.readAhead();
        away = true;
        assertThat(isKnown("recarga")).isTrue();
        tipos.readAhead();
        assertThat(isKnown("recarga")).isTrue();
        assertThatThrownBy(() -> isKnown("outro")).isInstanceOf(ProblemException.class);
    }

    @Test
    void oneThatIsRegisteredJustAfterAReadAheadIsKnownAtOnce() {
        tipos.readAhead();
        registered.add("recarga");
        assertThat(isKnown("recarga")).isTrue();
    }

    @Test
    void whileTheLedgerDoesNotAnswerNobodyWaitsInLineAndAllShareOneQuery() {
        var stalled = new ArrayList<Runnable>();
        var slow = new KnownTipos(Set.of("pedido"), this::read, stalled::add, nanos::get, LONG);
        registered.add("despesa");
        assertThatThrownBy(() -> slow.isKnown("despesa")).isInstanceOf(KnownTipos.NotRead.class);
        var first = slow.readAgain();
        var second = slow.readAgain();
        assertThat(stalled).hasSize(1);
        assertThat(slow.isKnown("pedido")).isTrue();
        assertThat(first).isNotDone();
        stalled.getFirst().run();
        assertThat(first.join().test("despesa")).isTrue();
        assertThat(second.join().test("outro")).isFalse();
        assertThat(slow.isKnown("despesa")).isTrue();
    }

    @Test
    void oneThatIsRegisteredDuringALookIsKnownToWhoAsksAfterThat() {
        var stalled = new ArrayList<Runnable>();
        var duringALook = new ArrayList<CompletableFuture<Predicate<String>>>();
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        var asked = new KnownTipos(
                Set.of(),
                () -> {
                    var read = read();
                    meanwhile.getAndSet(() -> {}).run();
                    return read;
                },
                stalled::add,
                nanos::get,
                LONG);
        meanwhile.set(() -> {
            registered.add("despesa");
            duringALook.add(asked.readAgain());
            duringALook.add(asked.readAgain());
        });
        var before = asked.readAgain();
        stalled.removeFirst().run();

        assertThat(before.join().test("despesa")).isFalse();
        assertThat(stalled).as("one look for both").hasSize(1);
        stalled.removeFirst().run();
        assertThat(duringALook)
                .allSatisfy(known -> assertThat(known.join().test("despesa")).isTrue());
    }

    @Test
    void whoWaitsForALedgerThatNeverAnswersIsToldSo() {
        var waiting = withoutAnAnswer(Duration.ofMillis(20)).readAgain();
        assertThatThrownBy(() -> waiting.join().test("outro")).isInstanceOf(ProblemException.class);
    }

    @Test
    void onlySoManyWaitForALedgerThatNeverAnswers() {
        var slow = withoutAnAnswer(LONG);
        assertThat(IntStream.range(0, 200).mapToObj(i -> slow.readAgain())).noneMatch(CompletableFuture::isDone);
        assertThat(slow.readAgain()).isCompletedExceptionally();
    }

    private KnownTipos withoutAnAnswer(Duration patience) {
        return new KnownTipos(Set.of("pedido"), this::read, query -> {}, nanos::get, patience);
    }

    private boolean isKnown(String tipo) {
        try {
            return tipos.isKnown(tipo);
        } catch (KnownTipos.NotRead e) {
            return tipos.readAgain().join().test(tipo);
        }
    }

    private Set<String> read() throws IOException {
        reads.incrementAndGet();
        if (away) {
            throw new IOException("away");
        }
        return Set.copyOf(registered);
    }
}
