package dev.pedidos.shared.masking;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;

/** {@code %oneline(...)} in a pattern: see {@link PlainText} and {@link Masking}. */
final class MaskingConverter extends CompositeConverter<ILoggingEvent> {

    @Override
    protected String transform(ILoggingEvent event, String in) {
        return Masking.masked(PlainText.ofOneLine(in));
    }
}
