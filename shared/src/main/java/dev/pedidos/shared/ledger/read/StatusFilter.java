package dev.pedidos.shared.ledger.read;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The states that a list shows, as the database writes them. */
final class StatusFilter {

    private StatusFilter() {}

    /** The name of the wanted state, or of all states. */
    static <E extends Enum<E>> List<String> names(Optional<E> wanted, Class<E> states) {
        return wanted.map(one -> List.of(one.name()))
                .orElseGet(() ->
                        Arrays.stream(states.getEnumConstants()).map(Enum::name).toList());
    }
}
