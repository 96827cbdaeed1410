package dev.pedidos.api.http;

import dev.pedidos.shared.message.FieldErrors;
import dev.pedidos.shared.message.Fields;
import dev.pedidos.shared.message.StrictJson;
import java.util.Set;

/** Checks of bodies that requests of several kinds share. */
public final class Bodies {

    private Bodies() {}

    /**
     * For calls without fields: nothing, or an empty object.
     *
     * @throws dev.pedidos.shared.message.InvalidFields it has fields
     */
    public static void requireEmpty(byte[] body) {
        if (body.length > 0) {
            FieldErrors faults = new FieldErrors();
            Fields.of("", StrictJson.read(body), Set.of(), faults);
            faults.throwIfAny();
        }
    }
}
