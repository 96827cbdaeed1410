package dev.pedidos.api.intake;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The tipos that messages of the open queue may have. The registered ones are cached. */
public final class QueueTipos {
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /** @param builtIn known without the ledger */
    public QueueTipos(Set<String> builtIn) {
        known.addAll(builtIn);
    }

    /**
     * For the messages that are in hand. The first tipo that is not known may have been registered since the last read, so the ledger
     * is read again: once for all of them.
     *
     * @param registered reads the ledger
     */
    Predicate<String> ofMessagesInHand(Supplier<Set<String>> registered) {
        return new Predicate<>() {
            private boolean wasRead;

            @Override
            public boolean test(String tipo) {
                if (!known.contains(tipo) && !wasRead) {
                    known.addAll(registered.get());
                    wasRead = true;
                }
                return known.contains(tipo);
            }
        };
    }
}
