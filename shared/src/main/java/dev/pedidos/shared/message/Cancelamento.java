package dev.pedidos.shared.message;

import dev.pedidos.shared.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The wish to cancel a pedido. It travels as a pedido of its own tipo, so that all promises of a pedido hold for it: it is kept
 * while one store is down, takes effect once, and stands in its receiver's line.
 *
 * @param alvo the pedido_id of the pedido to cancel
 * @param motivo the client's reason; null if none was given
 */
public record Cancelamento(String alvo, @Nullable String motivo) {

    public static final String TIPO = "cancelamento";

    /** The motivo of a pedido that was cancelled. */
    public static final String MOTIVO = "CANCELADO";

    /** Tipos whose pedidos others build on: the cancelled pedido, the next events of the operation. */
    public static final Set<String> NEVER = Set.of(TIPO, OperationEvent.TIPO);

    private static final int ID_BYTES = 20;
    static final Set<String> FIELDS = Set.of("motivo");

    /**
     * Reads a body of POST /pedidos/{id}/cancel: empty, or {@code {"motivo"}}.
     *
     * @throws MalformedJson not well-formed
     * @throws InvalidFields well-formed with faults
     */
    public static Cancelamento read(String alvo, byte[] body) {
        if (body.length == 0) {
            return new Cancelamento(alvo, null);
        }
        var faults = new FieldErrors();
        var fields = Fields.of("", StrictJson.read(body), FIELDS, faults);
        String motivo = fields != null && fields.has("motivo")
                ? fields.text("motivo", Limits::isShortText, Limits.SHORT_TEXT)
                : null;
        faults.throwIfAny();
        return new Cancelamento(alvo, motivo);
    }

    /** Empty if the pedido is no cancellation: its dados lack what one needs, or its id is not the one of its alvo. */
    public static Optional<Cancelamento> of(Pedido pedido) {
        var dados = pedido.dados();
        if (dados == null || !dados.path("pedido_id").isString()) {
            return Optional.empty();
        }
        var cancelamento = new Cancelamento(
                dados.path("pedido_id").stringValue(),
                dados.path("motivo").isString() ? dados.path("motivo").stringValue() : null);
        return Optional.of(cancelamento).filter(read -> read.pedidoId().equals(pedido.pedidoId()));
    }

    /** Whether {@code POST /pedidos/{id}/cancel} could have made it for a pedido that the ledger does not know. */
    public boolean canBeAskedFor() {
        return Limits.isId(alvo)
                && !ReservedTipos.anyMakes(NEVER, alvo)
                && (motivo == null || Limits.isShortText(motivo));
    }

    /**
     * One pedido is cancelled once, however often that is asked for: the id follows from it. sql/insert_cancelamentos.sql
     * derives it too.
     */
    public String pedidoId() {
        return TIPO + ":" + Sha256.hex(alvo.getBytes(StandardCharsets.UTF_8), ID_BYTES);
    }

    /** @param recebedorId in whose line it stands */
    public Pedido inLineOf(String recebedorId) {
        ObjectNode dados = JsonNodeFactory.instance.objectNode().put("pedido_id", alvo);
        if (motivo != null) {
            dados.put("motivo", motivo);
        }
        return new Pedido(pedidoId(), TIPO, recebedorId, "api", List.of(), dados);
    }

    /** In a line of its own: the receiver of the pedido is not known. */
    public Pedido inOwnLine() {
        return inLineOf(pedidoId());
    }
}
