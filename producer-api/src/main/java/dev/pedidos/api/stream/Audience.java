package dev.pedidos.api.stream;

import dev.pedidos.shared.ledger.read.StreamReads.Event;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Listeners by what they listen to. */
final class Audience {
    private final Map<String, List<StreamListener>> ofPedidos = new HashMap<>();
    private final Map<String, List<StreamListener>> ofRecebedores = new HashMap<>();

    static Audience of(Collection<StreamListener> listeners) {
        var audience = new Audience();
        listeners.forEach(audience::add);
        return audience;
    }

    private void add(StreamListener listener) {
        switch (listener.wanted()) {
            case Wanted.OfPedido(String id) ->
                ofPedidos.computeIfAbsent(id, none -> new ArrayList<>()).add(listener);
            case Wanted.OfRecebedor(String id) ->
                ofRecebedores.computeIfAbsent(id, none -> new ArrayList<>()).add(listener);
        }
    }

    Set<String> pedidos() {
        return ofPedidos.keySet();
    }

    Set<String> recebedores() {
        return ofRecebedores.keySet();
    }

    Stream<StreamListener> of(Event event) {
        return Stream.concat(
                ofPedidos.getOrDefault(event.pedidoId(), List.of()).stream(),
                ofRecebedores.getOrDefault(event.recebedorId(), List.of()).stream());
    }
}
