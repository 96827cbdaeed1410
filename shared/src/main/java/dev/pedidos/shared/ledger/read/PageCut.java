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

    /** @return false if the page ends before this entry */
    boolean take(P place, long size) {
        more = taken.size() == entries || (!taken.isEmpty() && takenBytes + size > bytes);
        if (!more) {
            taken.add(place);
            takenBytes += size;
        }
        return !more;
    }

    List<P> taken() {
        return taken;
    }

    long bytes() {
        return takenBytes;
    }

    /** The last place of this page, if there are more entries. */
    Optional<P> next() {
        return more ? Optional.of(taken.getLast()) : Optional.empty();
    }
}
