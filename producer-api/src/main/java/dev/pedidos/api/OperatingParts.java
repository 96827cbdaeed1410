package dev.pedidos.api;

import dev.pedidos.api.deadletter.DlqRoutes;
import dev.pedidos.api.deadletter.DlqSweep;
import dev.pedidos.api.deadletter.DlqSweeper;
import dev.pedidos.api.deadletter.OperatorMetrics;
import dev.pedidos.api.deadletter.ReceiverRoutes;
import dev.pedidos.api.deadletter.RedriveRoutes;
import dev.pedidos.api.deadletter.Redriver;
import dev.pedidos.api.http.Bulkheads;
import dev.pedidos.api.http.Routes;
import dev.pedidos.api.operate.FleetWatch;
import dev.pedidos.api.operate.WorkerRoutes;
import dev.pedidos.shared.broker.Backlogs;
import dev.pedidos.shared.broker.DeadLetterQueue;
import dev.pedidos.shared.broker.SurplusShards;
import dev.pedidos.shared.ledger.deadletter.DeadLetterReads;
import dev.pedidos.shared.ledger.deadletter.DeadLetters;
import dev.pedidos.shared.ledger.deadletter.Redrives;
import dev.pedidos.shared.ledger.fleet.FleetReads;
import java.util.List;

/** The part of the producer that operators look at, put together: dead letters, receivers, the fleet. */
record OperatingParts(
        DeadLetterReads letters,
        DeadLetters deadLetters,
        Redrives redrives,
        OperatorMetrics metrics,
        FleetWatch fleet) {

    static OperatingParts start(ApiContext context, PublishingParts publishing) {
        var stores = context.stores();
        var database = stores.database();
        var lifecycle = context.lifecycle();
        var metrics = new OperatorMetrics(context.metrics());
        var letters = new DeadLetterReads(database);
        var redrives = new Redrives(database);

        var redriver = new Redriver(redrives, metrics, stores::ledgerIsUp);
        lifecycle.run("redriver", redriver.loop());
        var backlogs = new Backlogs();
        var surplus = new SurplusShards(stores.names());
        stores.link("watch", List.of(backlogs, surplus));
        var queue =
                new DeadLetterQueue(stores.connections(), stores.names(), stores.otherLedgers(), stores::declareAgain);
        var sweeper = new DlqSweeper(
                new DlqSweep(queue, database),
                () -> backlogs.of(stores.names().deadLetterQueue()),
                letters,
                metrics,
                stores::ledgerIsUp,
                () -> publishing.broker().isUp());
        lifecycle.run("letter sweep", sweeper.loop());
        var fleet = new FleetWatch(
                new FleetReads(database), backlogs, surplus, stores.names(), stores::ledgerIsUp, context.metrics());
        lifecycle.run("fleet watch", fleet.loop());
        return new OperatingParts(letters, new DeadLetters(database), redrives, metrics, fleet);
    }

    List<Routes> routes(Bulkheads bulkheads) {
        return List.of(
                new DlqRoutes(letters, deadLetters, bulkheads, metrics),
                new RedriveRoutes(redrives, bulkheads),
                new ReceiverRoutes(letters, deadLetters, bulkheads, metrics),
                new WorkerRoutes(fleet, bulkheads));
    }
}
