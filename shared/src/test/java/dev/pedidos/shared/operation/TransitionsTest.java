package dev.pedidos.shared.operation;

import static dev.pedidos.shared.message.OperationEventType.ADJUSTED;
import static dev.pedidos.shared.message.OperationEventType.CREATED;
import static dev.pedidos.shared.message.OperationEventType.REJECTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.message.OperationEventType;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TransitionsTest {
    /** The table as docs/lifecycle.md has it: the next state, "waits", or the motivo of the refusal. */
    @ParameterizedTest
    @CsvSource({
        "NONE,       CREATED,   PENDING",
        "NONE,       STARTED,   waits",
        "NONE,       ADJUSTED,  waits",
        "NONE,       COMPLETED, waits",
        "NONE,       REJECTED,  waits",
        "PENDING,    CREATED,   JA_APLICADO",
        "PENDING,    STARTED,   PROCESSING",
        "PENDING,    ADJUSTED,  PENDING",
        "PENDING,    COMPLETED, waits",
        "PENDING,    REJECTED,  REJECTED",
        "PROCESSING, CREATED,   JA_APLICADO",
        "PROCESSING, STARTED,   JA_APLICADO",
        "PROCESSING, ADJUSTED,  PROCESSING",
        "PROCESSING, COMPLETED, COMPLETED",
        "PROCESSING, REJECTED,  REJECTED",
        "COMPLETED,  CREATED,   ESTADO_FINAL",
        "COMPLETED,  STARTED,   ESTADO_FINAL",
        "COMPLETED,  ADJUSTED,  ESTADO_FINAL",
        "COMPLETED,  COMPLETED, ESTADO_FINAL",
        "COMPLETED,  REJECTED,  ESTADO_FINAL",
        "REJECTED,   CREATED,   ESTADO_FINAL",
        "REJECTED,   STARTED,   ESTADO_FINAL",
        "REJECTED,   ADJUSTED,  ESTADO_FINAL",
        "REJECTED,   COMPLETED, ESTADO_FINAL",
        "REJECTED,   REJECTED,  ESTADO_FINAL",
    })
    void anEventMeetsAState(OperationStatus status, OperationEventType type, String expected) {
        var before = new Operation(status, 3, 100, null);
        String motivo = type == REJECTED ? "sem saldo" : null;
        boolean changesAmount = type == CREATED || type == ADJUSTED;

        switch (before.judge(new Entry(type, "h", changesAmount ? 7 : 0, motivo))) {
            case EventVerdict.Applied(Operation after) ->
                assertThat(after)
                        .isEqualTo(
                                new Operation(OperationStatus.valueOf(expected), 4, changesAmount ? 107 : 100, motivo));
            case EventVerdict.Waiting() -> assertThat(expected).isEqualTo("waits");
            case EventVerdict.Refused(Refusal why) -> assertThat(why.name()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "100, -100, 0,                         ",
        "100, -101,  , VALOR_NEGATIVO",
        "0,   -9223372036854775807, , VALOR_NEGATIVO",
        "9223372036854775806, 1, 9223372036854775807, ",
        "9223372036854775807, 1, , VALOR_EXCESSIVO",
        "9223372036854775807, 9223372036854775807, , VALOR_EXCESSIVO",
    })
    void anAdjustmentKeepsTheAmountWithinItsBounds(long valor, long delta, Long sum, Refusal refusal) {
        var before = new Operation(OperationStatus.PENDING, 1, valor, null);

        switch (before.judge(new Entry(ADJUSTED, "h", delta, null))) {
            case EventVerdict.Applied(Operation after) ->
                assertThat(after.valorCentavos()).isEqualTo(sum);
            case EventVerdict.Waiting() -> throw new AssertionError("waits");
            case EventVerdict.Refused(Refusal why) -> assertThat(why).isEqualTo(refusal);
        }
    }

    static Stream<OperationStatus> finalStates() {
        return Arrays.stream(OperationStatus.values()).filter(OperationStatus::isFinal);
    }

    @ParameterizedTest
    @MethodSource("finalStates")
    void noEventLeavesAFinalState(OperationStatus status) {
        for (var type : OperationEventType.values()) {
            assertThat(Transitions.of(status, type)).isInstanceOf(Transitions.Cell.Refuse.class);
        }
    }

    @Test
    void nothingButCreatedBeginsAnOperation() {
        for (var type : OperationEventType.values()) {
            boolean begins = Transitions.of(OperationStatus.NONE, type) instanceof Transitions.Cell.Next;
            assertThat(begins).as(type.name()).isEqualTo(type == CREATED);
        }
    }
}
