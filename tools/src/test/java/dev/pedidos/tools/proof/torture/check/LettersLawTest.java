package dev.pedidos.tools.proof.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.tools.proof.torture.system.LetterBrowser.Letter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LettersLawTest {
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

        assertThat(LettersLaw.refusals(Set.of("00ff"), letters, 0).holds()).isTrue();
        assertThat(LettersLaw.refusals(Set.of("00ff", "beef"), letters, 0).examples())
                .containsExactly("beef");
    }

    @Test
    void whatWasThrownAwayWithItsShardIsInNoLedger() {
        assertThat(LettersLaw.refusals(Set.of("beef"), List.of(), 1).holds()).isTrue();
        assertThat(LettersLaw.refusals(Set.of("beef", "00ff"), List.of(), 1).holds())
                .isFalse();
    }
}
