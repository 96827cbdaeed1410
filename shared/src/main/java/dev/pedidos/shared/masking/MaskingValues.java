package dev.pedidos.shared.masking;

import net.logstash.logback.mask.ValueMasker;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.TokenStreamContext;

/** Masks text values in JSON log lines: see {@link Masking}. Numbers are not changed. */
final class MaskingValues implements ValueMasker {

    @Override
    public @Nullable Object mask(TokenStreamContext context, Object value) {
        if (!(value instanceof CharSequence text)) {
            return null;
        }
        String before = text.toString();
        String after = Masking.masked(before);
        return after.equals(before) ? null : after;
    }
}
