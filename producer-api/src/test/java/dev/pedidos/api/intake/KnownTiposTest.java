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
    void built_in_ones_are_known_without_asking() {
        assertThat(isKnown("pedido")).isTrue();
        assertThat(reads).hasValue(0);
    }

    @Test
    void simulado_is_unknown_until_a_worker_registers_it() {
        assertThat(isKnown("simulado")).isFalse();
    }

    @Test
    void one_registered_later_is_known_at_once_and_asked_for_once() {
        assertThat(isKnown("despesa")).isFalse();
        registered.add("despesa");
        assertThat(isKnown("despesa")).isTrue();
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(isKnown("despesa")).isTrue();
        assertThat(reads).hasValue(2);
    }

    @Test
    void without_the_database_the_known_ones_stay_known_and_others_are_unavailable() {
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
    void one_that_nobody_asked_for_before_is_known_without_the_database_if_it_was_read_ahead() {
        registered.add("recarga");
        tipos.readAhead();
        away = true;
        assertThat(isKnown("recarga")).isTrue();
        tipos.readAhead();
        assertThat(isKnown("recarga")).isTrue();
        assertThatThrownBy(() -> isKnown("outro")).isInstanceOf(ProblemException.class);
    }

    @Test
    void one_that_is_registered_just_after_a_read_ahead_is_known_at_once() {
        tipos.readAhead();
        registered.add("recarga");
        assertThat(isKnown("recarga")).isTrue();
    }

    @Test
    void while_the_ledger_does_not_answer_nobody_waits_in_line_and_all_share_one_query() {
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
    void one_that_is_registered_during_a_look_is_known_to_who_asks_after_that() {
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
    void who_waits_for_a_ledger_that_never_answers_is_told_so() {
        var waiting = withoutAnAnswer(Duration.ofMillis(20)).readAgain();
        assertThatThrownBy(() -> waiting.join().test("outro")).isInstanceOf(ProblemException.class);
    }

    @Test
    void only_so_many_wait_for_a_ledger_that_never_answers() {
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
