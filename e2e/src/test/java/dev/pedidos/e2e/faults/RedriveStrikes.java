package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Operator;
import dev.pedidos.e2e.system.Statements;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import java.util.List;

/** An operator redrives dead letters. */
public final class RedriveStrikes {

    private RedriveStrikes() {}

    /**
     * A dead letter is redriven before the worker that published it has marked that, and before the relay looks.
     * (Fault 28.)
     */
    public static void redriveBeforeMark(TestSystem system, Witness witness) throws Exception {
        var api = system.api();
        var operator = new Operator(system, api);
        system.alter("create function looked_at() returns trigger language plpgsql as $$ begin"
                + " new.relay_at = clock_timestamp() + interval '3 seconds'; return new; end $$");
        system.alter("create trigger looked_at before update on pedidos"
                + " for each row when (new.ciclo > old.ciclo) execute function looked_at()");
        var database = system.databaseProxy();
        system.workerBehind(database);
        var trap = database.hold(
                Statements.MARK,
                () -> assertThat(operator.call("POST", "/dlq/dead/redrive", "").statusCode())
                        .isEqualTo(202));
        witness.send(List.of(api), 1, List.of(Client.simulado("dead", "rcb", "{\"falha_permanente\":true}")));
        trap.awaitSprung();
    }

    /** A pedido dies of the same failure in one ciclo after the other. (Fault 28.) */
    public static void redriveAgain(TestSystem system, Witness witness) throws Exception {
        var api = system.api();
        var operator = new Operator(system, api);
        system.worker();
        witness.send(List.of(api), 1, List.of(Client.simulado("dead", "rcb", "{\"falhas_transitorias\":99}")));
        system.awaitCount("select count(*) from pedidos where status = 'DEAD_LETTERED' and published", 1);
        assertThat(operator.call("POST", "/dlq/dead/redrive", "").statusCode()).isEqualTo(202);
        witness.send(List.of(api), 1, List.of(Client.simulado("after", "rcb", "{}")));
    }
}
