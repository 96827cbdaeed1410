package dev.pedidos.shared.ledger.read;

import dev.pedidos.shared.ledger.read.StreamReads.Beginning;
import dev.pedidos.shared.ledger.read.StreamReads.Event;
import dev.pedidos.shared.ledger.read.StreamReads.Newest;
import dev.pedidos.shared.ledger.read.StreamReads.StreamOffset;
import dev.pedidos.shared.ledger.read.StreamReads.Window;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The source of streams: {@link StreamReads}, or a list of events in tests. */
public interface StreamLedger {
    Newest newest(long known, boolean waiting);

    Window between(long after, long until, Collection<String> pedidos, Collection<String> recebedores);

    List<Event> ofEach(List<StreamOffset> offsets, long until, int rows);

    Map<StreamOffset, Beginning> beginnings(Collection<StreamOffset> offsets);
}
