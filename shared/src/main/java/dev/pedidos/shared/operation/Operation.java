package dev.pedidos.shared.operation;

import org.jspecify.annotations.Nullable;

/**
 * The state of an operation.
 *
 * @param version the number of applied events
 * @param valorCentavos never below 0; 0 before the first event is applied
 * @param motivo why it was rejected; null if it was not
 */
public record Operation(
        OperationStatus status,
        long version,
        long valorCentavos,
        @Nullable String motivo) {
    /** Nothing was applied yet. */
    public static final Operation NEW = new Operation(OperationStatus.NONE, 0, 0, null);

    /** The verdict on an event in this state. */
    public EventVerdict judge(Entry event) {
        return switch (Transitions.of(status, event.type())) {
            case Transitions.Cell.Next(OperationStatus next, Transitions.Amount amount) ->
                switch (amount) {
                    case KEEPS -> applied(next, valorCentavos, event);
                    case ADDS -> added(next, event);
                };
            case Transitions.Cell.Wait() -> new EventVerdict.Waiting();
            case Transitions.Cell.Refuse(Refusal why) -> new EventVerdict.Refused(why);
        };
    }

    private EventVerdict added(OperationStatus next, Entry event) {
        if (event.centavos() > Long.MAX_VALUE - valorCentavos) {
            return new EventVerdict.Refused(Refusal.VALOR_EXCESSIVO);
        }
        long sum = valorCentavos + event.centavos();
        return sum < 0 ? new EventVerdict.Refused(Refusal.VALOR_NEGATIVO) : applied(next, sum, event);
    }

    private EventVerdict applied(OperationStatus next, long centavos, Entry event) {
        return new EventVerdict.Applied(new Operation(next, version + 1, centavos, event.motivo()));
    }
}
