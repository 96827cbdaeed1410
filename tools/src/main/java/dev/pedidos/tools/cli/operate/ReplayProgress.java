package dev.pedidos.tools.cli.operate;

import dev.pedidos.tools.proof.replay.ReplayWatch;
import dev.pedidos.tools.proof.report.ProgressView;
import org.jspecify.annotations.Nullable;

/** Shows a replay as a bar. */
final class ReplayProgress implements ReplayWatch, AutoCloseable {
    private @Nullable ProgressView bar;

    @Override
    public void begins(long ids) {
        bar = new ProgressView("events", ids);
    }

    @Override
    public void at(long id) {
        if (bar != null) {
            bar.at(id);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
