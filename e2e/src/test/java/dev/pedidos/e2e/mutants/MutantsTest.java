package dev.pedidos.e2e.mutants;

import dev.pedidos.e2e.faults.BrokerStrikes;
import dev.pedidos.e2e.faults.CancelStrikes;
import dev.pedidos.e2e.faults.ConflictStrikes;
import dev.pedidos.e2e.faults.CrashStrikes;
import dev.pedidos.e2e.faults.DeliveryStrikes;
import dev.pedidos.e2e.faults.RaceStrikes;
import dev.pedidos.e2e.faults.RedriveStrikes;
import java.io.IOException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The checker finds seeded bugs. {@code StrikeTest} proves that the real programs survive every strike, so what is
 * found here is the bug. If a second line of defence hides a bug, the name says that both are switched off. The relay
 * looks at a head without an event only after a minute, and the checker does not wait for it. Tests with the tag
 * thorough run on request: {@code ./pedidos test -DexcludedGroups=bench}.
 */
@Execution(ExecutionMode.CONCURRENT)
@Order(7)
class MutantsTest {

    @Test
    void ackBeforeCommit() throws Exception {
        var mutant = Mutant.ofWorkers()
                .with(
                        "ShardWork.java",
                        "        switch (route(message)) {",
                        "        delivery.ack();\n        switch (route(message)) {")
                .with("LaneWork.java", "        inHand.delivery().ack();\n", "")
                .with("DeliveryInHand.java", "ACK, DRAIN -> delivery.ack();", "ACK, DRAIN -> {}");
        Hunt.assertFound(Hunt.LOST, mutant, CrashStrikes::killBeforeCommit);
    }

    @Test
    void noKeyOfTheEffectAndNoLookAtTheStateAndNoCompareAtTheEnd() throws Exception {
        var mutant = Mutant.ofWorkers()
                .with("Decision.java", "if (!state.status().unfinished()) {", "if (false) {")
                .with("finish.sql", " and status in ({sql/unfinished_states})\n    returning", "\n    returning");
        Hunt.assertFound("one-effect", mutant, (system, witness) -> {
            system.migrate();
            system.alter("drop index operation_events_one_effect");
            system.alter("alter table reservas drop constraint reservas_pkey");
            DeliveryStrikes.jumble(system, witness);
        });
    }

    @Test
    @Tag("thorough")
    void ignoredReturnOfANewPedido() throws Exception {
        var mutant = Mutant.ofBoth()
                .with(
                        "Confirms.java",
                        "        fail(\n                Digits.toLong(",
                        "        String.format(\"%d%s\",\n                Digits.toLong(")
                .with("Confirms.java", "        onUnroutable.run();\n", "");
        Hunt.assertFound(Hunt.LOST, mutant, BrokerStrikes::returnEntry);
    }

    @Test
    @Tag("thorough")
    void retryNeitherAwaitedNorReturned() throws Exception {
        var mutant = Mutant.ofWorkers()
                .with(
                        "AwaitingPublisher.java",
                        "                ConfirmWait.one(confirmed, confirmWait);\n",
                        "                if (!message.exchange().contains(\"retry\"))"
                                + " ConfirmWait.one(confirmed, confirmWait);\n")
                .with(
                        "AwaitingPublisher.java",
                        "            ConfirmWait.one(publisher.publish(message), confirmWait);\n",
                        "            var sent = publisher.publish(message);\n            if (!message.exchange().contains(\"retry\"))"
                                + " ConfirmWait.one(sent, confirmWait);\n");
        Hunt.assertFound(Hunt.LOST, mutant, BrokerStrikes::returnRetry);
    }

    @Test
    void stockOffByOneAndNoConstraint() throws Exception {
        var mutant = Mutant.ofWorkers()
                .with("LotReservation.java", "-1L) < item.quantidade()", "-1L) + 1 < item.quantidade()");
        Hunt.assertFound("estoque-adds-up", mutant, (system, witness) -> {
            system.migrate();
            system.alter("alter table estoque drop constraint estoque_disponivel_check");
            DeliveryStrikes.nothing(system, witness);
        });
    }

