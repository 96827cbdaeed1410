package dev.pedidos.tools.cli.task;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.api.JsonField;
import dev.pedidos.tools.api.OperatorApi;
import dev.pedidos.tools.proof.report.OneLine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The news of a running task: how many items wait, the reason, and when its end is expected. */
final class TaskNews {
    private static final int LONGEST_MESSAGE = 120;

    private final OperatorApi operator;
    private final long begun = System.nanoTime();
    private Seen last = new Seen(0, false, 0);

    TaskNews(OperatorApi operator) {
        this.operator = operator;
    }

    /** @param minute since the beginning: the expected end moves, so it is said every minute */
    private record Seen(long waiting, boolean isEndExpected, long minute) {}

    /** Empty if there is nothing new. */
    Optional<String> next(JsonNode task) throws IOException, InterruptedException {
        String end = JsonField.text(task, "previsto_em");
        var now = new Seen(
                task.path("adiados").asLong(0),
                !end.isEmpty(),
                Duration.ofNanos(System.nanoTime() - begun).toMinutes());
        var before = last;
        last = now;
        if (now.equals(before)) {
            return Optional.empty();
        }
        List<String> news = new ArrayList<>();
        if (now.waiting > 0) {
            news.add(waiting(JsonField.text(task, "task_id"), now.waiting));
        } else if (before.waiting > 0) {
            news.add("no item waits any more");
        }
        if (now.isEndExpected) {
            news.add("the end is expected at " + end);
        }
        return news.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", news));
    }

    /** With the reason of the first item. The task is followed on if the API has no time for that question. */
    private String waiting(String taskId, long items) throws InterruptedException {
        String count = items == 1 ? "1 item waits" : RootLocale.format("%,d items wait", items);
        try {
            var first = operator.firstItem(taskId, "RETRYING");
            return first.isEmpty() ? count : count + why(JsonField.text(first.get(), "pedido_id"));
        } catch (IOException e) {
            return count;
        }
    }

    private String why(String pedidoId) throws IOException, InterruptedException {
        return operator.events(pedidoId).reversed().stream()
                .filter(event -> JsonField.text(event, "event_type").equals("RETRY_SCHEDULED"))
                .findFirst()
                .map(event -> event.path("payload"))
                .map(payload -> RootLocale.format(
                        ", the first for %s: %s",
                        JsonField.text(payload, "erro_classe"),
                        OneLine.of(JsonField.text(payload, "erro_mensagem"), LONGEST_MESSAGE)))
                .orElse("");
    }
}
