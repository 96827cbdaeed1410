package dev.pedidos.worker.execution;

import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.worker.handler.CoalescingHandler;
import dev.pedidos.worker.handler.Handler;
import dev.pedidos.worker.handler.LotHandler;
import dev.pedidos.worker.handler.PreparedLotHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A handler, with what its callers need to know of it. Its own statements are read once, at the start: only an attempt may meet
 * a failure of foreign code.
 *
 * @param prepares it has work to do outside the transaction; if not, a pedido needs one transaction less
 * @param undoes it can undo a COMPLETED pedido
 * @param waitsFor as {@link Handler#waitsFor()}
 * @param coalescing empty if it takes the pedidos of a receiver one by one
 */
public record RegisteredHandler(
        Handler handler, boolean prepares, boolean undoes, Set<String> waitsFor, Optional<Coalescing> coalescing) {

    /**
     * How it takes the pedidos of a receiver together.
     *
     * @param patience as {@link CoalescingHandler#coalesce()}
     * @param most as {@link CoalescingHandler#most()}
     */
    public record Coalescing(Duration patience, int most) {}

    /** Its pedidos are worked on beside their shard. */
    public boolean waits() {
        return prepares || coalescing.isPresent();
    }

    /** Empty if it takes no lots. */
    public Optional<LotHandler> inLots() {
        return handler instanceof LotHandler inLots ? Optional.of(inLots) : Optional.empty();
    }

    /** Empty if it takes no lots of pedidos that it has prepared. */
    public Optional<PreparedLotHandler> inPreparedLots() {
        return handler instanceof PreparedLotHandler inLots ? Optional.of(inLots) : Optional.empty();
    }

    /** The reasons that forbid its use, each named with its class. */
    List<String> problems() {
        return coalescing.map(this::problems).orElse(List.of());
    }

    private List<String> problems(Coalescing coalescing) {
        List<String> problems = new ArrayList<>();
        var wait = coalescing.patience();
        if (wait.isNegative() || wait.compareTo(CoalescingHandler.LONGEST_WAIT) > 0) {
            problems.add(named("coalesce() is %s; it must be 0 to %s", wait, CoalescingHandler.LONGEST_WAIT));
        }
        int most = coalescing.most();
        if (most < 2 || most > CoalescingHandler.LARGEST_LOT) {
            problems.add(named("most() is %d; it must be 2 to %d", most, CoalescingHandler.LARGEST_LOT));
        }
        if (prepares) {
            problems.add(named("it has prepare, which a handler that coalesces cannot have"));
        }
        return problems;
    }

    private String named(String problem, Object... values) {
        return "the handler of tipo " + handler.tipo() + ", "
                + handler.getClass().getName() + ": " + RootLocale.format(problem, values);
    }

    static RegisteredHandler of(Handler handler) {
        return new RegisteredHandler(
                handler,
                overrides(handler, "prepare"),
                overrides(handler, "undo"),
                Set.copyOf(handler.waitsFor()),
                handler instanceof CoalescingHandler coalescing
                        ? Optional.of(new Coalescing(coalescing.coalesce(), coalescing.most()))
                        : Optional.empty());
    }

    private static boolean overrides(Handler handler, String method) {
        return Arrays.stream(handler.getClass().getMethods())
                .anyMatch(own -> own.getName().equals(method)
                        && own.getParameterCount() > 0
                        && own.getParameterTypes()[0] == Pedido.class
                        && own.getDeclaringClass() != Handler.class);
    }
}
