package dev.pedidos.shared.ledger.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageCutTest {
    private final PageCut<String> cut = new PageCut<>(3, 100);

    @Test
    void endsAtANumberOfEntriesAndSaysWhereTheNextOneBegins() {
        assertThat(cut.take("a", 1) && cut.take("b", 1) && cut.take("c", 1)).isTrue();
        assertThat(cut.next()).isEmpty();
        assertThat(cut.take("d", 1)).isFalse();
        assertThat(cut.taken()).containsExactly("a", "b", "c");
        assertThat(cut.next()).hasValue("c");
    }

    @Test
    void endsEarlyAtANumberOfBytes() {
        assertThat(cut.take("a", 60) && cut.take("b", 40)).isTrue();
        assertThat(cut.take("c", 1)).isFalse();
        assertThat(cut.next()).hasValue("b");
    }

    @Test
    void oneThatIsLargerIsAPageAlone() {
        assertThat(cut.take("a", 13_000_000)).isTrue();
        assertThat(cut.take("b", 1)).isFalse();
        assertThat(cut.next()).hasValue("a");
    }
}
