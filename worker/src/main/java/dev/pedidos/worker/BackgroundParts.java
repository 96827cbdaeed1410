package dev.pedidos.worker;

import dev.pedidos.worker.archive.Archiver;
import dev.pedidos.worker.webhook.WebhookDelivery;
import dev.pedidos.worker.webhook.WebhookMetrics;
import java.io.IOException;

/** The work of a worker that is not for a delivery, put together: it archives old pedidos and sends webhooks. */
final class BackgroundParts {
    private BackgroundParts() {}

    static void start(WorkerContext context) throws IOException {
        context.config().archiveAfter().ifPresent(age -> {
            var archiver = new Archiver(context.database(), age, context.metrics());
            context.lifecycle().onStop("archiver", archiver::close);
            archiver.start();
        });

        var metrics = new WebhookMetrics(context.metrics());
        var config = context.config().webhooks();
        if (config.isPresent()) {
            var webhooks = new WebhookDelivery(
                    context.database(), config.get(), context.topology().ladder(), context.memory(), metrics);
            context.lifecycle().onStop("webhooks", webhooks::close);
            webhooks.start();
        }
    }
}
