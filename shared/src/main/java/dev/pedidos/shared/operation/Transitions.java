package dev.pedidos.shared.operation;

import static dev.pedidos.shared.operation.OperationStatus.COMPLETED;
import static dev.pedidos.shared.operation.OperationStatus.PENDING;
import static dev.pedidos.shared.operation.OperationStatus.PROCESSING;
import static dev.pedidos.shared.operation.OperationStatus.REJECTED;
import static dev.pedidos.shared.operation.Refusal.ESTADO_FINAL;
import static dev.pedidos.shared.operation.Refusal.JA_APLICADO;

import dev.pedidos.shared.message.OperationEventType;

/**
 * The state machine of operations: for each state and each type of event the next state and what happens to the
 * amount, or that the event waits, or that it is refused. An event that may still become possible waits. One that can never be
 * applied any more is refused.
 */
final class Transitions {
    /** A cell of the table. */
    sealed interface Cell {
        /** @param amount what the event does to the amount */
        record Next(OperationStatus status, Amount amount) implements Cell {}

        record Wait() implements Cell {}

        record Refuse(Refusal motivo) implements Cell {}
    }

    /** The change of the amount by an event. */
    enum Amount {
        /** Its centavos are added; a sum below zero or too large refuses the event. */
        ADDS,
        KEEPS
    }

    private static final Cell WAIT = new Cell.Wait();

    private Transitions() {}

    static Cell of(OperationStatus status, OperationEventType type) {
        return switch (status) {
            case NONE ->
                switch (type) {
                    case CREATED -> adds(PENDING);
                    case STARTED, ADJUSTED, COMPLETED, REJECTED -> WAIT;
                };
            case PENDING ->
                switch (type) {
                    case CREATED -> refuse(JA_APLICADO);
                    case STARTED -> to(PROCESSING);
                    case ADJUSTED -> adds(PENDING);
                    case COMPLETED -> WAIT;
                    case REJECTED -> to(REJECTED);
                };
            case PROCESSING ->
                switch (type) {
                    case CREATED, STARTED -> refuse(JA_APLICADO);
                    case ADJUSTED -> adds(PROCESSING);
                    case COMPLETED -> to(COMPLETED);
                    case REJECTED -> to(REJECTED);
                };
            case COMPLETED, REJECTED ->
                switch (type) {
                    case CREATED, STARTED, ADJUSTED, COMPLETED, REJECTED -> refuse(ESTADO_FINAL);
                };
        };
    }

    private static Cell to(OperationStatus status) {
        return new Cell.Next(status, Amount.KEEPS);
    }

    private static Cell adds(OperationStatus status) {
        return new Cell.Next(status, Amount.ADDS);
    }

    private static Cell refuse(Refusal motivo) {
        return new Cell.Refuse(motivo);
    }
}
