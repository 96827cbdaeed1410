package dev.pedidos.worker.turn;

import dev.pedidos.shared.ledger.FaultText;
import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.turn.FinalState;
import dev.pedidos.shared.ledger.turn.Head;
import dev.pedidos.shared.ledger.turn.LotTurn;
import dev.pedidos.shared.ledger.turn.ReceiverLockTimeout;
import dev.pedidos.shared.ledger.turn.Turns;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.shared.protocol.Decision;
import dev.pedidos.worker.execution.HandlerCalls;
import dev.pedidos.worker.execution.Handlers;
import dev.pedidos.worker.execution.PedidoMemory;
import dev.pedidos.worker.execution.RegisteredHandler;
import dev.pedidos.worker.handler.LotHandler;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.handler.Preparation;
import dev.pedidos.worker.handler.PreparedLotHandler;
import dev.pedidos.worker.settle.Ending;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes several pedidos in one transaction, which holds the locks of all their receivers. Only those about which nothing is
 * unusual: whatever it leaves undecided passes the {@link Turnstile} by itself.
 */
public final class Lots {

    private static final Logger LOG = LoggerFactory.getLogger(Lots.class);

    private final Turns turns;
    private final Handlers handlers;
    private final HandlerCalls calls;
    private final PedidoMemory memory;

    /** @param memory for pedidos that are found in a line; without room for them each is decided by itself */
    public Lots(Turns turns, Handlers handlers, HandlerCalls calls, PedidoMemory memory) {
        this.turns = turns;
        this.handlers = handlers;
        this.calls = calls;
        this.memory = memory;
    }

    /** @param lot of one tipo, each pedido once */
    public LotResult pass(List<Candidate> lot) throws SQLException {
        return passInTurn(turn -> pass(turn, lot, due -> calls.applyLot(turn, lotHandler(due), due)));
    }

    /**
     * Passes pedidos that their handler has prepared.
     *
     * @param lot of the tipo of this handler, each of another receiver
     * @param preparations by pedido_id
     */
    LotResult passPrepared(PreparedLotHandler handler, List<Candidate> lot, Map<String, Preparation> preparations)
            throws SQLException {
        return passInTurn(turn -> pass(turn, lot, due -> calls.applyPreparedLot(turn, handler, due, preparations)));
    }

    /**
     * Looks at pedidos, each of another receiver.
     *
     * @return of each, with the numbers of its row; empty unless it may be tried now and nothing about it is unusual
     */
    List<Optional<Candidate>> ordinaryHeads(List<Candidate> candidates) throws SQLException {
        List<Candidate> due = inTurn(turn -> due(turn, candidates), List.of());
        Map<String, Candidate> byId = due.stream().collect(Collectors.toMap(Candidate::pedidoId, Function.identity()));
        return candidates.stream()
                .map(candidate -> Optional.ofNullable(byId.get(candidate.pedidoId())))
                .toList();
    }

    /**
     * Passes a pedido together with those that wait behind it.
     *
     * @param candidate one that {@linkplain LotRules#coalesces coalesces}
     * @param most this many places of the line are looked at
     */
    public LotResult passWithThoseBehind(Candidate candidate, int most) throws SQLException {
        return passInTurn(turn -> {
            var heads =
                    turn.nextHeads(candidate.recebedorId(), candidate.pedido().tipo(), most);
            var room = memory.takeIfFree(
                    heads.stream().mapToLong(PedidoMemory::bytesOf).sum());
            if (room.isEmpty()) {
                return new LotResult.NotTried();
            }
            try (var decoded = room.get()) {
                return pass(turn, lot(candidate, heads), due -> calls.applyLot(turn, lotHandler(due), due));
            }
        });
    }

    /** The work of one transaction. */
    @FunctionalInterface
    private interface Work<T> {
        T in(LotTurn turn) throws SQLException;
    }

    /** The handler's work for pedidos that may be tried. */
    @FunctionalInterface
    private interface Effects {
        List<Outcome> of(List<Candidate> due) throws Exception;
    }

    private LotResult passInTurn(Work<LotResult> work) throws SQLException {
        return inTurn(work, new LotResult.NotTried());
    }

