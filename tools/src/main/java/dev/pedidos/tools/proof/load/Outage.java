package dev.pedidos.tools.proof.load;

import dev.pedidos.shared.text.RootLocale;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Reports an outage of the API: after it has lasted for a moment, then at intervals, and when it is over. */
final class Outage {
    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final Duration SAY_EVERY = Duration.ofSeconds(15);

    private final Duration patience;
    private final LongSupplier clock;
    private final Consumer<String> say;
    private boolean lasts;
    private boolean said;
    private long since;
    private long nextWord;

    Outage(Duration patience, LongSupplier clock, Consumer<String> say) {
        this.patience = patience;
        this.clock = clock;
        this.say = say;
    }

    synchronized void failed(String what) {
        long now = clock.getAsLong();
        if (!lasts) {
            lasts = true;
            since = now;
            nextWord = now + MOMENT.toNanos();
        } else if (now - nextWord >= 0) {
            nextWord = now + SAY_EVERY.toNanos();
            said = true;
            say.accept(RootLocale.format(
                    "the API accepts nothing (%s): trying again for up to %d s, %d s so far",
                    what, patience.toSeconds(), seconds(now)));
        }
    }

    synchronized void over() {
        if (said) {
            say.accept(RootLocale.format("the API answers again, after %d s", seconds(clock.getAsLong())));
        }
        lasts = false;
        said = false;
    }

    private long seconds(long now) {
        return Duration.ofNanos(now - since).toSeconds();
    }
}
