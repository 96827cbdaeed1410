package dev.pedidos.shared.masking;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.logstash.logback.encoder.LogstashEncoder;
import net.logstash.logback.mask.MaskingJsonGeneratorDecorator;
import org.slf4j.Logger;

/**
 * Configures the log: every line goes to standard error, and passes through {@link Masking}. The property {@code pedidos.log}
 * chooses text or JSON. It is code, because reading XML took a tenth of every start. A file that is named by the property {@code
 * logback.configurationFile} takes its place.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class MaskedLog extends ContextAwareBase implements Configurator {

    /** The underscore is not written: what comes next to a parenthesis would be text. */
    private static final String PATTERN =
            "%d{HH:mm:ss.SSS} %-5level %logger{0}: %oneline(%msg %kvp{NONE})\\_%n%trace{short}";

    private static final Map<String, Level> LEVELS = Map.of(
            "org.eclipse.jetty", Level.WARN,
            "io.javalin", Level.WARN,
            "org.flywaydb", Level.WARN,
            // It logs a warning with a stack trace for every session that it drops. Database logs the reason in one
            // line.
            "com.zaxxer.hikari", Level.ERROR,
            "com.rabbitmq.client", Level.WARN,
            "org.testcontainers", Level.WARN,
            "tc", Level.WARN,
            "io.zonky", Level.WARN,
            "com.tngtech", Level.WARN);

    private final String format;

    public MaskedLog() {
        this(System.getProperty("pedidos.log", "text"));
    }

    MaskedLog(String format) {
        this.format = format;
    }

    @Override
    public ExecutionStatus configure(LoggerContext log) {
        if (System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        log.getStatusManager().add(new NopStatusListener());
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setContext(log);
        console.setTarget(ConsoleTarget.SystemErr.getName());
        console.setEncoder("json".equals(format) ? json(log) : text(log));
        console.start();
        var root = log.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(console);
        LEVELS.forEach((name, level) -> log.getLogger(name).setLevel(level));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Encoder<ILoggingEvent> text(LoggerContext log) {
        var layout = new PatternLayout();
        layout.setContext(log);
        layout.getInstanceConverterMap().put("oneline", MaskingConverter::new);
        layout.getInstanceConverterMap().put("trace", TraceConverter::new);
        layout.setPattern(PATTERN);
        layout.start();
        var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
        encoder.setContext(log);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> json(LoggerContext log) {
        var masking = new MaskingJsonGeneratorDecorator();
        masking.addValueMasker(new MaskingValues());
        masking.start();
        var encoder = new LogstashEncoder();
        encoder.setContext(log);
        encoder.addDecorator(masking);
        encoder.start();
        return encoder;
    }
}
