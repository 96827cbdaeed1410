package dev.pedidos.e2e.faults;

import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import org.junit.jupiter.api.Test;

/**
 * Every law holds when messages come jumbled and more than once, when two threads have one receiver's pedidos at once, and
 * when a worker dies at the worst moment. Faults 4, 10, 13, 21, 22, 26, 27, 28, 30; the same strikes bring seeded bugs to light in {@code mutants}.
 */
class StrikeTest {

    @Test
    void everyLawHoldsWithoutAFault() throws Exception {
        survive(Strikes::nothing);
    }

    @Test
    void jumbledAndRepeatedMessagesHaveOneEffectEachInOrder() throws Exception {
        survive(Strikes::jumble);
    }

    @Test
    void aRepeatedMessageDoesNotBringTheNextAttemptForward() throws Exception {
        survive(Strikes::repeatWhileRetrying);
    }

    @Test
    void whatIsParkedBehindAPedidoWhoseWorkerDiedAfterItsCommitIsGoneOnWith() throws Exception {
        survive(Strikes::killBeforeGoingOn);
    }

    @Test
    void whatAWorkerHadInHandWhenItDiedIsDoneByTheNext() throws Exception {
        survive(Strikes::killBeforeCommit);
    }

    @Test
    void whatIsParkedWhileItsHeadIsFinishedElsewhereIsNotForgotten() throws Exception {
        survive(Strikes::finishWhileParking);
    }

    @Test
    void whatWaitsForTheTurnWhileItsHeadIsFinishedSeesThat() throws Exception {
        survive(Strikes::finishWhileEntering);
    }

    @Test
    void aFailureThatIsOvertakenByTheEffectIsNotRecorded() throws Exception {
        survive(Strikes::finishWhileFailing);
    }

    @Test
    void aClockThatStepsBackChangesNoOrder() throws Exception {
        survive(Strikes::clockStepsBack);
    }

    @Test
    void aRetryThatNoQueueTakesIsPublishedAgain() throws Exception {
        survive(Strikes::returnRetry);
    }

    @Test
    void aNewPedidoThatNoQueueTakesIsPublishedAgain() throws Exception {
        survive(Strikes::returnEntry);
    }

    @Test
    void whatWasPurgedIsPublishedAgain() throws Exception {
        survive(Strikes::purgeShards);
    }

    @Test
    void aDeadLetterWhoseWorkerDiedIsPublishedByTheRelay() throws Exception {
        survive(Strikes::killBeforeDeadLetter);
    }

    @Test
    void aLateMarkDoesNotEraseARedrive() throws Exception {
        survive(Strikes::redriveBeforeMark);
    }

    @Test
    void whatIsRedrivenAndFailsAsBeforeIsDeadAgainAndHoldsNobodyUp() throws Exception {
        survive(Strikes::redriveAgain);
    }

    @Test
    void aSecondContentOfAFinishedPedidoIsAConflictOnTheRecord() throws Exception {
        survive(Strikes::conflictByMessage);
    }

    @Test
    void ofTwoContentsOneWins() throws Exception {
        survive(Strikes::conflict);
    }

    private static void survive(Strike strike) throws Exception {
        try (var system = TestSystem.start("strike", Strike.SETTINGS)) {
            var witness = new Witness(system);
            strike.hit(system, witness);
            witness.assertEveryLawHolds();
        }
    }
}