    @Test
    @Tag("thorough")
    void reservaOfAnotherQuantity() throws Exception {
        var mutant = Mutant.ofWorkers()
                .with("reserve_item.sql", "select ?, sku, quantidade", "select ?, sku, quantidade + 1");
        Hunt.assertFound("reservas-are-those-of-completed-pedidos", mutant, DeliveryStrikes::nothing);
    }

    @Test
    @Tag("thorough")
    void reservaOfARejectedPedidoLeftBehind() throws Exception {
        var mutant = Mutant.ofWorkers().with("Reservation.java", "if (reserved > 0) {", "if (reserved < 0) {");
        Hunt.assertFound("reservas-are-those-of-completed-pedidos", mutant, DeliveryStrikes::nothing);
    }

    @Test
    @Tag("thorough")
    void eventNotAppended() throws Exception {
        var mutant = Mutant.ofWorkers()
                .with("finish.sql", "    from finished\n),\nrecorded", "    from finished where false\n),\nrecorded");
        Hunt.assertFound("replay", mutant, DeliveryStrikes::nothing);
    }

    @Test
    void turnstileOff() throws Exception {
        var mutant =
                Mutant.ofWorkers().with("pedido_state.sql", "not p.ordered or not exists (", "true or not exists (");
        Hunt.assertFound(Hunt.ORDER, mutant, DeliveryStrikes::jumble);
    }

    @Test
    @Tag("thorough")
    void noLockAndNoGoingOnAfterParking() throws Exception {
        var mutant = noGoingOnAfterPassing()
                .with("lock.sql", "select pg_advisory_xact_lock(hashtextextended(?, 0))", "select length(?)");
        Hunt.assertFound(Hunt.LOST, mutant, RaceStrikes::finishWhileParking);
    }

    @Test
    void lockAndProbeInOneStatementAndNoGoingOnAfterParking() throws Exception {
        var mutant = noGoingOnAfterPassing()
                .with(
                        "LineLook.java",
                        "ENTER = Sql.named(\"lock\") + \";\\n\" + Sql.named(\"pedido_state\");",
                        "ENTER = \"with lock as materialized (\" + Sql.named(\"lock\") + \" as lock) \""
                                + " + Sql.named(\"pedido_state\").replace(\"from pedidos p\\n\","
                                + " \"from lock join pedidos p on lock is not null\\n\");")
                .with("LineLook.java", "var row = patience.afterLock(enter);", "var row = enter.executeQuery();");
        Hunt.assertFound(Hunt.LOST, mutant, RaceStrikes::finishWhileEntering);
    }

    @Test
    void noGoingOnWithParkedOnes() throws Exception {
        var mutant = Mutant.ofWorkers()
                .with(
                        "LaneWork.java",
                        "        for (int i = turnsTaken; inHand.goesOn(i)",
                        "        if (true) return acknowledged(inHand);\n        for (int i = turnsTaken; inHand.goesOn(i)");
        Hunt.assertFound(Hunt.LOST, mutant, DeliveryStrikes::jumble);
    }

    @Test
    @Tag("thorough")
    void noGoingOnAfterADuplicate() throws Exception {
        Hunt.assertFound(Hunt.LOST, noGoingOnAfterPassing(), CrashStrikes::killBeforeGoingOn);
    }

    private static Mutant noGoingOnAfterPassing() throws IOException {
        return Mutant.ofWorkers()
                .with(
                        "Settlement.java",
                        "case Ending.Skipped skipped -> AckDecision.DRAIN;",
                        "case Ending.Skipped skipped -> AckDecision.ACK;");
    }

    @Test
    void noLookAtStaleCopiesAndNoneAtEarlyOnes() throws Exception {
        var mutant =
                noLookAtEarlyOnes().with("Decision.java", "if (state.isPast(candidate.version())) {", "if (false) {");
        Hunt.assertFound(Hunt.EARLY, mutant, DeliveryStrikes::repeatWhileRetrying);
    }

    @Test
    @Tag("thorough")
    void parkedKeptWhileRetryingAndNoLookAtEarlyOnes() throws Exception {
        var mutant = noLookAtEarlyOnes()
                .with("retry.sql", "parked = false, begun = null", "parked = pedidos.parked, begun = null");
        Hunt.assertFound(Hunt.EARLY, mutant, DeliveryStrikes::repeatWhileAParkedOneRetries);
    }

