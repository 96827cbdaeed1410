package dev.pedidos.tools.proof.load;

import java.time.Duration;
import java.util.Set;

/**
 * The result of one POST.
 *
 * @param status of the answer, or {@link LoadAnswer#NONE}, {@link LoadAnswer#NOT_REACHED} or {@link LoadAnswer#FOREIGN}
 * @param body of the answer; without an answer of the API, the error
 * @param pause the time to wait that the API asks for
 */
record PostResult(int status, String body, Duration pause) {
    private static final Set<Integer> PASSING =
            Set.of(LoadAnswer.NONE, LoadAnswer.NOT_REACHED, 408, 425, 429, 502, 503, 504);
    /** Redirects and these mean that the address or a header is wrong: every other line would get the same answer. */
    private static final Set<Integer> OF_THE_ADDRESS = Set.of(401, 403, 404, 405, 407, 421);

    /** True if another attempt may succeed. */
    boolean mayPass() {
        return PASSING.contains(status);
    }

    boolean blamesTheAddress() {
        return status == LoadAnswer.FOREIGN || (status >= 300 && status < 400) || OF_THE_ADDRESS.contains(status);
    }

    String what() {
        return status > 0 ? "HTTP " + status : body;
    }
}
