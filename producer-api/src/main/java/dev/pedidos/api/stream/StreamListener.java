package dev.pedidos.api.stream;

import dev.pedidos.api.http.EventStream;
import dev.pedidos.shared.ledger.read.PedidoEvents;
import dev.pedidos.shared.ledger.read.StreamReads.Event;

/**
 * One client, and how far its stream is. It is live while it gets events as they come. A client that has no room for
 * one falls behind, and gets the rest from its place when it has read.
 */
final class StreamListener {
    private final Wanted wanted;
    private final EventStream stream;
    private long position;
    private boolean live;
    private boolean finished;
    /** Bytes of the event that it had no room for; 0 if there is none. */
    private int refused;

    private StreamListener(Wanted wanted, EventStream stream, long position, boolean live, boolean finished) {
        this.wanted = wanted;
        this.stream = stream;
        this.position = position;
        this.live = live;
        this.finished = finished;
    }

    /** @param position the newest settled event: it needs nothing of before */
    static StreamListener live(Wanted wanted, EventStream stream, long position) {
        return new StreamListener(wanted, stream, position, true, false);
    }

    /** @param position every wanted event up to this id was given to it */
    static StreamListener behind(Wanted wanted, EventStream stream, long position) {
        return new StreamListener(wanted, stream, position, false, false);
    }

    /** As {@link #behind}; its pedido is finished with the event at this position. */
    static StreamListener finishedAt(Wanted wanted, EventStream stream, long position) {
        return new StreamListener(wanted, stream, position, false, true);
    }

    Wanted wanted() {
        return wanted;
    }

    long position() {
        return position;
    }

    boolean isLive() {
        return live;
    }

    /** It is behind, and has room for more, also for the event that it had none for before. */
    boolean isReadyToCatchUp() {
        return !live && stream.hasRoomFor(refused);
    }

    boolean isOver() {
        return stream.isOver();
    }

    /** Has all events of a finished pedido. */
    boolean isComplete() {
        return live && finished && wanted instanceof Wanted.OfPedido;
    }

    /**
     * Gives it an event that it does not have yet.
     *
     * @return false if it has no room: it is behind from now on
     */
    boolean take(Event event, byte[] frame) {
        if (event.id() <= position) {
            return true;
        }
        if (!stream.offer(frame)) {
            live = false;
            refused = frame.length;
            return false;
        }
        refused = 0;
        position = event.id();
        finished = PedidoEvents.isFinished(finished, event.type());
        return true;
    }

    /** It has every wanted event up to this id. */
    void caughtUpTo(long id, long newest) {
        position = Math.max(position, id);
        live = position >= newest;
    }

    void end() {
        stream.end();
    }
}
