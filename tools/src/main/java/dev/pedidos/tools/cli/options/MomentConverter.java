package dev.pedidos.tools.cli.options;

import dev.pedidos.shared.message.Moments;
import java.time.Instant;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time of RFC 3339, such as {@code 2026-11-26T14:00:00Z}: what the API takes, too. */
public final class MomentConverter implements ITypeConverter<Instant> {

    @Override
    public Instant convert(String text) {
        return Moments.parse(text).orElseThrow(() -> new TypeConversionException("'" + text + "' " + Moments.DEMAND));
    }
}
