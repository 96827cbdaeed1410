package dev.pedidos.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WaitingFramesTest {

    private final WaitingFrames frames = new WaitingFrames(100_000);

    @Test
    void framesThatWaitAreWrittenTogetherInTheirOrder() {
        add("a", "bc");
        frames.addFirst(bytes("-"));
        assertThat(text(frames.nextPiece())).isEqualTo("-abc");
        assertThat(frames.isEmpty()).isTrue();
    }

    @Test
    void aPieceHasWholeFramesAndAtMost32KiB() {
        add("a".repeat(20_000), "b".repeat(12_768), "c", "d".repeat(40_000), "e");
        assertThat(text(frames.nextPiece())).endsWith("b").hasSize(32_768);
        assertThat(text(frames.nextPiece())).isEqualTo("c");
        assertThat(text(frames.nextPiece())).startsWith("d").hasSize(40_000);
        assertThat(text(frames.nextPiece())).isEqualTo("e");
    }

    @Test
    void aPieceTakesRoomUntilItIsWritten() {
        add("a".repeat(60_000));
        frames.nextPiece();
        assertThat(frames.add(new byte[40_001])).isFalse();
        assertThat(frames.isEmpty()).isTrue();
        frames.written();
        assertThat(frames.add(new byte[40_001])).isTrue();
    }

    @Test
    void aFrameThatIsLargerThanTheRoomWaitsAlone() {
        assertThat(frames.add(new byte[200_000])).isTrue();
        assertThat(frames.add(new byte[1])).isFalse();
        frames.nextPiece();
        assertThat(frames.add(new byte[1])).isFalse();
        frames.written();
        assertThat(frames.add(new byte[1])).isTrue();
    }

    @Test
    void moreIsBroughtWhenHalfOfTheRoomIsFreeAndTheNextFrameFits() {
        add("a".repeat(50_000));
        assertThat(frames.isWorthMore(50_000)).isTrue();
        assertThat(frames.isWorthMore(50_001)).isFalse();
        add("b");
        assertThat(frames.isWorthMore(1)).isFalse();
    }

    @Test
    void droppedFramesTakeNoRoomButThePieceInHandDoes() {
        add("a".repeat(32_000), "b".repeat(30_000));
        frames.nextPiece();
        frames.clear();
        assertThat(frames.isEmpty()).isTrue();
        assertThat(frames.add(new byte[68_001])).isFalse();
        assertThat(frames.add(new byte[68_000])).isTrue();
    }

    private void add(String... texts) {
        for (String text : texts) {
            assertThat(frames.add(bytes(text))).as(text.substring(0, 1)).isTrue();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(ByteBuffer piece) {
        return StandardCharsets.US_ASCII.decode(piece).toString();
    }
}
