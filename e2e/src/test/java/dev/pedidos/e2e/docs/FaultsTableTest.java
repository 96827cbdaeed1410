package dev.pedidos.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code FilesTest} holds that the tests exist. */
class FaultsTableTest {

    private static final List<List<String>> ROWS =
            Markdown.read("docs/fault-tests.md").rows();

    @Test
    void everyFaultHasATest() {
        assertThat(ROWS)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(Markdown.codes(row.getLast()))
                        .as(row.getFirst())
                        .isNotEmpty()
                        .allMatch(code -> code.endsWith("Test")));
    }

    @Test
    void everyFaultStandsThereOnceAndInOrder() {
        assertThat(ROWS)
                .extracting(row -> Integer.valueOf(row.getFirst()))
                .doesNotHaveDuplicates()
                .isSorted();
    }
}
