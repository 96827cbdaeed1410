package dev.pedidos.worker.turn;

import dev.pedidos.shared.ledger.Version;
import dev.pedidos.shared.ledger.turn.Head;
import dev.pedidos.shared.message.PayloadHash;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.PedidoCodec;

/**
 * A pedido that somebody says is to be processed: a message says so, or its place as parked head of its receiver.
 *
 * @param version which try the message belongs to
 * @param waited the broker has kept it for as long as this try was to wait, by the broker's clock
 */
@SuppressWarnings("ArrayRecordComponent")
public record Candidate(Pedido pedido, byte[] payloadHash, Version version, boolean waited) {

    /** @throws dev.pedidos.shared.message.InvalidMessage where the body is not a pedido */
    public static Candidate ofMessage(byte[] body, int ciclo, int agendamento, int tentativa, boolean waited) {
        var pedido = PedidoCodec.readMessage(body);
        return new Candidate(
                pedido, PayloadHash.of(pedido), new Version(pedido.pedidoId(), ciclo, agendamento, tentativa), waited);
    }

    static Candidate ofHead(Head head) {
        var pedido =
                PedidoCodec.fromRow(head.pedidoId(), head.tipo(), head.recebedorId(), head.origem(), head.payload());
        return new Candidate(pedido, head.payloadHash(), head.version(), false);
    }

    /** As the ledger has it: the row is the authority. */
    Candidate at(Version current) {
        return new Candidate(pedido, payloadHash, current, waited);
    }

    public String pedidoId() {
        return version.pedidoId();
    }
}