    private static Mutant noLookAtEarlyOnes() throws IOException {
        return Mutant.ofWorkers().with("Decision.java", "if (state.dueInMillis() > 0) {", "if (false) {");
    }

    @Test
    @Tag("thorough")
    void failureRecordedWithoutCompare() throws Exception {
        var mutant = Mutant.ofWorkers()
                .with(
                        "retry.sql",
                        "where pedido_id = ? and ciclo = ? and agendamento = ? and status in ({sql/unfinished_states})",
                        "where pedido_id = ? and ciclo = ? and agendamento = ?");
        Hunt.assertFound("replay", mutant, RaceStrikes::finishWhileFailing);
    }

    @Test
    void placeInLineByTheClockAlone() throws Exception {
        var mutant = Mutant.ofApi().with("insert_pedidos.sql", "g.newest + 1", "0");
        Hunt.assertFound(Hunt.ORDER, mutant, DeliveryStrikes::clockStepsBack);
    }

    @Test
    @Tag("thorough")
    void relayWithoutALookAtPublishedHeads() throws Exception {
        var mutant = Mutant.ofApi()
                .with(
                        "claim_for_relay.sql",
                        "not due.published or not due.ordered or not exists (",
                        "not due.published or false and not exists (");
        Hunt.assertFound(Hunt.LOST, mutant, BrokerStrikes::purgeShards);
    }

    @Test
    @Tag("thorough")
    void relayWithoutASearchForHeads() throws Exception {
        var mutant = Mutant.ofApi()
                .with(
                        "heads_for_relay.sql",
                        "where heads.relay_at = only_as_head()",
                        "where false and heads.relay_at = only_as_head()");
        Hunt.assertFound(Hunt.LOST, mutant, BrokerStrikes::purgeShards);
    }

    @Test
    void relayWithoutDeadLetters() throws Exception {
        var mutant = Mutant.ofApi()
                .with(
                        "claim_for_relay.sql",
                        "    where relay_at < now()\n",
                        "    where relay_at < now() and status <> 'DEAD_LETTERED'\n");
        Hunt.assertFound(Hunt.LETTER, mutant, CrashStrikes::killBeforeDeadLetter);
    }

    @Test
    void markWithoutCompareOfItsVersion() throws Exception {
        var mutant = Mutant.ofBoth()
                .with(
                        "mark_published.sql",
                        "join pedidos p using (pedido_id, status, ciclo, agendamento)",
                        "join pedidos p using (pedido_id)");
        Hunt.assertFound(Hunt.LOST, mutant, RedriveStrikes::redriveBeforeMark);
    }

    @Test
    void redriveInTheSameCiclo() throws Exception {
        var mutant = Mutant.ofApi().with("redrive.sql", "ciclo = p.ciclo + 1", "ciclo = p.ciclo");
        Hunt.assertFound(Hunt.LOST, mutant, RedriveStrikes::redriveAgain);
    }

    @Test
    void stateAndNumbersLookedAtBeforeTheContent() throws Exception {
        var mutant = Mutant.ofWorkers()
                .with(
                        "Decision.java",
                        "if (!Arrays.equals(",
                        "if (state.status().unfinished() && !state.isPast(candidate.version()) && !Arrays.equals(");
        Hunt.assertFound("of-two-contents-one-is-accepted", mutant, ConflictStrikes::conflictByMessage);
    }

    @Test
    void otherContentTakenForAReplay() throws Exception {
        var mutant =
                Mutant.ofApi().with("accepted_before.sql", "p.payload_hash = g.payload_hash as same", "true as same");
        Hunt.assertFound("of-two-contents-one-is-accepted", mutant, ConflictStrikes::conflict);
    }

    @Test
    void noLookForACancellation() throws Exception {
        var mutant =
                Mutant.ofWorkers().with("state_columns.sql", "{sql/is_cancelled} as cancelled", "false as cancelled");
        Hunt.assertFound("what-was-cancelled-has-no-effect", mutant, CancelStrikes::cancelBeforeArrival);
    }

    @Test
    @Tag("thorough")
    void releasedStockIsNotAvailable() throws Exception {
        var mutant = Mutant.ofWorkers().with("release_stock.sql", "e.disponivel + f.quantidade", "e.disponivel");
        Hunt.assertFound("estoque-adds-up", mutant, CancelStrikes::cancelAfterEffect);
    }
}
