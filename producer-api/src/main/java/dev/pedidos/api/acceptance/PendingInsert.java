package dev.pedidos.api.acceptance;

import java.util.concurrent.CompletableFuture;

/** A pedido on its way by the ledger. The first result counts; what comes later changes nothing. */
final class PendingInsert {
    private final Submission submission;
    private final CompletableFuture<LedgerResult> result = new CompletableFuture<>();
    private final boolean mayGoByBroker;

    private PendingInsert(Submission submission, boolean mayGoByBroker) {
        this.submission = submission;
        this.mayGoByBroker = mayGoByBroker;
    }

    static PendingInsert withBrokerFallback(Submission submission) {
        return new PendingInsert(submission, true);
    }

    /** For a pedido that the broker did not confirm: it must not go there again. */
    static PendingInsert withoutFallback(Submission submission) {
        return new PendingInsert(submission, false);
    }

    boolean mayGoByBroker() {
        return mayGoByBroker;
    }

    Submission submission() {
        return submission;
    }

    CompletableFuture<LedgerResult> result() {
        return result;
    }

    boolean hasResult() {
        return result.isDone();
    }

    void endWith(Acceptance acceptance) {
        result.complete(new LedgerResult.Answered(acceptance));
    }

    void fail() {
        result.complete(new LedgerResult.Failed());
    }

    void handBack() {
        result.complete(new LedgerResult.HandedBack());
    }
}
