package dev.pedidos.tools.cli.operate;

import dev.pedidos.shared.message.Moments;
import dev.pedidos.tools.cli.options.DurationConverter;
import dev.pedidos.tools.proof.laws.Since;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time ago, or a moment: {@code 1h}, {@code 2026-11-26T10:00:00Z}. */
public final class SinceConverter implements ITypeConverter<Since> {

    @Override
    public Since convert(String text) {
        if (DurationConverter.isTime(text)) {
            return new Since.Ago(new DurationConverter().convert(text));
        }
        return Moments.parse(text)
                .map(Since.At::new)
                .orElseThrow(() -> new TypeConversionException("'" + text
                        + "' is neither a time such as 90s, 5m, 1h or 2d nor a moment such as 2026-11-26T10:00:00Z"));
    }
}
