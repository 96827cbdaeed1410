package dev.pedidos.tools.proof.torture.faults;

import dev.pedidos.tools.proof.torture.load.Load;
import dev.pedidos.tools.proof.torture.system.BrokerAdmin;
import dev.pedidos.tools.proof.torture.system.Crew;
import dev.pedidos.tools.proof.torture.system.DeadLetterOperator;
import dev.pedidos.tools.proof.torture.system.LedgerAdmin;
import dev.pedidos.tools.stack.stores.KillableServers;

/**
 * Everything that a fault can break.
 *
 * @param losses the messages that faults have deleted
 */
public record Scene(
        KillableServers servers,
        BrokerAdmin broker,
        LedgerAdmin ledger,
        Crew crew,
        DeadLetterOperator operator,
        Load load,
        Losses losses) {}
