package dev.pedidos.shared.ledger.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ends a page at a number of entries or of bytes, whichever comes first. A larger entry is a page alone.
 *
 * @param <P> a place in the list
 */
final class PageCut<P> {
    private final int entries;
    private final long bytes;
    private final List<P> taken = new ArrayList<>();
    private long takenBytes;
    private boolean more;

    PageCut(int entries, long bytes) {
        this.entries = entries;
        this.bytes = bytes;
    }

    /** Takes an entry, unless the page is full; returns false if the page ends before it */
    public boolean take(P place, long size) {
        more = taken.size() == entries || (!taken.isEmpty() && takenBytes + size > bytes);
        if (!more) {
            taken.add(place);
            takenBytes += size;
        }
        return !more;
    }

    public List<P> taken() {
        return taken;
    }

    /** The sizes of the entries taken. */
    public long bytes() {
        return takenBytes;
    }

    /** The last place of this page, if there are more entries. */
    public Optional<P> next() {
        return more ? Optional.of(taken.getLast()) : Optional.empty();
    }
}
