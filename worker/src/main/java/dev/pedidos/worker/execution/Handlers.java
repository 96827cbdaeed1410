package dev.pedidos.worker.execution;

import dev.pedidos.shared.config.InvalidConfig;
import dev.pedidos.shared.ledger.fleet.RegisteredTipo;
import dev.pedidos.shared.message.BuiltInTipos;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.worker.handler.Handler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/** This worker's handlers by tipo: the built-in ones and those of the plugins folder. */
public final class Handlers {

    private final Map<String, RegisteredHandler> byTipo;

    private Handlers(Map<String, RegisteredHandler> byTipo) {
        this.byTipo = Map.copyOf(byTipo);
    }

    /**
     * @param plugins a folder of jars; that of the default may be absent
     * @param simulado whether the tipos for drills, {@code simulado} and {@code simulado-lote}, are handled
     * @param configured handlers that need settings
     * @throws InvalidConfig two handlers want the same tipo, one of them breaks a rule, or the folder is none or cannot be read
     */
    public static Handlers load(Path plugins, boolean simulado, List<Handler> configured) {
        List<Handler> found = new ArrayList<>(configured);
        for (var handler : ServiceLoader.load(Handler.class, classLoader(plugins))) {
            if (simulado || !BuiltInTipos.FOR_DRILLS.contains(handler.tipo())) {
                found.add(handler);
            }
        }
        return of(found);
    }

    /**
     * @param handlers beside the one of cancellations, which calls the others
     * @throws InvalidConfig two handlers want the same tipo, or one of them breaks a rule
     */
    public static Handlers of(List<Handler> handlers) {
        Map<String, RegisteredHandler> byTipo = new HashMap<>();
        List<Handler> all = new ArrayList<>(handlers);
        all.add(new CancelamentoHandler(tipo -> Optional.ofNullable(byTipo.get(tipo))));
        List<String> problems = new ArrayList<>();
        for (var handler : all) {
            var registered = RegisteredHandler.of(handler);
            problems.addAll(registered.problems());
            var other = byTipo.put(handler.tipo(), registered);
            if (other != null) {
                problems.add(RootLocale.format(
                        "tipo %s has two handlers: %s and %s",
                        handler.tipo(),
                        other.handler().getClass().getName(),
                        handler.getClass().getName()));
            }
        }
        if (!problems.isEmpty()) {
            throw refused(problems);
        }
        return new Handlers(byTipo);
    }

    private static InvalidConfig refused(List<String> problems) {
        return new InvalidConfig(
                problems.stream().map(problem -> "PEDIDOS_PLUGINS: " + problem).toList());
    }

    /** Empty if no handler is registered for the tipo. */
    public Optional<RegisteredHandler> of(String tipo) {
        return Optional.ofNullable(byTipo.get(tipo));
    }

    /** Whether pedidos of the tipo are worked on beside their shard: their handler waits for other systems, or for more pedidos. */
    public boolean waits(String tipo) {
        return of(tipo).map(RegisteredHandler::waits).orElse(false);
    }

    /** The systems that the handler's {@code prepare} waits for; empty if the tipo has no handler. */
    public Set<String> waitsFor(String tipo) {
        return of(tipo).map(RegisteredHandler::waitsFor).orElse(Set.of());
    }

    public Set<String> tipos() {
        return byTipo.keySet();
    }

    /** As APIs and other workers are told of them. */
    public List<RegisteredTipo> registeredTipos() {
        return byTipo.values().stream()
                .map(one -> new RegisteredTipo(one.handler().tipo(), one.undoes()))
                .toList();
    }

    private static ClassLoader classLoader(Path plugins) {
        var own = Handlers.class.getClassLoader();
        if (!Files.exists(plugins)) {
            return own;
        }
        try (var files = Files.list(plugins)) {
            URL[] jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .map(Handlers::url)
                    .toArray(URL[]::new);
            return jars.length == 0 ? own : new URLClassLoader("plugins", jars, own);
        } catch (IOException | UncheckedIOException e) {
            throw refused(List.of("the folder cannot be read: " + e));
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
