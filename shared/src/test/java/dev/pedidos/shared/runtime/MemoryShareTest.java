package dev.pedidos.shared.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryShareTest {
    private static final long MIB = 1024 * 1024;
    private final MemoryShare share = new MemoryShare(100);

    @Test
    void givesNoMoreThanThereIsAndTakesBackWhatIsClosedOnce() {
        var first = share.reserve(60).orElseThrow();
        assertThat(share.reserve(41)).isEmpty();
        var second = share.reserve(40).orElseThrow();
        first.close();
        first.close();
        assertThat(share.taken()).isEqualTo(40);
        second.close();
        assertThat(share.taken()).isZero();
    }

    @Test
    void oneThatIsLargerThanAllOfItGetsInAlone() {
        var large = share.reserve(500).orElseThrow();
        assertThat(share.reserve(1)).isEmpty();
        large.close();
        assertThat(share.reserve(1)).isPresent();
        assertThat(share.reserve(500)).isEmpty();
    }

    @Test
    void aReservationGrowsWhileThereIsRoomAndStaysAsItWasWhereThereIsNone() {
        var other = share.reserve(50).orElseThrow();
        var growing = share.reserve(10).orElseThrow();
        assertThat(growing.resize(50)).isTrue();
        assertThat(growing.resize(51)).isFalse();
        assertThat(growing.bytes()).isEqualTo(50);
        assertThat(growing.resize(5)).isTrue();
        growing.close();
        assertThat(growing.resize(1)).isFalse();
        other.close();
        assertThat(share.taken()).isZero();
    }

    @Test
    void aBatchHasASizeInBytesWithAnyHeap() {
        assertThat(new MemoryBudget(64 * MIB).batchBytes()).isEqualTo((int) MIB);
        assertThat(new MemoryBudget(256 * MIB).batchBytes()).isEqualTo((int) (2 * MIB));
        assertThat(new MemoryBudget(Long.MAX_VALUE).batchBytes()).isEqualTo((int) (4 * MIB));
    }
}
