package dev.pedidos.worker.turn;

import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.settle.Ending;
import java.util.List;

/** The result for pedidos that were to take effect together. */
public sealed interface LotResult {

    /** A pedido of a lot, and how it ended. */
    record Member(Candidate candidate, Ending ending) {}

    /** Those that were finished together. The others are undecided. */
    default List<Member> members() {
        return List.of();
    }

    /** They took effect in one transaction. */
    record TookEffect(List<Member> members) implements LotResult {}

    /** Nothing was tried: not two of them may be tried now, or a lock or memory was not free. */
    record NotTried() implements LotResult {}

    /** The transaction was rolled back, or nothing is known of it. Each pedido is decided by itself. */
    record Undecided() implements LotResult {}
}
