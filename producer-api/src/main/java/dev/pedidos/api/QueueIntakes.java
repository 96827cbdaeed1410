package dev.pedidos.api;

import dev.pedidos.api.intake.ClockReader;
import dev.pedidos.api.intake.ForeignMessages;
import dev.pedidos.api.intake.IntakeBatch;
import dev.pedidos.api.intake.IntakeMetrics;
import dev.pedidos.api.intake.IntakeSettlement;
import dev.pedidos.api.intake.MessageDiversion;
import dev.pedidos.api.intake.MessageReader;
import dev.pedidos.api.intake.OpenQueueIntake;
import dev.pedidos.api.intake.PoisonMessages;
import dev.pedidos.api.intake.QueueTipos;
import dev.pedidos.api.intake.RefusalJudge;
import dev.pedidos.api.intake.RefusalQueueIntake;
import dev.pedidos.api.intake.RefusalSettlement;
import dev.pedidos.api.intake.ReturnedPedidos;
import dev.pedidos.shared.broker.QueueReader;
import dev.pedidos.shared.ledger.LedgerFaultLog;
import dev.pedidos.shared.ledger.accept.IntakeTransaction;
import dev.pedidos.shared.ledger.accept.RefusedMessages;
import dev.pedidos.shared.ledger.deadletter.Redrives;
import dev.pedidos.shared.ledger.turn.SqlTurns;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** The part of the producer that takes pedidos in from queues, put together. */
final class QueueIntakes {
    private static final LedgerFaultLog FAULTS = new LedgerFaultLog(LoggerFactory.getLogger(QueueIntakes.class));
    /** Looking at an empty queue costs the broker next to nothing, and the database nothing. */
    private static final Duration OPEN_QUEUE_PAUSE = Duration.ofMillis(200);

    private static final Duration REFUSAL_QUEUE_PAUSE = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final ApiContext context;
    private final PublishingParts publishing;
    private final AcceptanceParts acceptance;
    private final IntakeMetrics metrics;
    private final ForeignMessages foreign;
    private final PoisonMessages dead;
    private final ReturnedPedidos returned = new ReturnedPedidos();

    private QueueIntakes(ApiContext context, PublishingParts publishing, AcceptanceParts acceptance) {
        this.context = context;
        this.publishing = publishing;
        this.acceptance = acceptance;
        var stores = context.stores();
        metrics = new IntakeMetrics(context.metrics());
        foreign = new ForeignMessages(stores.otherLedgers(), publishing.broker(), publishing.messages(), metrics);
        dead = new PoisonMessages(publishing.broker(), publishing.messages(), new RefusedMessages(stores.database()));
    }

    static void start(ApiContext context, PublishingParts publishing, AcceptanceParts acceptance) {
        var stores = context.stores();
        var openQueue = new QueueReader(stores.names().openQueue(), stores::declareAgain);
        var refusalQueue = new QueueReader(stores.names().refusalQueue(), stores::declareAgain);
        // A frozen API's messages are in their queue again before the database lets the next one take from it.
        stores.consumingLink("intake", List.of(stores.declaration(), openQueue));
        // A message that the client cannot read closes its connection: the open queue must not stop with it.
        stores.consumingLink("refusals", List.of(stores.declaration(), refusalQueue));
        var intakes = new QueueIntakes(context, publishing, acceptance);
        intakes.poll("intake", openQueue.queue(), intakes.of(openQueue)::step, () -> OPEN_QUEUE_PAUSE);
        intakes.poll(
                "refusals",
                refusalQueue.queue(),
                intakes.ofRefusals(refusalQueue, openQueue.queue())::step,
                // To fail back waits for a look at this queue.
                () -> acceptance.failover().isNormal() ? REFUSAL_QUEUE_PAUSE : OPEN_QUEUE_PAUSE);
    }

    private OpenQueueIntake of(QueueReader openQueue) {
        var stores = context.stores();
        var redrives = new Redrives(stores.database());
        var batch = new IntakeBatch(
                new QueueTipos(context.config().builtInTipos(), System::nanoTime),
                readerOf(openQueue),
                foreign,
                dead,
                new MessageDiversion(publishing.broker(), publishing.messages()),
                new IntakeSettlement(publishing.publishing(), redrives::redriveOne, metrics),
                metrics);
        return new OpenQueueIntake(
                openQueue,
                returned,
                stores::ledgerIsUp,
                () -> IntakeTransaction.tryBegin(stores.database(), acceptance.inserts()),
                acceptance.failover(),
                new ClockReader(stores.database(), acceptance.clock()),
                batch,
                metrics,
                context.memory().batchBytes());
    }

    private RefusalQueueIntake ofRefusals(QueueReader refusalQueue, String openQueue) {
        var stores = context.stores();
        var fleet = context.config().fleet();
        var turns = new SqlTurns(stores.database(), fleet.signOfLife());
        var judge = new RefusalJudge(turns, readerOf(refusalQueue), foreign, fleet::onDeadLetter, openQueue);
        var settlement = new RefusalSettlement(
                turns,
                dead,
                foreign,
                publishing.broker(),
                publishing.messages(),
                publishing.relayLedger()::mark,
                metrics);
        return new RefusalQueueIntake(refusalQueue, stores.names(), stores::ledgerIsUp, judge, settlement, returned);
    }

    private MessageReader readerOf(QueueReader queue) {
        return new MessageReader(
                context.ordered(),
                acceptance.clock()::hasPassed,
                context.config().callbackHosts(),
                queue.queue());
    }

    /** @param step returns whether there may be more at once */
    private void poll(String what, String queue, Callable<Boolean> step, Supplier<Duration> pause) {
        var loop = new PeriodicTask(
                what,
                Timing.finishedAtStop(AFTER_FAILURE),
                () -> step.call() ? Duration.ZERO : pause.get(),
                FAULTS.warning("reading " + queue + " failed; it is read again in " + AFTER_FAILURE.toMillis()
                        + " ms, and messages in hand are redelivered"));
        context.lifecycle().run(what, loop);
    }
}
