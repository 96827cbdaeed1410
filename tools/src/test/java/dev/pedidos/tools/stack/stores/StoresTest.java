package dev.pedidos.tools.stack.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoresTest {
    private final List<String> seen = new ArrayList<>();

    private final Stores stores = new Stores(
            new Broker("amqp://h", Optional.empty()),
            new DatabaseUrls("postgresql://h/d", "postgresql://h/d", "h:5432"),
            Optional.empty(),
            List.of(
                    () -> {
                        throw new IOException("no answer");
                    },
                    () -> {
                        throw new InterruptedException();
                    },
                    () -> seen.add("the last one")),
            seen::add);

    @Test
    void oneThatCannotBeStoppedIsNamedAndTheOthersAreStoppedOnce() {
        stores.close();
        stores.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(seen).containsExactly("Not everything could be stopped: no answer", "the last one");
    }

    @Test
    void storesThatAreKeptAreNotStopped() {
        stores.keep();
        stores.close();

        assertThat(seen).isEmpty();
    }
}
