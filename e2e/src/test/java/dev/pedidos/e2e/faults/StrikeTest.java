package dev.pedidos.e2e.faults;

import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Every law holds when messages arrive in any order and more than once, when two threads handle one receiver's pedidos
 * at once, and when a worker dies at the worst moment. Faults 4, 10, 13, 21, 22, 26, 27, 28, 30; in {@code mutants}
 * the same strikes find seeded bugs.
 */
@Execution(ExecutionMode.CONCURRENT)
@Order(7)
class StrikeTest {

    @Test
    void everyLawHoldsWithoutAFault() throws Exception {
        survive(DeliveryStrikes::nothing);
    }

    @Test
    void jumbledAndRepeatedMessagesHaveOneEffectEachInOrder() throws Exception {
        survive(DeliveryStrikes::jumble);
    }

    @Test
    void aRepeatedMessageDoesNotBringTheNextAttemptForward() throws Exception {
        survive(DeliveryStrikes::repeatWhileRetrying);
    }

    @Test
    void aRepeatedMessageDoesNotBringTheNextAttemptOfAParkedOneForward() throws Exception {
        survive(DeliveryStrikes::repeatWhileAParkedOneRetries);
    }

    @Test
    void aPedidoParkedBehindOneWhoseWorkerDiedAfterItsCommitIsProcessed() throws Exception {
        survive(CrashStrikes::killBeforeGoingOn);
    }

    @Test
    void theDeliveriesOfAWorkerThatDiedAreFinishedByTheNext() throws Exception {
        survive(CrashStrikes::killBeforeCommit);
    }

    @Test
    void aPedidoParkedWhileItsHeadIsFinishedElsewhereIsProcessed() throws Exception {
        survive(RaceStrikes::finishWhileParking);
    }

    @Test
    void aPedidoThatWaitsForTheLockWhileItsHeadIsFinishedSeesThat() throws Exception {
        survive(RaceStrikes::finishWhileEntering);
    }

    @Test
    void aFailureThatIsOvertakenByTheEffectIsNotRecorded() throws Exception {
        survive(RaceStrikes::finishWhileFailing);
    }

    @Test
    void pedidosThatWereCancelledBeforeTheyArrivedHaveNoEffect() throws Exception {
        survive(CancelStrikes::cancelBeforeArrival);
    }

    @Test
    void pedidosThatAreCancelledAfterTheirEffectAreUndoneOnce() throws Exception {
        survive(CancelStrikes::cancelAfterEffect);
    }

    @Test
    void aClockThatStepsBackChangesNoOrder() throws Exception {
        survive(DeliveryStrikes::clockStepsBack);
    }

    @Test
    void aRetryThatNoQueueAcceptsIsPublishedAgain() throws Exception {
        survive(BrokerStrikes::returnRetry);
    }

    @Test
    void aNewPedidoThatNoQueueAcceptsIsPublishedAgain() throws Exception {
        survive(BrokerStrikes::returnEntry);
    }

    @Test
    void purgedMessagesArePublishedAgain() throws Exception {
        survive(BrokerStrikes::purgeShards);
    }

    @Test
    void aDeadLetterWhoseWorkerDiedIsPublishedByTheRelay() throws Exception {
        survive(CrashStrikes::killBeforeDeadLetter);
    }

    @Test
    void aLateMarkDoesNotEraseARedrive() throws Exception {
        survive(RedriveStrikes::redriveBeforeMark);
    }

    @Test
    void aRedrivenPedidoThatFailsAsBeforeIsDeadAgainAndDelaysNobody() throws Exception {
        survive(RedriveStrikes::redriveAgain);
    }

    @Test
    void aSecondContentOfAFinishedPedidoIsAConflictOnTheRecord() throws Exception {
        survive(ConflictStrikes::conflictByMessage);
    }

    @Test
    void ofTwoContentsOneWins() throws Exception {
        survive(ConflictStrikes::conflict);
    }

    private static void survive(Strike strike) throws Exception {
        try (var system = TestSystem.start("strike", Strike.SETTINGS)) {
            var witness = new Witness(system);
            strike.hit(system, witness);
            witness.assertEveryLawHolds();
        }
    }
}
