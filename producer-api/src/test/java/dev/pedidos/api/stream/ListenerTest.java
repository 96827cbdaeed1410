package dev.pedidos.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.api.http.StreamReader;
import dev.pedidos.shared.ledger.read.StreamReads.Event;
import org.junit.jupiter.api.Test;

class ListenerTest {

    /** Else its event would be read and refused again and again, without a pause. */
    @Test
    void oneThatHasNoRoomForItsNextEventIsNotReadyUntilThereIsRoomForIt() {
        var client = new StreamReader(100);
        var listener = StreamListener.live(new Wanted.OfRecebedor("r"), client.stream(), 0);
        assertThat(listener.take(event(1), new byte[40])).isTrue();
        assertThat(listener.take(event(2), new byte[90])).isFalse();
        assertThat(listener.isLive()).isFalse();
        assertThat(listener.isReadyToCatchUp()).isFalse();

        client.read();
        assertThat(listener.isReadyToCatchUp()).isTrue();
        assertThat(listener.take(event(2), new byte[90])).isTrue();
    }

    private static Event event(long id) {
        return new Event(id, "p", "r", "ACCEPTED", new byte[0]);
    }
}
