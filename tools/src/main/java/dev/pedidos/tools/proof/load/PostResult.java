package dev.pedidos.tools.proof.load;

import java.time.Duration;
import java.util.Set;

/**
 * What came of one POST.
 *
 * @param status of the answer, or {@link Answer#NONE} or {@link Answer#NOT_REACHED}
 * @param body of the answer; where there is none what happened instead
 * @param pause how long the API asks to wait before the next one
 */
record PostResult(int status, String body, Duration pause) {
    private static final Set<Integer> PASSING = Set.of(Answer.NONE, Answer.NOT_REACHED, 408, 425, 429, 502, 503, 504);
    /** Redirects and these say that the address or a header is wrong: every other line would get the same. */
    private static final Set<Integer> OF_THE_ADDRESS = Set.of(401, 403, 404, 405, 407, 421);

    /** Another attempt may succeed. */
    boolean mayPass() {
        return PASSING.contains(status);
    }

    boolean blamesTheAddress() {
        return (status >= 300 && status < 400) || OF_THE_ADDRESS.contains(status);
    }

    String what() {
        return status > 0 ? "HTTP " + status : body;
    }
}
