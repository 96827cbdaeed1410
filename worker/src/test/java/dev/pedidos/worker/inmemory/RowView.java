package dev.pedidos.worker.inmemory;

import dev.pedidos.shared.ledger.PedidoStatus;
import java.util.Optional;

/** What tests see of a pedido's row. */
public record RowView(
        PedidoStatus status,
        int ciclo,
        int agendamento,
        int tentativas,
        boolean parked,
        boolean published,
        Optional<String> begun,
        Optional<String> erroMensagem) {}
