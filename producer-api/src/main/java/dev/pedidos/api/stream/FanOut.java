package dev.pedidos.api.stream;

import dev.pedidos.shared.ledger.read.StreamLedger;
import dev.pedidos.shared.ledger.read.StreamReads.Event;
import dev.pedidos.shared.ledger.read.StreamReads.StreamOffset;
import dev.pedidos.shared.ledger.read.StreamReads.Window;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * Reads settled events and gives them to listeners. Live ones share one read. Those that are behind share another one,
 * a bounded window at a time, so that they hold up the live ones only for that long. One thread uses it.
 */
final class FanOut {
    /** Ids of a window. */
    static final int WINDOW = 2000;
    /** Pedidos whose streams begin with one read. */
    static final int MOST_BEGINNING = 100;
    /** Events of each of these. */
    static final int FIRST_EVENTS = 200;

    private final StreamLedger ledger;
    private final IntConsumer sent;
    private final List<StreamListener> listeners = new ArrayList<>();
    /** Live listeners have every event up to this id. */
    private long position;
    /** Counts the windows that were read for those behind. */
    private int turn;

    /** @param sent is told how many events were given to listeners */
    FanOut(StreamLedger ledger, IntConsumer sent) {
        this.ledger = ledger;
        this.sent = sent;
    }

    boolean isEmpty() {
        return listeners.isEmpty();
    }

    long position() {
        return position;
    }

    /** Only while nobody listens. */
    void beginAt(long id) {
        position = id;
    }

    void add(StreamListener listener) {
        listeners.add(listener);
    }

    void forgetWhoLeft() {
        listeners.removeIf(StreamListener::isOver);
    }

    void endAll() {
        listeners.forEach(StreamListener::end);
        listeners.clear();
    }

    /** @return true if there is more to be given at once */
    boolean give(long settled) {
        boolean more = giveLive(settled);
        more |= beginPedidos();
        more |= catchUp();
        listeners.removeIf(listener -> {
            boolean complete = listener.isComplete();
            if (complete) {
                listener.end();
            }
            return complete;
        });
        return more;
    }

    private boolean giveLive(long settled) {
        if (settled <= position) {
            return false;
        }
        var live = Audience.of(listeners.stream().filter(StreamListener::isLive).toList());
        if (live.pedidos().isEmpty() && live.recebedores().isEmpty()) {
            position = settled;
            return false;
        }
        Window window =
                ledger.between(position, Math.min(settled, position + WINDOW), live.pedidos(), live.recebedores());
        Set<StreamListener> full = new HashSet<>();
        give(window.events(), live, full);
        full.forEach(listener -> listener.caughtUpTo(position, window.until()));
        position = window.until();
        return position < settled;
    }

    /** @param full gets the listeners that have no room */
    private void give(List<Event> events, Audience audience, Set<StreamListener> full) {
        int count = 0;
        for (Event event : events) {
            byte[] frame = Frames.of(event);
            for (StreamListener listener : audience.of(event).toList()) {
                if (!full.contains(listener)) {
                    if (listener.take(event, frame)) {
                        count++;
                    } else {
                        full.add(listener);
                    }
                }
            }
        }
        sent.accept(count);
    }

    private boolean beginPedidos() {
        List<StreamListener> chosen = chosenToBegin();
        if (chosen.isEmpty()) {
            return false;
        }
        List<Event> events = ledger.ofEach(offsets(chosen), position, FIRST_EVENTS);
        Map<String, List<Event>> byPedido = events.stream().collect(Collectors.groupingBy(Event::pedidoId));
        Set<StreamListener> full = new HashSet<>();
        give(events, Audience.of(chosen), full);
        for (StreamListener listener : chosen) {
            if (!full.contains(listener) && listener.wanted() instanceof Wanted.OfPedido(String id)) {
                List<Event> own = byPedido.getOrDefault(id, List.of());
                listener.caughtUpTo(
                        own.size() < FIRST_EVENTS ? position : own.getLast().id(), position);
            }
        }
        return full.size() < chosen.size();
    }

    /** Of at most {@link #MOST_BEGINNING} pedidos. */
    private List<StreamListener> chosenToBegin() {
        Set<String> pedidos = new HashSet<>();
        List<StreamListener> chosen = new ArrayList<>();
        for (StreamListener listener : listeners) {
            if (listener.isReadyToCatchUp()
                    && listener.wanted() instanceof Wanted.OfPedido(String id)
                    && (pedidos.contains(id) || pedidos.size() < MOST_BEGINNING)) {
                pedidos.add(id);
                chosen.add(listener);
            }
        }
        return chosen;
    }

    /** Of each pedido the lowest position of its listeners. */
    private static List<StreamOffset> offsets(List<StreamListener> chosen) {
        Map<String, Long> lowest = new HashMap<>();
        for (StreamListener listener : chosen) {
            if (listener.wanted() instanceof Wanted.OfPedido(String id)) {
                lowest.merge(id, listener.position(), Math::min);
            }
        }
        return lowest.entrySet().stream()
                .map(each -> new StreamOffset(each.getKey(), each.getValue()))
                .toList();
    }

    private boolean catchUp() {
        List<StreamListener> behind = listeners.stream()
                .filter(listener -> listener.wanted() instanceof Wanted.OfRecebedor)
                .filter(StreamListener::isReadyToCatchUp)
                .toList();
        if (behind.isEmpty()) {
            return false;
        }
        long lowest = lowest(behind);
        if (lowest >= position) {
            behind.forEach(listener -> listener.caughtUpTo(0, position));
            return false;
        }
        // Each in turn: a listener that is far behind does not keep the others waiting.
        long from = behind.get(Math.floorMod(turn++, behind.size())).position();
        if (from >= position) {
            return true;
        }
        long until = Math.min(position, from + WINDOW);
        List<StreamListener> here = behind.stream()
                .filter(listener -> listener.position() >= from && listener.position() < until)
                .toList();
        var audience = Audience.of(here);
        Window window = ledger.between(from, until, audience.pedidos(), audience.recebedores());
        Set<StreamListener> full = new HashSet<>();
        give(window.events(), audience, full);
        here.stream()
                .filter(listener -> !full.contains(listener))
                .forEach(listener -> listener.caughtUpTo(window.until(), position));
        return full.size() < here.size() || here.size() < behind.size();
    }

    private static long lowest(Collection<StreamListener> listeners) {
        return listeners.stream().mapToLong(StreamListener::position).min().orElseThrow();
    }
}
