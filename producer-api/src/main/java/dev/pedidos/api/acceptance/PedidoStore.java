package dev.pedidos.api.acceptance;

import dev.pedidos.shared.ledger.accept.Inserted;
import dev.pedidos.shared.ledger.accept.NewPedido;
import java.util.List;

/** Where pedidos are inserted: {@link dev.pedidos.shared.ledger.accept.PedidoInserts}, or a fake. */
@FunctionalInterface
public interface PedidoStore {
    /** Inserts all or none. Returns for each, in order, what it found; throws if that is not known. */
    List<Inserted> insert(List<NewPedido> batch) throws Exception;
}
