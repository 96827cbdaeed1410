package dev.pedidos.api.intake;

import dev.pedidos.shared.message.Death;
import dev.pedidos.shared.protocol.Candidate;

/** What {@link RefusalJudge} decides about a message. It says which steps are left. */
sealed interface RefusalDecision {

    /** It belongs to another ledger. */
    record Foreign() implements RefusalDecision {}

    /** The intake of the open queue gave it back too often, for example because the ledger took nothing in for an hour. */
    record BackToOpenQueue() implements RefusalDecision {}

    /** It is no pedido, or none that the ledger knows. */
    record NoPedido(Incoming.Refused refused) implements RefusalDecision {}

    /** Its pedido is given up; the ledger says so. */
    record Dead(Candidate candidate, Death death) implements RefusalDecision {}

    /** Its pedido has gone on since. An earlier delivery may have given it up and failed before the next one was handed on. */
    record GoneOn(String recebedorId) implements RefusalDecision {}

    /** The ledger has all that it says. */
    record NothingToDo() implements RefusalDecision {}
}
