package dev.pedidos.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.worker.execution.PedidoMemory.Taken;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PedidoMemoryTest {

    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    private final PedidoMemory memory = new PedidoMemory(MIB);

    @Test
    void aContentOfSmallValuesTakesManyTimesItsBytes() {
        assertThat(PedidoMemory.bytesOf(bytes("[" + "{},".repeat(87_000) + "{}]")))
                .isGreaterThan(8 * MIB);
        assertThat(PedidoMemory.bytesOf(bytes("\"" + "x".repeat(200 * KIB) + "\"")))
                .isLessThan(MIB);
    }

    @Test
    void aPedidoWithoutRoomWaitsUntilSomeIsGivenBack() throws Exception {
        var first = memory.take(MIB - KIB);
        List<String> taken = new CopyOnWriteArrayList<>();
        var large = Thread.ofPlatform().daemon().start(() -> taking(MIB, "large", taken));
        awaitWaiting(large);
        var small = Thread.ofPlatform().daemon().start(() -> taking(1, "small", taken));
        awaitWaiting(small);
        assertThat(taken).isEmpty();

        first.close();
        large.join();
        small.join();
        assertThat(taken).as("first come, first served").containsExactly("large", "small");
        assertThat(memory.takeIfFree(MIB)).isPresent();
    }

    @Test
    void aPedidoLargerThanAllOfItIsAlone() throws Exception {
        try (var small = memory.take(1)) {
            assertThat(memory.takeIfFree(100L * MIB)).isEmpty();
        }
        try (var large = memory.take(100L * MIB)) {
            assertThat(memory.takeIfFree(1)).isEmpty();
        }
        assertThat(memory.takeIfFree(1)).isPresent();
    }

    private void taking(long bytes, String name, List<String> taken) {
        try (Taken some = memory.take(bytes)) {
            taken.add(name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitWaiting(Thread thread) {
        Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
