package dev.pedidos.api.stream;

import dev.pedidos.shared.ledger.read.StreamReads.Beginning;
import dev.pedidos.shared.ledger.read.StreamReads.Event;
import dev.pedidos.shared.ledger.read.StreamReads.Newest;
import dev.pedidos.shared.ledger.read.StreamReads.Place;
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
    public List<Event> ofEach(List<Place> places, long until, int rows) {
        return places.stream()
                .flatMap(place -> events.stream()
                        .filter(event -> event.pedidoId().equals(place.pedidoId()))
                        .filter(event -> event.id() > place.after() && event.id() <= until)
                        .limit(rows))
                .toList();
    }

    @Override
    public Map<Place, Beginning> beginnings(Collection<Place> places) {
        return places.stream().collect(Collectors.toMap(place -> place, this::beginning));
    }

    private Beginning beginning(Place place) {
        var own = events.stream()
                .filter(event -> event.pedidoId().equals(place.pedidoId()))
                .toList();
        var last =
                own.stream().filter(event -> !event.type().equals("CONFLICT")).reduce((before, after) -> after);
        return new Beginning(
                !own.isEmpty(),
                last.map(Event::type).orElse(null),
                last.map(Event::id).orElse(0L),
                own.stream().anyMatch(event -> event.id() > place.after()));
    }

    /** For tests that compare with what a client has. */
    List<Long> idsOf(String recebedor, long after) {
        return events.stream()
                .filter(event -> event.recebedorId().equals(recebedor) && event.id() > after)
                .map(Event::id)
                .toList();
    }
}
