package dev.pedidos.shared.config;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Recognises the variables that Kubernetes and old Docker links set for each Service: one named pedidos-api sets
 * {@code PEDIDOS_API_PORT=tcp://10.0.0.1:8080} and more. Name and value together distinguish them from our settings.
 */
final class ServiceLinks {

    private static final String OURS = "PEDIDOS_";
    private static final String SERVICE = "PEDIDOS_(?:[A-Z0-9_]+_)?";
    private static final String IP = "[0-9A-Fa-f.:]+|\\[[0-9A-Fa-f.:]+]";
    private static final String URL = "(?:tcp|udp|sctp)://(?:" + IP + "):[0-9]+";

    private record Form(Pattern name, Pattern value) {

        private static Form of(String name, String value) {
            return new Form(Pattern.compile(SERVICE + name), Pattern.compile(value));
        }

        private boolean fits(Map.Entry<String, String> variable) {
            return name.matcher(variable.getKey()).matches()
                    && value.matcher(variable.getValue()).matches();
        }
    }

    private static final List<Form> FORMS = List.of(
            Form.of("SERVICE_HOST", IP),
            Form.of("SERVICE_PORT(?:_[A-Z0-9_]+)?", "[0-9]+"),
            Form.of("PORT(?:_[0-9]+_(?:TCP|UDP|SCTP))?", URL),
            Form.of("PORT_[0-9]+_(?:TCP|UDP|SCTP)_ADDR", IP),
            Form.of("PORT_[0-9]+_(?:TCP|UDP|SCTP)_PORT", "[0-9]+"),
            Form.of("PORT_[0-9]+_(?:TCP|UDP|SCTP)_PROTO", "tcp|udp|sctp"));

    private ServiceLinks() {}

    /** Their names, sorted. */
    static List<String> in(Map<String, String> environment) {
        return environment.entrySet().stream()
                .filter(variable -> variable.getKey().startsWith(OURS))
                .filter(variable -> FORMS.stream().anyMatch(form -> form.fits(variable)))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
