package dev.pedidos.worker.turn;

import dev.pedidos.shared.ledger.turn.Turns;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.execution.RegisteredHandler;
import dev.pedidos.worker.handler.Preparation;
import dev.pedidos.worker.handler.PreparedLotHandler;
import dev.pedidos.worker.settle.Ending;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lots of pedidos whose handlers wait. Each is worked on in the lane of its receiver. Those that begin at the same time are looked at
 * together, and those that are prepared at the same time take effect together. Pedidos that a lot leaves undecided go on alone.
 */
public final class PreparedLots {

    private static final Logger LOG = LoggerFactory.getLogger(PreparedLots.class);

    /** A pedido that may take effect. */
    record Ready(Candidate candidate, Preparation preparation) {}

    private final Turns turns;
    private final Lots lots;
    private final int most;
    private final IntConsumer finished;
    private final Batcher<Candidate, Candidate> looks;
    /** Each handler has its own: a handler that hangs holds up only its own pedidos. */
    private final Map<PreparedLotHandler, Batcher<Ready, Ending>> effects = new ConcurrentHashMap<>();

    /**
     * @param most pedidos of one transaction; with 1 each is looked at and takes effect alone
     * @param finished is told the size of each lot that has taken effect
     */
    public PreparedLots(Turns turns, Lots lots, int most, IntConsumer finished) {
        this.finished = finished;
        this.turns = turns;
        this.lots = lots;
        this.most = most;
        looks = new Batcher<>("looks", most, this::look);
    }

    /** Whether the handler's pedidos are looked at, and take effect, with others. */
    boolean take(RegisteredHandler handler) {
        return preparedLotHandler(handler).isPresent();
    }

    /**
     * Looks at a pedido before it is prepared, together with others that begin now.
     *
     * @return as {@link LineCheck#ordinaryHead}; empty also if they could not be looked at
     */
    Optional<Candidate> lookTogether(Candidate candidate) {
        return looks.ask(candidate);
    }

    /** @return how it ended; empty if it has to go on alone */
    Optional<Ending> pass(Candidate candidate, RegisteredHandler handler, Preparation preparation) {
        return candidate.mayShare()
                ? preparedLotHandler(handler).flatMap(inLots -> effects(inLots).ask(new Ready(candidate, preparation)))
                : Optional.empty();
    }

    private Batcher<Ready, Ending> effects(PreparedLotHandler handler) {
        return effects.computeIfAbsent(
                handler, inLots -> new Batcher<>("effects-" + inLots.tipo(), most, ready -> takeEffect(inLots, ready)));
    }

    /** Empty if the handler takes its pedidos one by one. */
    private Optional<PreparedLotHandler> preparedLotHandler(RegisteredHandler handler) {
        return most > 1 ? handler.inPreparedLots() : Optional.empty();
    }

    List<Optional<Candidate>> look(List<Candidate> candidates) {
        if (namesOneTwice(candidates)) {
            return List.of();
        }
        try {
            return candidates.size() == 1
                    ? List.of(LineCheck.ordinaryHead(turns, candidates.getFirst()))
                    : lots.ordinaryHeads(candidates);
        } catch (SQLException | RuntimeException e) {
            undecided(candidates.size(), e);
            return List.of();
        }
    }

    List<Optional<Ending>> takeEffect(PreparedLotHandler handler, List<Ready> ready) {
        var candidates = ready.stream().map(Ready::candidate).toList();
        if (candidates.size() < 2 || namesOneTwice(candidates)) {
            return List.of();
        }
        var endings = endings(handler, candidates, ready);
        return candidates.stream()
                .map(candidate -> Optional.ofNullable(endings.get(candidate.pedidoId())))
                .toList();
    }

    /** Two messages of one pedido that name two receivers: at most one of them is true, and each is decided by itself. */
    private static boolean namesOneTwice(List<Candidate> candidates) {
        return candidates.stream().map(Candidate::pedidoId).distinct().count() < candidates.size();
    }

    private Map<String, Ending> endings(PreparedLotHandler handler, List<Candidate> lot, List<Ready> ready) {
        Map<String, Preparation> preparations = new HashMap<>();
        ready.forEach(one -> preparations.put(one.candidate().pedidoId(), one.preparation()));
        Map<String, Ending> endings = new HashMap<>();
        try {
            lots.passPrepared(handler, lot, preparations)
                    .members()
                    .forEach(member -> endings.put(member.candidate().pedidoId(), member.ending()));
            if (!endings.isEmpty()) {
                finished.accept(endings.size());
            }
        } catch (SQLException | RuntimeException e) {
            undecided(lot.size(), e);
        }
        return endings;
    }

    private static void undecided(int size, Exception failure) {
        LOG.info("{} pedidos could not share a transaction ({}): each is handled by itself", size, Lots.cause(failure));
    }
}
