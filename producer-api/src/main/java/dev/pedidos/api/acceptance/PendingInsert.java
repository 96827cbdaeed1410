package dev.pedidos.api.acceptance;

import java.util.concurrent.CompletableFuture;

/** A pedido on its way by the ledger. The first result counts; what comes later changes nothing. */
final class PendingInsert {
    private final Submission submission;
    private final CompletableFuture<LedgerResult> result = new CompletableFuture<>();

    PendingInsert(Submission submission) {
        this.submission = submission;
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

    void answer(Acceptance acceptance) {
        result.complete(new LedgerResult.Answered(acceptance));
    }

    void fail() {
        result.complete(new LedgerResult.Failed());
    }

    void handBack() {
        result.complete(new LedgerResult.HandedBack());
    }
}
