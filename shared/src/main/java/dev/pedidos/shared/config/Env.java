package dev.pedidos.shared.config;

import dev.pedidos.shared.text.Digits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/**
 * Reads settings and collects what is wrong with them, also with settings that only our other programs read. A faulty
 * value reads as the fallback, so that reading can go on to the next problem; {@link #check()} then reports all of
 * them together.
 */
public final class Env {
    /** The address of an API, for scripts that source {@code .pedidos/run/env}. It is not a setting of a program. */
    public static final String API_URL = "PEDIDOS_API_URL";

    private final Map<String, String> variables;
    private final Map<String, String> given;
    private final List<String> serviceLinks;
    private final List<String> problems = new ArrayList<>();

    public Env(Map<String, String> environment) {
        serviceLinks = ServiceLinks.in(environment);
        given = environment.entrySet().stream()
                .filter(each -> !serviceLinks.contains(each.getKey()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        variables = SecretFiles.read(given, problems::add);
        var known = Settings.ALL.stream().map(Setting::name).collect(Collectors.toSet());
        variables.keySet().stream()
                .filter(name -> name.startsWith("PEDIDOS_") && !known.contains(name) && !name.equals(API_URL))
                .sorted()
                .forEach(name ->
                        problems.add(name + " is not a setting of Pedidos: see the table in docs/configuration.md"));
        for (var setting : Settings.ALL) {
            text(setting)
                    .filter(setting.valid().negate())
                    .ifPresent(value -> problem(setting, setting.complaint().apply(value)));
        }
        if (integer(Settings.RETRY_MAX_MS) < integer(Settings.RETRY_BASE_MS)) {
            problem(Settings.RETRY_MAX_MS, "must not be less than " + Settings.RETRY_BASE_MS.name());
        }
    }

    /** The environment of this process. */
    public static Env ofProcess() {
        return new Env(System.getenv());
    }

    /** The value; an empty variable counts as not set. */
    public Optional<String> text(Setting setting) {
        return Optional.ofNullable(variables.get(setting.name())).filter(value -> !value.isEmpty());
    }

    /** An invalid value reads as the default. */
    public int integer(Setting setting) {
        return Digits.toInt(validOrDefault(setting));
    }

    public boolean onOff(Setting setting) {
        return validOrDefault(setting).equals("on");
    }

    public PerTipo perTipo(Setting setting) {
        return PerTipo.parse(validOrDefault(setting), setting.defaultText());
    }

    /** For a setting that cannot be {@code off}. */
    public Duration age(Setting setting) {
        return ageOrOff(setting).orElseThrow();
    }

    /** Empty for {@code off}. */
    public Optional<Duration> ageOrOff(Setting setting) {
        return AgeText.parse(validOrDefault(setting));
    }

    /** An invalid value reads as the default. */
    public String validOrDefault(Setting setting) {
        return text(setting).filter(setting.valid()).orElse(setting.defaultText());
    }

    /** An invalid value reads as the fallback. */
    public <T> T parsed(Setting setting, T fallback, Function<String, T> parse) {
        return text(setting).filter(setting.valid()).map(parse).orElse(fallback);
    }

    /** Reads the file of a secret again at each call. A missing or invalid secret reads as the last valid one. */
    public <T> Supplier<T> reread(Setting secret, T first, Function<String, T> parse) {
        var last = new AtomicReference<>(first);
        return () -> last.updateAndGet(before -> new Env(given).parsed(secret, before, parse));
    }

    public void problem(Setting setting, String demand) {
        problems.add(setting.name() + " " + demand);
    }

    /** @throws InvalidConfig lists every problem found so far */
    public void check() {
        if (!problems.isEmpty()) {
            throw new InvalidConfig(problems);
        }
        if (!serviceLinks.isEmpty()) {
            LoggerFactory.getLogger(Env.class)
                    .info("ignored, because Kubernetes sets them for its Services: {}", serviceLinks);
        }
    }
}
