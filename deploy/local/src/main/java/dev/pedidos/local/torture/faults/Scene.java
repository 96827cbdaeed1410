package dev.pedidos.local.torture.faults;

import dev.pedidos.local.stores.KillableServers;
import dev.pedidos.local.torture.load.Load;
import dev.pedidos.local.torture.system.BrokerAdmin;
import dev.pedidos.local.torture.system.Crew;
import dev.pedidos.local.torture.system.LedgerAdmin;
import dev.pedidos.local.torture.system.Operator;

/** Everything that a fault can lay hands on. */
public record Scene(
        KillableServers servers, BrokerAdmin broker, LedgerAdmin ledger, Crew crew, Operator operator, Load load) {}
