package dev.pedidos.api.acceptance;

import java.util.concurrent.CompletableFuture;

/** A pedido on its way by the ledger. The first result counts; what comes later changes nothing. */
final class PendingInsert {
    private final Submission submission;
    private final CompletableFuture<LedgerResult> result = new CompletableFuture<>();

    private final boolean otherWay;

    private PendingInsert(Submission submission, boolean otherWay) {
        this.submission = submission;
        this.otherWay = otherWay;
    }

    PendingInsert(Submission submission) {
        this(submission, true);
    }

    /** The broker has not confirmed it before. */
    static PendingInsert withoutOtherWay(Submission submission) {
        return new PendingInsert(submission, false);
    }

    boolean hasOtherWay() {
        return otherWay;
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
