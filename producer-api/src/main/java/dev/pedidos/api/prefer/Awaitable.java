package dev.pedidos.api.prefer;

import dev.pedidos.api.http.AnswerBody;
import java.util.Collection;
import java.util.Set;

/**
 * A kind of object that clients can wait for: pedidos, cancellations or operations. It says which ids have ended and reads the
 * answer of GET.
 */
public record Awaitable(Ended ended, GetAnswer getAnswer) {

    /** Asks the database which of these ids have ended; at most {@link FinalStatePoller#MOST_AT_ONCE} ids. */
    @FunctionalInterface
    public interface Ended {
        Set<String> among(Collection<String> ids) throws Exception;
    }

    /** Reads the answer of GET for one id. */
    @FunctionalInterface
    public interface GetAnswer {
        AnswerBody read(String id) throws Exception;
    }
}
