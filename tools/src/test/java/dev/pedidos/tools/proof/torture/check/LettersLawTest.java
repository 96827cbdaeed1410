package dev.pedidos.tools.proof.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.tools.proof.torture.faults.Loss;
import dev.pedidos.tools.proof.torture.load.PoisonMessage;
import dev.pedidos.tools.proof.torture.system.LetterBrowser.Letter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LettersLawTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Map<String, Integer> DEAD = Map.of("a", 0, "b", 2);

    @Test
    void theLetterMustBeOfTheCicloThatThePedidoDiedIn() {
        var verdict = LettersLaw.lettersOfTheDead(DEAD, List.of(new Letter("a", 0), new Letter("b", 1)));

        assertThat(verdict.examples()).containsExactly("b died in ciclo 2 and has no letter");
        assertThat(verdict.counted()).contains("1 stale");
    }

    @Test
    void copiesAndRefusedMessagesDoNoHarm() {
        var letters =
                List.of(new Letter("a", 0), new Letter("a", 0), new Letter("b", 2), new Letter("mensagem:00ff", 0));

        var verdict = LettersLaw.lettersOfTheDead(DEAD, letters);

        assertThat(verdict.holds()).isTrue();
        assertThat(verdict.counted()).isEqualTo("2 dead, 3 letters, 1 of them copies, 0 stale");
    }

    @Test
    void whatIsNoPedidoMustBeThere() {
        var letters = List.of(new Letter("mensagem:00ff", 0));

        assertThat(LettersLaw.refusals(sent(0, "00ff"), letters, List.of()).holds())
                .isTrue();
        assertThat(LettersLaw.refusals(sent(0, "00ff", "beef"), letters, List.of())
                        .examples())
                .containsExactly("beef");
    }

    @Test
    void whatWasTakenAndDeletedWithItsShardHasNoLetter() {
        var losses = List.of(new Loss(100 * SECOND, 101 * SECOND, Set.of("beef")));

        assertThat(LettersLaw.refusals(sent(SECOND, "beef"), List.of(), losses).holds())
                .isTrue();
        assertThat(LettersLaw.refusals(sent(SECOND, "beef", "cafe"), List.of(), losses)
                        .examples())
                .containsExactly("cafe");
    }

    @Test
    void whatCameWhileAShardWasDeletedMayHaveNoLetter() {
        var losses = List.of(new Loss(100 * SECOND, 101 * SECOND, Set.of()));

        assertThat(LettersLaw.refusals(sent(100 * SECOND, "beef"), List.of(), losses)
                        .holds())
                .isTrue();
        assertThat(LettersLaw.refusals(sent(98 * SECOND, "beef"), List.of(), losses)
                        .examples())
                .containsExactly("beef");
        assertThat(LettersLaw.refusals(sent(102 * SECOND, "beef"), List.of(), losses)
                        .examples())
                .containsExactly("beef");
    }

    @Test
    void sentAgainAfterTheDeletionItMustHaveALetter() {
        var losses = List.of(new Loss(100 * SECOND, 101 * SECOND, Set.of()));
        var twice = List.of(
                new PoisonMessage("beef", 100 * SECOND, 100 * SECOND + 1),
                new PoisonMessage("beef", 102 * SECOND, 102 * SECOND + 1));

        assertThat(LettersLaw.refusals(twice, List.of(), losses).examples()).containsExactly("beef");
    }

    private static List<PoisonMessage> sent(long nanos, String... sha256) {
        return Stream.of(sha256)
                .map(one -> new PoisonMessage(one, nanos, nanos + 1))
                .toList();
    }
}
