package dev.pedidos.shared.runtime;

import dev.pedidos.shared.text.Digits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/**
 * Reads settings and collects what is wrong with them, also with those that only other programs of ours read. A faulty
 * value reads as the setting's fallback, so that reading can go on to the next problem; {@link #check()} then refuses them
 * all at once.
 */
public final class Env {
    /** Where an API answers, for scripts that source {@code .pedidos/run/env}: ours, and no setting of a program. */
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
                        problems.add(name + " is not a setting of ours: see the table in docs/configuration.md"));
        for (var setting : Settings.ALL) {
            text(setting)
                    .filter(setting.valid().negate())
                    .ifPresent(value -> problem(setting, setting.complaint().apply(value)));
        }
    }

    /** The environment of this process. */
    public static Env ofProcess() {
        return new Env(System.getenv());
    }

    /** What is set; an empty variable counts as not set. */
    public Optional<String> text(Setting setting) {
        return Optional.ofNullable(variables.get(setting.name())).filter(value -> !value.isEmpty());
    }

    /** A value that the setting does not take reads as its default. */
    public int integer(Setting setting) {
        return Digits.toInt(validOrDefault(setting));
    }

    public boolean onOff(Setting setting) {
        return validOrDefault(setting).equals("on");
    }

    public PerTipo perTipo(Setting setting) {
        return PerTipo.parse(validOrDefault(setting), setting.defaultText());
    }

    /** A value that the setting does not take reads as its default. */
    public String validOrDefault(Setting setting) {
        return text(setting).filter(setting.valid()).orElse(setting.defaultText());
    }

    /** What the setting does not take reads as the fallback. */
    public <T> T parsed(Setting setting, T fallback, Function<String, T> parse) {
        return text(setting).filter(setting.valid()).map(parse).orElse(fallback);
    }

    /** A secret as it is now: its file is read again. What is missing or cannot be used reads as {@code before}. */
    public <T> Supplier<T> again(Setting secret, T before, Function<String, T> parse) {
        return () -> new Env(given).parsed(secret, before, parse);
    }

    public void problem(Setting setting, String demand) {
        problems.add(setting.name() + " " + demand);
    }

    /** @throws InvalidConfig with every problem met so far */
    public void check() {
        if (!problems.isEmpty()) {
            throw new InvalidConfig(problems);
        }
        if (!serviceLinks.isEmpty()) {
            LoggerFactory.getLogger(Env.class)
                    .info("not taken for settings, Kubernetes sets them for its Services: {}", serviceLinks);
        }
    }
}
