package dev.pedidos.shared.ledger.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageCutTest {
    private final PageCut<String> cut = new PageCut<>(3, 100);

    @Test
    void ends_at_a_number_of_entries_and_says_where_the_next_one_begins() {
        assertThat(cut.take("a", 1) && cut.take("b", 1) && cut.take("c", 1)).isTrue();
        assertThat(cut.next()).isEmpty();
        assertThat(cut.take("d", 1)).isFalse();
        assertThat(cut.taken()).containsExactly("a", "b", "c");
        assertThat(cut.next()).hasValue("c");
    }

    @Test
    void ends_early_at_a_number_of_bytes() {
        assertThat(cut.take("a", 60) && cut.take("b", 40)).isTrue();
        assertThat(cut.take("c", 1)).isFalse();
        assertThat(cut.next()).hasValue("b");
    }

    @Test
    void one_that_is_larger_is_a_page_alone() {
        assertThat(cut.take("a", 13_000_000)).isTrue();
        assertThat(cut.take("b", 1)).isFalse();
        assertThat(cut.next()).hasValue("a");
    }
}
