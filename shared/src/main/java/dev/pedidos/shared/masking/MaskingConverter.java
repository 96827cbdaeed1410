package dev.pedidos.shared.masking;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;
import java.util.function.UnaryOperator;

/** {@code %oneline(...)} and {@code %trace(...)} in a pattern: see {@link PlainText} and {@link Masking}. */
final class MaskingConverter extends CompositeConverter<ILoggingEvent> {

    private final UnaryOperator<String> plain;

    private MaskingConverter(UnaryOperator<String> plain) {
        this.plain = plain;
    }

    static MaskingConverter oneLine() {
        return new MaskingConverter(PlainText::ofOneLine);
    }

    static MaskingConverter trace() {
        return new MaskingConverter(PlainText::ofTrace);
    }

    @Override
    protected String transform(ILoggingEvent event, String in) {
        return Masking.masked(plain.apply(in));
    }
}
