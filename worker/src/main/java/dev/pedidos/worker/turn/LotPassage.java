package dev.pedidos.worker.turn;

import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.turn.Head;
import dev.pedidos.shared.ledger.turn.LotTurn;
import dev.pedidos.shared.ledger.turn.ReceiverLockTimeout;
import dev.pedidos.shared.ledger.turn.Turns;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.shared.protocol.Decision;
import dev.pedidos.worker.execution.Handlers;
import dev.pedidos.worker.execution.OutcomeText;
import dev.pedidos.worker.execution.PedidoMemory;
import dev.pedidos.worker.execution.RegisteredHandler;
import dev.pedidos.worker.handler.CoalescingHandler;
import dev.pedidos.worker.handler.LotHandler;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.handler.PermanentFailure;
import dev.pedidos.worker.handler.Preparation;
import dev.pedidos.worker.handler.PreparedLotHandler;
import dev.pedidos.worker.settle.Ending;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Finishes several pedidos in one transaction, which holds the locks of all their receivers. Only those about which nothing is
 * unusual: whatever it leaves undecided passes the {@link Turnstile} by itself.
 */
public final class LotPassage {

    private static final Logger LOG = LoggerFactory.getLogger(LotPassage.class);

    private static final Optional<List<Passed>> NONE = Optional.of(List.of());

    /** A pedido of a lot, and how it ended. */
    public record Passed(Candidate candidate, Ending ending) {}

    private final Turns turns;
    private final Handlers handlers;
    private final Attempt attempt;
    private final BusyReceivers busy;
    private final PedidoMemory memory;

    /**
     * @param busy the same as the turnstile's
     * @param memory for pedidos that are found in a line; without room for them they are decided one by one
     */
    public LotPassage(Turns turns, Handlers handlers, Attempt attempt, BusyReceivers busy, PedidoMemory memory) {
        this.turns = turns;
        this.handlers = handlers;
        this.attempt = attempt;
        this.busy = busy;
        this.memory = memory;
    }

    /** Whether its message is an ordinary one, of a tipo whose handler takes lots. */
    public boolean admits(Candidate candidate) {
        return !candidate.needsBeginMark()
                && !busy.contains(candidate.recebedorId())
                && handlers.of(candidate.pedido().tipo())
                        .filter(LotPassage::takesLots)
                        .isPresent();
    }

    private static boolean takesLots(RegisteredHandler handler) {
        return handler.handler() instanceof LotHandler && !handler.waits();
    }

    /** How long a pedido waits for others of its receiver; zero if its handler takes them one by one, or it has to be alone. */
    public Duration coalesce(Candidate candidate) {
        return coalescing(candidate).map(CoalescingHandler::coalesce).orElse(Duration.ZERO);
    }

    /** Whether it takes effect together with others of its receiver, if they wait. */
    public boolean coalesces(Candidate candidate) {
        return coalescing(candidate).isPresent();
    }

    /** The most pedidos of its receiver that a pedido takes effect with, itself included. */
    public int most(Candidate candidate) {
        return coalescing(candidate).map(CoalescingHandler::most).orElse(1);
    }

    private Optional<CoalescingHandler> coalescing(Candidate candidate) {
        return candidate.needsBeginMark() || busy.contains(candidate.recebedorId())
                ? Optional.empty()
                : handlers.of(candidate.pedido().tipo()).flatMap(RegisteredHandler::coalescing);
    }

    /**
     * @param lot of one tipo, each pedido once
     * @return those that were finished. The others are undecided. Empty if they failed together
     */
    public Optional<List<Passed>> pass(List<Candidate> lot) throws SQLException {
        return inTurn(turn -> pass(turn, lot, due -> attempt.lot(turn, lotHandler(due), due)));
    }

    /**
     * Passes pedidos that their handler has prepared.
     *
     * @param lot of the tipo of this handler, each of another receiver
     * @param preparations by pedido_id
     * @return as {@link #pass}
     */
    Optional<List<Passed>> passPrepared(
            PreparedLotHandler handler, List<Candidate> lot, Map<String, Preparation> preparations)
            throws SQLException {
        return inTurn(turn -> pass(turn, lot, due -> attempt.preparedLot(turn, handler, due, preparations)));
    }

    /**
     * Looks at pedidos, each of another receiver.
     *
     * @return of each, with the numbers of its row; empty unless it may be tried now and nothing about it is unusual
     */
    List<Optional<Candidate>> ordinaryHeads(List<Candidate> candidates) throws SQLException {
        var due = inTurn(turn -> Optional.of(due(turn, candidates))).orElse(List.of());
        Map<String, Candidate> byId = due.stream().collect(Collectors.toMap(Candidate::pedidoId, Function.identity()));
        return candidates.stream()
                .map(candidate ->
                        Optional.ofNullable(byId.get(candidate.pedidoId())).filter(latest -> !latest.needsBeginMark()))
                .toList();
    }

