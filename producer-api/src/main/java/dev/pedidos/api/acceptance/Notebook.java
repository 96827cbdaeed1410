package dev.pedidos.api.acceptance;

import dev.pedidos.shared.ledger.accept.Inserted;
import dev.pedidos.shared.ledger.accept.NewPedido;
import java.util.List;

/** Where pedidos are noted: {@link dev.pedidos.shared.ledger.Notes}, or a fake. */
@FunctionalInterface
public interface Notebook {
    /** All or none. For each, in order, what it came to; throws if that is not known. */
    List<Inserted> note(List<NewPedido> batch) throws Exception;
}
