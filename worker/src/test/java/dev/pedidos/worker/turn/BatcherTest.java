package dev.pedidos.worker.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BatcherTest {

    private static final int MOST = 3;

    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<List<String>> asked = new CopyOnWriteArrayList<>();
    private final Batcher<String, String> batcher = new Batcher<>("test", MOST, this::answers);
    private final ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        goOn.countDown();
        asking.close();
    }

    private List<Optional<String>> answers(List<String> questions) {
        asked.add(questions);
        try {
            goOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (questions.contains("broken")) {
            throw new IllegalStateException("broken");
        }
        return questions.stream()
                .map(question -> question.equals("none") ? Optional.<String>empty() : Optional.of("re: " + question))
                .toList();
    }

    /** Both answering threads have a question in hand then. */
    private List<CompletableFuture<Optional<String>>> askTwo() {
        List<CompletableFuture<Optional<String>>> first = new ArrayList<>();
        for (String question : List.of("a", "b")) {
            first.add(ask(question));
            Awaitility.await().until(() -> asked.contains(List.of(question)));
        }
        return first;
    }

    private CompletableFuture<Optional<String>> ask(String question) {
        return CompletableFuture.supplyAsync(() -> batcher.ask(question), asking);
    }

    private List<CompletableFuture<Optional<String>>> askInOrder(String... questions) {
        List<CompletableFuture<Optional<String>>> answers = new ArrayList<>();
        for (String question : questions) {
            int before = batcher.waiting();
            answers.add(ask(question));
            Awaitility.await().until(() -> batcher.waiting() == before + 1);
        }
        return answers;
    }

    @Test
    void questionsThatComeWhileOthersAreAnsweredAreAnsweredTogetherUpToTheBound() {
        var answers = askTwo();
        answers.addAll(askInOrder("c", "none", "e", "f"));
        goOn.countDown();

        assertThat(answers.stream().map(CompletableFuture::join))
                .containsExactly(
                        Optional.of("re: a"),
                        Optional.of("re: b"),
                        Optional.of("re: c"),
                        Optional.empty(),
                        Optional.of("re: e"),
                        Optional.of("re: f"));
        assertThat(asked)
                .containsExactlyInAnyOrder(List.of("a"), List.of("b"), List.of("c", "none", "e"), List.of("f"));
    }

    @Test
    void questionsWhoseAnsweringFailsHaveNoAnswer() {
        askTwo();
        var answers = askInOrder("c", "broken");
        goOn.countDown();

        assertThat(answers.stream().map(CompletableFuture::join)).containsExactly(Optional.empty(), Optional.empty());
        assertThat(ask("later").join()).contains("re: later");
    }

    /** Its work may be under way: what it came to has to be known. */
    @Test
    void aThreadThatIsInterruptedWaitsForItsAnswer() throws Exception {
        var answer = new CompletableFuture<Optional<String>>();
        var interrupted = new CompletableFuture<Boolean>();
        var thread = Thread.ofPlatform().start(() -> {
            answer.complete(batcher.ask("a"));
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        Awaitility.await().until(() -> asked.contains(List.of("a")));
        thread.interrupt();
        goOn.countDown();
        thread.join();

        assertThat(answer.join()).contains("re: a");
        assertThat(interrupted.join()).as("the interrupt is kept").isTrue();
    }
}
