package dev.pedidos.shared.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.message.Limits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryBudgetTest {

    private static final int SHARDS = 16;

    @ParameterizedTest
    @ValueSource(longs = {64, 256, 512, 2_048})
    void theLargestMessagesThatAreSentAheadFitIntoTheirShareOfTheHeap(long mebibytes) {
        long heap = mebibytes * 1024 * 1024;
        var memory = new MemoryBudget(heap);
        long each = SHARDS * (long) Limits.MESSAGE_BYTES;

        assertThat(memory.messagesSentAhead(SHARDS, Limits.MESSAGE_BYTES) * each)
                .isLessThanOrEqualTo(heap / 4);
        assertThat(memory.messagesSentAheadForLots(SHARDS, Limits.MESSAGE_BYTES) * each)
                .isLessThanOrEqualTo(heap / 2);
    }
}
