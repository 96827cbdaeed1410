package dev.pedidos.api.intake;

import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The tipos that messages of the open queue may have. The registered ones are cached, until they may have been taken back. */
public final class QueueTipos {

    private record Read(Set<String> registered, long at) {}

    static final Duration READ_AGAIN_AFTER = Duration.ofSeconds(30);

    private final Set<String> builtIn;
    private final LongSupplier nanos;
    private volatile @Nullable Read last;

    /**
     * @param builtIn known without the ledger
     * @param nanos System::nanoTime, or a test's clock
     */
    public QueueTipos(Set<String> builtIn, LongSupplier nanos) {
        this.builtIn = builtIn;
        this.nanos = nanos;
    }

    /**
     * For the messages that are in hand. The first tipo that is not known may have been registered since the last read, so the ledger
     * is read again: once for all of them.
     *
     * @param registered reads the ledger
     */
    Predicate<String> ofMessagesInHand(Supplier<Set<String>> registered) {
        return new Predicate<>() {
            private @Nullable Set<String> read;

            @Override
            public boolean test(String tipo) {
                if (builtIn.contains(tipo)) {
                    return true;
                }
                if (read == null) {
                    if (isCached(tipo)) {
                        return true;
                    }
                    read = registered.get();
                    last = new Read(read, nanos.getAsLong());
                }
                return read.contains(tipo);
            }
        };
    }

    private boolean isCached(String tipo) {
        Read cached = last;
        return cached != null
                && nanos.getAsLong() - cached.at <= READ_AGAIN_AFTER.toNanos()
                && cached.registered.contains(tipo);
    }
}
