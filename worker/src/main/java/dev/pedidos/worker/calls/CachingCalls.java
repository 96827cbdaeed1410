package dev.pedidos.worker.calls;

import dev.pedidos.shared.ledger.LedgerFaultLog;
import dev.pedidos.shared.ledger.call.AnswerCache;
import dev.pedidos.shared.ledger.call.AnswerCache.CachedAnswer;
import dev.pedidos.shared.ledger.call.AnswerCache.Question;
import dev.pedidos.shared.message.StrictJson;
import dev.pedidos.worker.handler.Answer;
import dev.pedidos.worker.handler.Calls;
import dev.pedidos.worker.handler.DependencyBusy;
import dev.pedidos.worker.handler.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;

/** Takes an answer from the ledger if one still serves, and asks once for all pedidos that ask the same. */
final class CachingCalls implements Calls {

    private record Timed(Reply reply, long answeredAt) {}

    private static final LedgerFaultLog FAULTS = new LedgerFaultLog(LoggerFactory.getLogger(CachingCalls.class));
    /** How soon a pedido looks for the answer that another one is asking for. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final String pedidoId;
    private final AnswerCache answers;
    private final Calls inner;

    /** @param pedidoId in whose name the calls are made */
    CachingCalls(String pedidoId, AnswerCache answers, Calls inner) {
        this.pedidoId = pedidoId;
        this.answers = answers;
        this.inner = inner;
    }

    @Override
    public <T> T call(String dependency, Callable<T> call) throws Exception {
        return inner.call(dependency, call);
    }

    @Override
    public Answer ask(String dependency, String key, Callable<Reply> question) throws Exception {
        var asked = new Question(dependency, key, pedidoId);
        var kept = kept(asked);
        if (kept.isPresent()) {
            return kept.get();
        }
        if (answers.claim(asked)) {
            return answered(asked, question);
        }
        // Either it was answered in between, or another pedido is asking.
        return kept(asked)
                .orElseThrow(() ->
                        new DependencyBusy(dependency, SOON, "another pedido asks " + dependency + " the same now"));
    }

    private Optional<Answer> kept(Question asked) {
        return answers.find(asked).map(CachingCalls::answer);
    }

    private static Answer answer(CachedAnswer kept) {
        return new Answer(StrictJson.readStored(kept.content()), kept.askedAt());
    }

    private Answer answered(Question asked, Callable<Reply> question) throws Exception {
        try {
            var timed = inner.call(asked.dependencia(), () -> new Timed(question.call(), System.nanoTime()));
            var reply = timed.reply();
            var at = answers.keep(asked, reply.content().toString(), timed.answeredAt(), reply.timeToLive());
            return new Answer(reply.content(), at);
        } catch (Exception | Error e) {
            release(asked);
            throw e;
        }
    }

    private void release(Question asked) {
        try {
            answers.release(asked);
        } catch (RuntimeException e) {
            FAULTS.warn(
                    "a question failed and could not be released; other pedidos with the same question wait until this one"
                            + " expires",
                    e);
        }
    }
}
