package dev.pedidos.worker.turn;

import dev.pedidos.shared.ledger.turn.Turns;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.execution.RegisteredHandler;
import dev.pedidos.worker.handler.Preparation;
import dev.pedidos.worker.handler.PreparedLotHandler;
import dev.pedidos.worker.settle.Ending;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lots of pedidos whose handlers wait. Each is worked on in the lane of its receiver. Those that begin at the same time are looked at
 * together, and those that are prepared at the same time take effect together. What a lot leaves undecided goes on alone.
 */
public final class PreparedLots {

    private static final Logger LOG = LoggerFactory.getLogger(PreparedLots.class);

    /** A pedido that may take effect. */
    record Ready(Candidate candidate, PreparedLotHandler handler, Preparation preparation) {}

    private final Turns turns;
    private final LotPassage lots;
    private final int most;
    private final IntConsumer finished;
    private final Batcher<Candidate, Candidate> looks;
    private final Batcher<Ready, Ending> effects;

    /**
     * @param most pedidos of one transaction; with 1 each is looked at and takes effect alone
     * @param finished is told the size of each lot that has taken effect
     */
    public PreparedLots(Turns turns, LotPassage lots, int most, IntConsumer finished) {
        this.finished = finished;
        this.turns = turns;
        this.lots = lots;
        this.most = most;
        looks = new Batcher<>("looks", most, this::look);
        effects = new Batcher<>("effects", most, this::takeEffect);
    }

    /**
     * Looks at a pedido before it is prepared.
     *
     * @return with the numbers of its row; empty unless it may be tried now and nothing about it is unusual
     */
    Optional<Candidate> ordinaryHead(Candidate candidate, RegisteredHandler handler) throws SQLException {
        return lots(handler).isPresent() ? looks.ask(candidate) : LineCheck.ordinaryHead(turns, candidate);
    }

    /** @return how it ended; empty if it has to go on alone */
    Optional<Ending> pass(Candidate candidate, RegisteredHandler handler, Preparation preparation) {
        return candidate.needsBeginMark()
                ? Optional.empty()
                : lots(handler).flatMap(lot -> effects.ask(new Ready(candidate, lot, preparation)));
    }

    /** Empty if the handler takes its pedidos one by one. */
    private Optional<PreparedLotHandler> lots(RegisteredHandler handler) {
        return most > 1 && handler.handler() instanceof PreparedLotHandler lot ? Optional.of(lot) : Optional.empty();
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

    List<Optional<Ending>> takeEffect(List<Ready> ready) {
        if (namesOneTwice(ready.stream().map(Ready::candidate).toList())) {
            return List.of();
        }
        Map<String, List<Ready>> byTipo = new LinkedHashMap<>();
        ready.forEach(one -> byTipo.computeIfAbsent(one.handler().tipo(), tipo -> new ArrayList<>())
                .add(one));
        Map<String, Ending> endings = new HashMap<>();
        byTipo.values().stream().filter(lot -> lot.size() > 1).forEach(lot -> endings.putAll(endings(lot)));
        return ready.stream()
                .map(one -> Optional.ofNullable(endings.get(one.candidate().pedidoId())))
                .toList();
    }

    /** Two messages of one pedido that name two receivers: at most one of them is true, and each is decided by itself. */
    private static boolean namesOneTwice(List<Candidate> candidates) {
        return candidates.stream().map(Candidate::pedidoId).distinct().count() < candidates.size();
    }

    private Map<String, Ending> endings(List<Ready> lot) {
        Map<String, Preparation> preparations = new HashMap<>();
        lot.forEach(one -> preparations.put(one.candidate().pedidoId(), one.preparation()));
        Map<String, Ending> endings = new HashMap<>();
        try {
            lots.passPrepared(
                            lot.getFirst().handler(),
                            lot.stream().map(Ready::candidate).toList(),
                            preparations)
                    .orElse(List.of())
                    .forEach(passed -> endings.put(passed.candidate().pedidoId(), passed.ending()));
            if (!endings.isEmpty()) {
                finished.accept(endings.size());
            }
        } catch (SQLException | RuntimeException e) {
            undecided(lot.size(), e);
        }
        return endings;
    }

    private static void undecided(int size, Exception failure) {
        LOG.info("a lot of {} was cut off: its pedidos are decided one by one ({})", size, LotPassage.cause(failure));
    }
}
