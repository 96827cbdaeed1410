package dev.pedidos.api.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QueueTiposTest {
    private final Set<String> registered = new HashSet<>();
    private int reads;
    private boolean away;
    private long nanos;
    private final QueueTipos tipos = new QueueTipos(Set.of("pedido"), () -> nanos);

    @Test
    void knownOnesAreKnownWithoutAsking() {
        registered.add("despesa");
        assertThat(tipos.ofMessagesInHand(this::read).test("pedido")).isTrue();
        assertThat(reads).isZero();
        assertThat(tipos.ofMessagesInHand(this::read).test("despesa")).isTrue();
        assertThat(tipos.ofMessagesInHand(this::read).test("despesa")).isTrue();
        assertThat(reads).isEqualTo(1);
    }

    @Test
    void forAllThatIsInHandOneReadIsEnough() {
        registered.add("despesa");
        var inHand = tipos.ofMessagesInHand(this::read);
        assertThat(inHand.test("outro")).isFalse();
        registered.add("outro");
        assertThat(inHand.test("outro")).isFalse();
        assertThat(inHand.test("despesa")).isTrue();
        assertThat(reads).isEqualTo(1);
        assertThat(tipos.ofMessagesInHand(this::read).test("outro"))
                .as("for what is taken later")
                .isTrue();
    }

    @Test
    void oneThatWasTakenBackIsUnknownAfterAWhile() {
        registered.add("despesa");
        assertThat(tipos.ofMessagesInHand(this::read).test("despesa")).isTrue();
        registered.remove("despesa");
        nanos += QueueTipos.READ_AGAIN_AFTER.toNanos();
        assertThat(tipos.ofMessagesInHand(this::read).test("despesa")).isTrue();
        nanos++;
        assertThat(tipos.ofMessagesInHand(this::read).test("despesa")).isFalse();
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void withoutTheDatabaseAnUnknownOneIsNotJudged() {
        away = true;
        var inHand = tipos.ofMessagesInHand(this::read);
        assertThatThrownBy(() -> inHand.test("despesa")).hasMessage("away");
        assertThatThrownBy(() -> inHand.test("despesa")).hasMessage("away");
        assertThat(inHand.test("pedido")).isTrue();
    }

    private Set<String> read() {
        reads++;
        if (away) {
            throw new IllegalStateException("away");
        }
        return Set.copyOf(registered);
    }
}
