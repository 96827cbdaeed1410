package dev.pedidos.api.asking;

import dev.pedidos.api.http.Body;
import java.util.Collection;
import java.util.Set;

/**
 * One kind of things that clients wait for the end of.
 *
 * @param reached asks the database which of these ids have ended
 * @param answer reads what GET answers about one of them
 */
public record Ends(Reached reached, Answer answer) {

    /** Asks the database; at most {@link FinalWait#MOST_AT_ONCE} ids. */
    @FunctionalInterface
    public interface Reached {
        Set<String> among(Collection<String> ids) throws Exception;
    }

    /** Reads one answer. */
    @FunctionalInterface
    public interface Answer {
        Body read(String id) throws Exception;
    }
}
