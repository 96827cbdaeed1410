package dev.pedidos.tools.proof.report;

import dev.pedidos.shared.runtime.Terminal;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on standard error, if that is a terminal. */
public final class ProgressView implements AutoCloseable {
    private static final int EVERY_MS = 250;

    private final @Nullable ProgressBar bar;

    /** @param total less than 0: unknown */
    public ProgressView(String task, long total) {
        bar = !Terminal.onStderr()
                ? null
                : new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(total)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(EVERY_MS)
                        .setConsumer(new ConsoleProgressBarConsumer(System.err))
                        .showSpeed()
                        .build();
    }

    public void step() {
        if (bar != null) {
            bar.step();
        }
    }

    public void at(long place) {
        if (bar != null) {
            bar.stepTo(place);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
