package dev.pedidos.shared.message;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The JSON is well-formed but has faulty fields (HTTP 422): all of them, up to {@link Limits#FAULTS_LISTED}. The message may
 * be logged.
 */
public final class InvalidFields extends InvalidMessage {
    private static final long serialVersionUID = 1L;
    private static final int NAMED_IN_MESSAGE = 5;

    private final transient List<FieldError> errors;

    public InvalidFields(List<FieldError> errors) {
        super(errors.stream()
                .limit(NAMED_IN_MESSAGE)
                .map(FieldError::withOwnNamesOnly)
                .map(error -> error.field() + ": " + error.message())
                .collect(Collectors.joining("; ", "", errors.size() > NAMED_IN_MESSAGE ? "; ..." : "")));
        this.errors = List.copyOf(errors);
    }

    public List<FieldError> errors() {
        return errors;
    }
}
