package dev.pedidos.api;

import dev.pedidos.api.acceptance.AcceptanceClock;
import dev.pedidos.api.acceptance.Gate;
import dev.pedidos.api.acceptance.Outlet;
import dev.pedidos.api.acceptance.PublishedMarks;
import dev.pedidos.api.intake.ForeignMessages;
import dev.pedidos.api.intake.IntakeBatch;
import dev.pedidos.api.intake.IntakeMetrics;
import dev.pedidos.api.intake.KnownTipos;
import dev.pedidos.api.intake.MessageReader;
import dev.pedidos.api.intake.OpenQueueIntake;
import dev.pedidos.api.intake.RefusalQueueIntake;
import dev.pedidos.shared.broker.Messages;
import dev.pedidos.shared.broker.QueueReader;
import dev.pedidos.shared.ledger.FaultLog;
import dev.pedidos.shared.ledger.accept.PedidoInserts;
import dev.pedidos.shared.ledger.accept.RefusedMessages;
import dev.pedidos.shared.ledger.accept.TipoRegistry;
import dev.pedidos.shared.ledger.deadletter.DeadLetters;
import dev.pedidos.shared.ledger.relay.RelayLedger;
import dev.pedidos.shared.runtime.Lifecycle;
import dev.pedidos.shared.runtime.MemoryBudget;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import dev.pedidos.shared.start.ProgramStores;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.slf4j.LoggerFactory;

/** The part of the producer that takes pedidos in from queues, put together. */
final class QueueIntakes {
    private static final FaultLog FAULTS = new FaultLog(LoggerFactory.getLogger(QueueIntakes.class));
    /** Looking at an empty queue costs the broker next to nothing, and the database nothing. */
    private static final Duration OPEN_QUEUE_PAUSE = Duration.ofMillis(200);

    private static final Duration REFUSAL_QUEUE_PAUSE = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    /** What it shares with the part that takes them in by HTTP. */
    record Shared(
            Outlet outlet,
            Messages messages,
            PedidoInserts notes,
            PublishedMarks marks,
            RelayLedger relay,
            Gate gate,
            AcceptanceClock clock,
            Predicate<String> ordered) {}

    private QueueIntakes() {}

    static void start(
            ProgramStores start, ApiConfig config, Shared shared, MeterRegistry registry, Lifecycle lifecycle) {
        var fleet = config.fleet();
        var openQueue = new QueueReader(start.names().openQueue());
        var refusalQueue = new QueueReader(start.names().refusalQueue());
        // A frozen API's messages are in their queue again before the database lets the next one take from it.
        start.consumingLink("intake", List.of(start.declaration(), openQueue, refusalQueue));
        var tipos = new KnownTipos(
                config.builtInTipos(), new TipoRegistry(start.database())::registered, Runnable::run, System::nanoTime);
        var metrics = new IntakeMetrics(registry);
        var deadLetters = new DeadLetters(start.database());
        var foreign = new ForeignMessages(start.otherLedgers(), shared.outlet(), shared.messages(), metrics);
        var batch = new IntakeBatch(
                new MessageReader(tipos::await, shared.ordered(), shared.clock()::hasPassed, openQueue.queue()),
                foreign,
                shared.outlet(),
                shared.messages(),
                shared.marks(),
                new RefusedMessages(start.database()),
                (id, ciclo, por) -> deadLetters.redrive(id, ciclo, por) == DeadLetters.Result.DONE,
                metrics);
        var intake = new OpenQueueIntake(
                openQueue,
                start.database(),
                start::ledgerIsUp,
                shared.notes(),
                shared.gate(),
                shared.clock(),
                batch,
                metrics,
                MemoryBudget.ofThisProcess().batchBytes());
        poll("intake", intake::step, OPEN_QUEUE_PAUSE, lifecycle);
        var refusals = new RefusalQueueIntake(
                refusalQueue,
                start.database(),
                start::ledgerIsUp,
                new MessageReader(tipos::await, shared.ordered(), shared.clock()::hasPassed, refusalQueue.queue()),
                foreign,
                shared.outlet(),
                shared.messages(),
                shared.relay(),
                new RefusalQueueIntake.Policy(
                        tipo -> fleet.onDeadLetter().is("hold", tipo), fleet.signOfLife(), openQueue.queue()),
                metrics);
        poll("refusals", refusals::step, REFUSAL_QUEUE_PAUSE, lifecycle);
    }

    /** @param step returns whether there may be more at once */
    private static void poll(String what, Callable<Boolean> step, Duration pause, Lifecycle lifecycle) {
        var task = new PeriodicTask(
                what,
                Timing.pausing(AFTER_FAILURE),
                () -> step.call() ? Duration.ZERO : pause,
                FAULTS.warning(what + " failed, going on in " + AFTER_FAILURE.toMillis()
                        + " ms; the messages that it held are redelivered"));
        lifecycle.onStop(what, task::close);
        task.start();
    }
}
