package dev.pedidos.e2e.system;

import dev.pedidos.e2e.system.Client.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many clients at once; each waits for an answer before it sends the next request. */
public final class Crowd {

    /** One client's part. */
    @FunctionalInterface
    public interface Part {
        void play(int client) throws Exception;
    }

    private Crowd() {}

    public static void of(int clients, Part part) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Object>> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                int client = i;
                all.add(threads.submit(() -> {
                    part.play(client);
                    return null;
                }));
            }
            for (Future<Object> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** Asserts nothing about the body: an accepted pedido has the same answer whichever store keeps it. */
    public static void mustBeAccepted(Answer answer) {
        if (answer.status() != 202) {
            throw new AssertionError(answer.status() + " " + answer.body());
        }
    }
}
