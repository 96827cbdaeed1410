package dev.pedidos.api.acceptance;

import dev.pedidos.api.http.Problem;

/** Tells a client that what it sent is not kept, or may not be. */
public enum NotKeptProblem {
    PEDIDO("pedido", "Send it again with the same pedido_id or Idempotency-Key."),
    EVENT("event", "Send it again unchanged."),
    CANCELLATION("cancellation", "Send it again.");

    private final String sent;
    private final String sendAgain;

    NotKeptProblem(String sent, String sendAgain) {
        this.sent = sent;
        this.sendAgain = sendAgain;
    }

    public Problem of(Acceptance.NotKept why) {
        return switch (why) {
            case Acceptance.BothStoresDown() ->
                Problem.unavailable("The " + sent + " was not accepted: database and broker are down. " + sendAgain);
            case Acceptance.Unavailable() ->
                Problem.unavailable("It is unknown whether the " + sent + " was accepted. " + sendAgain);
            case Acceptance.Refused() ->
                Problem.internalError("The database refuses this " + sent + ". It was not accepted, and sending it"
                        + " again does not help: tell the operator.");
            case Acceptance.Overloaded() -> Problem.overloaded();
        };
    }
}
