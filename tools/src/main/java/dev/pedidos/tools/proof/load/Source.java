package dev.pedidos.tools.proof.load;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Gives pedidos to be sent, one after the other; called by one thread at a time. */
@FunctionalInterface
public interface Source {
    /** Null after the last one. */
    @Nullable
    Outgoing next() throws IOException;
}
