package dev.pedidos.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.runtime.MemoryShare;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class BodyBufferTest {

    private final MemoryShare memory = new MemoryShare(10_000);

    @Test
    void aSmallBodyNeedsNoReservation() {
        var buffer = new BodyBuffer(memory, 1_024);
        assertThat(buffer.add(chunk(1_000))).isTrue();
        assertThat(buffer.add(chunk(24))).isTrue();
        assertThat(memory.taken()).isZero();
        assertThat(buffer.take()).hasSize(1_024);
    }

    @Test
    void memoryIsReservedAsTheBodyGrowsNeverMoreThanItCanHave() {
        var buffer = new BodyBuffer(memory, 5_000);
        buffer.add(chunk(1_025));
        assertThat(memory.taken()).isEqualTo(2_048);
        buffer.add(chunk(1_024));
        assertThat(memory.taken()).isEqualTo(4_096);
        buffer.add(chunk(2_048));
        assertThat(memory.taken()).isEqualTo(5_000);
        assertThat(buffer.size()).isEqualTo(4_097);
    }

    @Test
    void withoutMemoryNothingIsAdded() {
        var other = memory.reserve(9_000).orElseThrow();
        var buffer = new BodyBuffer(memory, 100_000);
        buffer.add(ByteBuffer.wrap(new byte[] {1, 2}));
        var chunk = chunk(2_000);
        assertThat(buffer.add(chunk)).isFalse();
        assertThat(chunk.remaining()).isEqualTo(2_000);
        assertThat(memory.taken()).isEqualTo(9_000);
        other.close();
        assertThat(buffer.add(chunk)).isTrue();
        assertThat(buffer.take()).startsWith(1, 2).hasSize(2_002);
    }

    @Test
    void whatWasTakenStaysReservedUntilItIsFree() {
        var buffer = new BodyBuffer(memory, 100_000);
        buffer.add(chunk(3_000));
        assertThat(buffer.take()).hasSize(3_000);
        assertThat(memory.taken()).isEqualTo(3_000);
        buffer.free();
        buffer.free();
        assertThat(memory.taken()).isZero();
        assertThat(buffer.size()).isZero();
    }

    private static ByteBuffer chunk(int bytes) {
        return ByteBuffer.allocate(bytes);
    }
}
