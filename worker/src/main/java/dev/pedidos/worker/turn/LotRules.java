package dev.pedidos.worker.turn;

import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.execution.Handlers;
import dev.pedidos.worker.execution.RegisteredHandler;
import dev.pedidos.worker.execution.RegisteredHandler.Coalescing;
import java.time.Duration;
import java.util.Optional;

/** Which pedidos may take effect with others, before the ledger is asked. A pedido about which something is unusual is alone. */
public final class LotRules {

    private final Handlers handlers;
    private final BusyReceivers lockedElsewhere;

    /** @param lockedElsewhere the same as the turnstile's */
    public LotRules(Handlers handlers, BusyReceivers lockedElsewhere) {
        this.handlers = handlers;
        this.lockedElsewhere = lockedElsewhere;
    }

    /** Whether it may share a transaction now, and the handler of its tipo takes lots. */
    public boolean admits(Candidate candidate) {
        return mayShareNow(candidate)
                && handlers.of(candidate.pedido().tipo())
                        .filter(LotRules::takesLots)
                        .isPresent();
    }

    private static boolean takesLots(RegisteredHandler handler) {
        return handler.inLots().isPresent() && !handler.waits();
    }

    /** How long a pedido waits for others of its receiver; zero if its handler takes them one by one, or it has to be alone. */
    public Duration patience(Candidate candidate) {
        return coalescing(candidate).map(Coalescing::patience).orElse(Duration.ZERO);
    }

    /** Whether it takes effect together with others of its receiver, if they wait. */
    public boolean coalesces(Candidate candidate) {
        return coalescing(candidate).isPresent();
    }

    /** The most pedidos of its receiver that a pedido takes effect with, itself included. */
    public int mostTogether(Candidate candidate) {
        return coalescing(candidate).map(Coalescing::most).orElse(1);
    }

    private Optional<Coalescing> coalescing(Candidate candidate) {
        return mayShareNow(candidate)
                ? handlers.of(candidate.pedido().tipo()).flatMap(RegisteredHandler::coalescing)
                : Optional.empty();
    }

    private boolean mayShareNow(Candidate candidate) {
        return candidate.mayShare() && !lockedElsewhere.contains(candidate.recebedorId());
    }
}
