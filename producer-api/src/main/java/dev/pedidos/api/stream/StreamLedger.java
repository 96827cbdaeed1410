package dev.pedidos.api.stream;

import dev.pedidos.shared.ledger.read.StreamReads;
import dev.pedidos.shared.ledger.read.StreamReads.Beginning;
import dev.pedidos.shared.ledger.read.StreamReads.Event;
import dev.pedidos.shared.ledger.read.StreamReads.Newest;
import dev.pedidos.shared.ledger.read.StreamReads.StreamOffset;
import dev.pedidos.shared.ledger.read.StreamReads.Window;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What streams read: {@link dev.pedidos.shared.ledger.read.StreamReads}, or a list of events in tests. */
public interface StreamLedger {
    Newest newest(long known, boolean waiting);

    Window between(long after, long until, Collection<String> pedidos, Collection<String> recebedores);

    List<Event> ofEach(List<StreamOffset> offsets, long until, int rows);

    Map<StreamOffset, Beginning> beginnings(Collection<StreamOffset> offsets);

    static StreamLedger of(StreamReads reads) {
        return new StreamLedger() {
            @Override
            public Newest newest(long known, boolean waiting) {
                return reads.newest(known, waiting);
            }

            @Override
            public Window between(long after, long until, Collection<String> pedidos, Collection<String> recebedores) {
                return reads.between(after, until, pedidos, recebedores);
            }

            @Override
            public List<Event> ofEach(List<StreamOffset> offsets, long until, int rows) {
                return reads.ofEach(offsets, until, rows);
            }

            @Override
            public Map<StreamOffset, Beginning> beginnings(Collection<StreamOffset> offsets) {
                return reads.beginnings(offsets);
            }
        };
    }
}
