package dev.pedidos.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.message.Death;
import dev.pedidos.shared.operation.Refusal;
import dev.pedidos.tools.proof.laws.Law;
import dev.pedidos.tools.proof.laws.OperationsLaw;
import dev.pedidos.tools.proof.torture.faults.Fault;
import dev.pedidos.tools.proof.torture.faults.Faults;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tables whose rows are names of the code. */
class NamesTest {

    @Test
    void theLawsAreThoseOfVerify() {
        assertThat(Markdown.read("docs/signals.md").section("Laws").firstCodes())
                .isEqualTo(Stream.concat(Law.ALL.stream().map(Law::name), Stream.of(OperationsLaw.NAME))
                        .collect(Collectors.toSet()));
    }

    @Test
    void theEndsOfCallsAreThoseOfTheRecord() throws IOException {
        Set<String> ends = new TreeSet<>(Sources.constants("CallOutcome"));
        ends.add("GUARDADA");
        assertThat(Markdown.read("docs/signals.md").section("Calls").firstCodes())
                .isEqualTo(ends);
    }

    @Test
    void theFaultsOfWebhooksAreThoseOfTheirCalls() throws IOException {
        assertThat(Markdown.read("docs/webhooks.md")
                        .section("See them, send them again")
                        .firstCodes())
                .isEqualTo(Sources.constants("CallFault"));
    }

    @Test
    void theFaultsOfTortureAreThoseThatItInjects() {
        assertThat(names(Markdown.read("docs/faults.md").section("What is broken")))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        Faults.ALL.stream().map(Fault::name).toList());
    }

    @Test
    void theGlossaryHasEveryMotivoOfADeathAndOfARefusal() {
        assertThat(names(Markdown.read("docs/glossary.md").section("Motivos")))
                .doesNotHaveDuplicates()
                .containsAll(Arrays.stream(Refusal.values()).map(Refusal::name).toList())
                .containsAll(
                        Stream.of(Death.class.getFields()).map(Field::getName).toList());
    }

    private static List<String> names(Markdown section) {
        return section.rows().stream()
                .flatMap(row -> Markdown.codes(row.getFirst()).stream())
                .toList();
    }
}
