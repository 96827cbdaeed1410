package dev.pedidos.api.acceptance;

import dev.pedidos.api.http.Problem;

/** Tells a client that what it sent is not kept, or may not be. */
public final class NotKeptProblem {
    private NotKeptProblem() {}

    /**
     * @param what was sent: pedido, event
     * @param again how to send it again, as the end of a sentence
     */
    public static Problem of(Acceptance.NotKept why, String what, String again) {
        return switch (why) {
            case Acceptance.BothStoresDown() ->
                Problem.unavailable(
                        "The " + what + " was not accepted: database and broker are down. Send it again" + again + ".");
            case Acceptance.Unavailable() ->
                Problem.unavailable("It is unknown whether the " + what + " was accepted. Send it again" + again + ".");
            case Acceptance.Refused() ->
                Problem.internalError("The database refuses this " + what + ". It was not accepted, and sending it"
                        + " again does not help: tell the operator.");
            case Acceptance.Overloaded() -> Problem.overloaded();
        };
    }
}