    /** @param otherwise the result if another session keeps one of the locks */
    private <T> T inTurn(Work<T> work, T otherwise) throws SQLException {
        try (var turn = turns.openLot()) {
            return work.in(turn);
        } catch (ReceiverLockTimeout e) {
            LOG.debug("another session keeps a receiver's lock: each pedido of the lot is decided by itself");
            return otherwise;
        }
    }

    private static LotResult pass(LotTurn turn, List<Candidate> lot, Effects effects) throws SQLException {
        var due = lot.size() < 2 ? lot : due(turn, lot);
        return due.size() < 2 ? new LotResult.NotTried() : finish(turn, due, effects);
    }

    /** Of the candidate itself the message counts: its content may not be that of the row. */
    private static List<Candidate> lot(Candidate candidate, List<Head> heads) {
        return heads.stream()
                .map(head -> head.pedidoId().equals(candidate.pedidoId()) ? candidate : Candidate.ofHead(head))
                .filter(Candidate::mayShare)
                .toList();
    }

    /** Those that may be tried, each with the numbers of its row, in the order of their lines. */
    private static List<Candidate> due(LotTurn turn, List<Candidate> lot) throws SQLException {
        Map<String, Candidate> byId =
                lot.stream().collect(Collectors.toMap(Candidate::pedidoId, Function.identity(), (one, other) -> one));
        var asked = lot.stream()
                .map(candidate -> new LotTurn.Asked(candidate.pedidoId(), candidate.recebedorId()))
                .toList();
        List<Candidate> due = new ArrayList<>();
        Set<String> passed = new HashSet<>();
        for (var found : turn.enter(asked)) {
            var candidate = byId.get(found.pedidoId());
            var state = found.behind().filter(passed::contains).isPresent()
                    ? found.state().asHead()
                    : found.state();
            if (candidate != null && Decision.isOrdinary(candidate, state)) {
                due.add(candidate.at(state));
                passed.add(candidate.pedidoId());
            }
        }
        return due;
    }

    private static LotResult finish(LotTurn turn, List<Candidate> due, Effects effects) throws SQLException {
        var finished = tryTogether(due, effects);
        if (finished.isEmpty()) {
            return new LotResult.Undecided();
        }
        var parkedBehind = turn.finish(finished);
        Map<String, String> lastOfEach = new HashMap<>();
        due.forEach(candidate -> lastOfEach.put(candidate.recebedorId(), candidate.pedidoId()));
        return new LotResult.TookEffect(due.stream()
                .map(candidate -> new LotResult.Member(
                        candidate,
                        new Ending.Finished(parkedBehind.contains(candidate.recebedorId())
                                && candidate.pedidoId().equals(lastOfEach.get(candidate.recebedorId())))))
                .toList());
    }

    /** Empty if the handler failed, or puts one off: each pedido is then decided by itself. */
    private static List<FinalState> tryTogether(List<Candidate> due, Effects effects) {
        try {
            var outcomes = effects.of(due);
            if (outcomes.size() != due.size()) {
                LOG.warn(
                        "a handler gave {} outcomes for {} pedidos: each is decided by itself",
                        outcomes.size(),
                        due.size());
                return List.of();
            }
            List<FinalState> finished = new ArrayList<>();
            for (int i = 0; i < outcomes.size(); i++) {
                switch (outcomes.get(i)) {
                    case Outcome.Completed completed -> finished.add(FinalStates.completed(due.get(i), completed));
                    case Outcome.Rejected rejected -> finished.add(FinalStates.rejected(due.get(i), rejected));
                    case Outcome.Postponed postponed -> {
                        return List.of();
                    }
                }
            }
            return finished;
        } catch (Exception | Error e) {
            LOG.info("the lot of {} pedidos is rolled back: each is decided by itself ({})", due.size(), cause(e));
            return List.of();
        }
    }

    /** For log lines: a failure of the database in short, of anything else only its class. */
    static String cause(Throwable failure) {
        return LedgerFault.isDatabaseFailure(failure)
                ? FaultText.describe(failure)
                : failure.getClass().getSimpleName();
    }

    private LotHandler lotHandler(List<Candidate> due) {
        return handlers.of(due.getFirst().pedido().tipo())
                .flatMap(RegisteredHandler::inLots)
                .orElseThrow();
    }
}
