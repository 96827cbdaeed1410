package dev.pedidos.shared.masking;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** {@code %trace{...}} in a pattern: the stack trace, with the options of {@code %ex}; see {@link PlainText} and {@link Masking}. */
final class TraceConverter extends ThrowableProxyConverter {

    @Override
    protected String throwableProxyToString(IThrowableProxy failure) {
        return Masking.masked(super.throwableProxyToString(new Plain(failure)));
    }

    /** With plain messages. */
    private record Plain(IThrowableProxy failure) implements IThrowableProxy {

        private static @Nullable String plain(@Nullable String message) {
            return message == null ? null : PlainText.ofLines(message);
        }

        @Override
        public @Nullable String getMessage() {
            return plain(failure.getMessage());
        }

        @Override
        public @Nullable String getOverridingMessage() {
            return plain(failure.getOverridingMessage());
        }

        @Override
        public @Nullable IThrowableProxy getCause() {
            var cause = failure.getCause();
            return cause == null ? null : new Plain(cause);
        }

        @Override
        public IThrowableProxy[] getSuppressed() {
            return Arrays.stream(failure.getSuppressed()).map(Plain::new).toArray(IThrowableProxy[]::new);
        }

        @Override
        public String getClassName() {
            return failure.getClassName();
        }

        @Override
        public StackTraceElementProxy[] getStackTraceElementProxyArray() {
            return failure.getStackTraceElementProxyArray();
        }

        @Override
        public int getCommonFrames() {
            return failure.getCommonFrames();
        }

        @Override
        public boolean isCyclic() {
            return failure.isCyclic();
        }
    }
}