    /**
     * Passes a pedido together with those that wait behind it.
     *
     * @param candidate one that {@link #coalesces}
     * @return as {@link #pass}
     */
    public Optional<List<Passed>> passWithThoseBehind(Candidate candidate) throws SQLException {
        return inTurn(turn -> {
            var heads =
                    turn.nextHeads(candidate.recebedorId(), candidate.pedido().tipo(), most(candidate));
            var room =
                    memory.takeIfFree(heads.stream().mapToLong(PedidoMemory::of).sum());
            if (room.isEmpty()) {
                return NONE;
            }
            try (var decoded = room.get()) {
                return pass(turn, lot(candidate, heads), due -> attempt.lot(turn, lotHandler(due), due));
            }
        });
    }

    /** The work of one transaction. */
    @FunctionalInterface
    private interface Work<T> {
        Optional<List<T>> in(LotTurn turn) throws SQLException;
    }

    /** What a handler does for pedidos that may be tried. */
    @FunctionalInterface
    private interface Effects {
        List<Outcome> of(List<Candidate> due) throws Exception;
    }

    private <T> Optional<List<T>> inTurn(Work<T> work) throws SQLException {
        try (var turn = turns.openLot()) {
            return work.in(turn);
        } catch (ReceiverLockTimeout e) {
            LOG.debug("another session keeps a receiver's lock: the lot is decided one by one");
            return Optional.of(List.of());
        }
    }

    private static Optional<List<Passed>> pass(LotTurn turn, List<Candidate> lot, Effects effects) throws SQLException {
        var due = lot.size() < 2 ? lot : due(turn, lot);
        return due.size() < 2 ? NONE : finish(turn, due, effects);
    }

    /** Of the candidate itself the message counts: it may have other content than the row. */
    private static List<Candidate> lot(Candidate candidate, List<Head> heads) {
        return heads.stream()
                .map(head -> head.pedidoId().equals(candidate.pedidoId()) ? candidate : Candidate.ofHead(head, false))
                .filter(one -> !one.needsBeginMark())
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
            if (candidate != null
                    && state.begun().isEmpty()
                    && !state.cancelled()
                    && Decision.on(candidate, state) == Decision.PROCESS) {
                due.add(candidate.at(state.version(candidate.pedidoId())));
                passed.add(candidate.pedidoId());
            }
        }
        return due;
    }

    private static Optional<List<Passed>> finish(LotTurn turn, List<Candidate> due, Effects effects)
            throws SQLException {
        var finished = finished(due, effects);
        if (finished.isEmpty()) {
            return Optional.empty();
        }
        var parkedBehind = turn.finish(finished);
        Map<String, String> lastOfEach = new HashMap<>();
        due.forEach(candidate -> lastOfEach.put(candidate.recebedorId(), candidate.pedidoId()));
        return Optional.of(due.stream()
                .map(candidate -> new Passed(
                        candidate,
                        new Ending.Finished(parkedBehind.contains(candidate.recebedorId())
                                && candidate.pedidoId().equals(lastOfEach.get(candidate.recebedorId())))))
                .toList());
    }

    /** Empty if the handler failed, or puts one off: each pedido is then decided by itself. */
    private static List<LotTurn.Finished> finished(List<Candidate> due, Effects effects) {
        try {
            var outcomes = effects.of(due);
            if (outcomes.size() != due.size()) {
                LOG.warn(
                        "a handler gave {} outcomes for {} pedidos: they are decided one by one",
                        outcomes.size(),
                        due.size());
                return List.of();
            }
            List<LotTurn.Finished> finished = new ArrayList<>();
            for (int i = 0; i < outcomes.size(); i++) {
                var one = finished(due.get(i), outcomes.get(i));
                if (one.isEmpty()) {
                    return List.of();
                }
                finished.add(one.get());
            }
            return finished;
        } catch (Exception | Error e) {
            LOG.info(
                    "a lot of {} failed and is rolled back: its pedidos are decided one by one ({})",
                    due.size(),
                    cause(e));
            return List.of();
        }
    }

    /** For log lines: a failure of the database in short, of anything else only its class. */
    static String cause(Throwable failure) {
        return LedgerFault.isDatabaseFailure(failure)
                ? LedgerFault.describe(failure)
                : failure.getClass().getSimpleName();
    }

    private LotHandler lotHandler(List<Candidate> due) {
        return (LotHandler)
                handlers.of(due.getFirst().pedido().tipo()).orElseThrow().handler();
    }

    private static Optional<LotTurn.Finished> finished(Candidate candidate, Outcome outcome) throws PermanentFailure {
        return switch (outcome) {
            case Outcome.Completed(var resultado) -> finished(candidate, PedidoStatus.COMPLETED, null, resultado);
            case Outcome.Rejected(var motivo, var resultado) ->
                finished(candidate, PedidoStatus.REJECTED, OutcomeText.motivo(motivo), resultado);
            case Outcome.Postponed postponed -> Optional.empty();
        };
    }

    private static Optional<LotTurn.Finished> finished(
            Candidate candidate, PedidoStatus status, @Nullable String motivo, @Nullable JsonNode resultado)
            throws PermanentFailure {
        return Optional.of(new LotTurn.Finished(
                candidate.version(), candidate.recebedorId(), status, motivo, OutcomeText.resultado(resultado)));
    }
}
