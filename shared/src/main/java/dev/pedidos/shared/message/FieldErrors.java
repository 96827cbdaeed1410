package dev.pedidos.shared.message;

import dev.pedidos.shared.text.RootLocale;
import java.util.ArrayList;
import java.util.List;

/** Collects the faulty fields of one body, so that the sender sees all of them at once. */
public final class FieldErrors {
    private static final int NAME_LENGTH = 200;

    private final List<FieldError> errors = new ArrayList<>(0);
    private int count;

    public void add(String field, String message) {
        count++;
        if (errors.size() < Limits.FAULTS_LISTED) {
            errors.add(new FieldError(printable(field), message));
        }
    }

    public boolean has(String field) {
        return errors.stream().anyMatch(error -> error.field().equals(field));
    }

    /** The number of all errors, also of errors that are not listed. */
    int count() {
        return count;
    }

    public void throwIfAny() {
        if (!errors.isEmpty()) {
            throw new InvalidFields(errors);
        }
    }

    /**
     * Names come from the sender: they are shortened, and characters that a log or a header cannot carry are escaped.
     */
    private static String printable(String name) {
        StringBuilder text = new StringBuilder(Math.min(name.length(), NAME_LENGTH));
        for (int i = 0; i < name.length(); i++) {
            if (text.length() >= NAME_LENGTH) {
                return text.append("...").toString();
            }
            int point = name.codePointAt(i);
            boolean plain = !Character.isISOControl(point)
                    && Character.getType(point) != Character.SURROGATE
                    && Character.getType(point) != Character.FORMAT;
            if (plain) {
                text.appendCodePoint(point);
            } else {
                text.append(RootLocale.format("\\u%04x", point));
            }
            i += Character.charCount(point) - 1;
        }
        return text.toString();
    }
}
