package dev.pedidos.worker.calls;

import dev.pedidos.shared.ledger.call.CallRecord;
import dev.pedidos.shared.ledger.turn.Failure;
import dev.pedidos.shared.masking.Masking;
import dev.pedidos.worker.handler.Calls;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Makes each call at once, and records it when it has ended, however it ended. */
final class RecordingCalls implements Calls {

    private final String pedidoId;
    private final CallJournal journal;
    private final LongSupplier nanos;

    /** @param pedidoId in whose name the calls are made */
    RecordingCalls(String pedidoId, CallJournal journal) {
        this(pedidoId, journal, System::nanoTime);
    }

    /** @param nanos System::nanoTime, or the clock of a test */
    RecordingCalls(String pedidoId, CallJournal journal, LongSupplier nanos) {
        this.pedidoId = pedidoId;
        this.journal = journal;
        this.nanos = nanos;
    }

    @Override
    public <T> T call(String dependency, Callable<T> call) throws Exception {
        long begun = nanos.getAsLong();
        try {
            T answer = call.call();
            record(dependency, begun, CallOutcome.OK, null);
            return answer;
        } catch (Exception | Error e) {
            record(dependency, begun, CallOutcome.of(e), describe(e));
            throw e;
        }
    }

    private void record(String dependency, long begun, CallOutcome outcome, @Nullable String erro) {
        long now = nanos.getAsLong();
        journal.record(new CallRecord(dependency, pedidoId, outcome.name(), Duration.ofNanos(now - begun), now, erro));
    }

    /** Bounded, and with no character that the database refuses. */
    private static String describe(Throwable failure) {
        var recordable = Failure.of(failure);
        return recordable.erroClasse() + ": " + Masking.masked(recordable.erroMensagem());
    }
}
