package dev.pedidos.api.stream;

import dev.pedidos.shared.ledger.read.StreamLedger;
import dev.pedidos.shared.ledger.read.StreamReads.Beginning;
import dev.pedidos.shared.ledger.read.StreamReads.Event;
import dev.pedidos.shared.ledger.read.StreamReads.Newest;
import dev.pedidos.shared.ledger.read.StreamReads.StreamOffset;
import dev.pedidos.shared.ledger.read.StreamReads.Window;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Events in memory. */
final class MemoryLedger implements StreamLedger {
    private final List<Event> events = new ArrayList<>();
    /** The widest window that was asked for. */
    private long widest;

    void add(String pedido, String recebedor, String type) {
        byte[] data = ("{\"pedido_id\" : \"" + pedido + "\"}").getBytes(StandardCharsets.UTF_8);
        events.add(new Event(events.size() + 1L, pedido, recebedor, type, data));
    }

    long size() {
        return events.size();
    }

    long widest() {
        return widest;
    }

    @Override
    public Newest newest(long known, boolean waiting) {
        return new Newest(events.size(), Set.of());
    }

    @Override
    public Window between(long after, long until, Collection<String> pedidos, Collection<String> recebedores) {
        widest = Math.max(widest, until - after);
        return new Window(
                events.stream()
                        .filter(event -> event.id() > after && event.id() <= until)
                        .filter(event ->
                                pedidos.contains(event.pedidoId()) || recebedores.contains(event.recebedorId()))
                        .toList(),
                until);
    }

    @Override
    public List<Event> ofEach(List<StreamOffset> offsets, long until, int rows) {
        return offsets.stream()
                .flatMap(offset -> events.stream()
                        .filter(event -> event.pedidoId().equals(offset.pedidoId()))
                        .filter(event -> event.id() > offset.after() && event.id() <= until)
                        .limit(rows))
                .toList();
    }

    @Override
    public Map<StreamOffset, Beginning> beginnings(Collection<StreamOffset> offsets) {
        return offsets.stream().collect(Collectors.toMap(offset -> offset, this::beginning));
    }

    private Beginning beginning(StreamOffset offset) {
        var own = events.stream()
                .filter(event -> event.pedidoId().equals(offset.pedidoId()))
                .toList();
        var last =
                own.stream().filter(event -> !event.type().equals("CONFLICT")).reduce((before, after) -> after);
        return new Beginning(
                !own.isEmpty(),
                last.map(Event::type).orElse(null),
                last.map(Event::id).orElse(0L),
                own.stream().anyMatch(event -> event.id() > offset.after()));
    }

    /** For tests that compare with what a client has. */
    List<Long> idsOf(String recebedor, long after) {
        return events.stream()
                .filter(event -> event.recebedorId().equals(recebedor) && event.id() > after)
                .map(Event::id)
                .toList();
    }
}
