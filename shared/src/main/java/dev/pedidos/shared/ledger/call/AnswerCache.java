package dev.pedidos.shared.ledger.call;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.SqlTime;
import dev.pedidos.shared.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Caches the answers of other systems in the ledger, and lets one pedido of the fleet ask a question at a time. */
public final class AnswerCache {

    /** A question, and the pedido that asks it. */
    public record Question(String dependencia, String chave, String pedidoId) {

        /** An entry of an index has 2,704 bytes at the most. No two keys are stored as the same. */
        private String storedKey() {
            byte[] bytes = chave.getBytes(StandardCharsets.UTF_8);
            return bytes.length > LONGEST_KEY_BYTES || chave.startsWith(HASHED) ? HASHED + Sha256.hex(bytes) : chave;
        }
    }

    private static final int LONGEST_KEY_BYTES = 2_000;
    private static final String HASHED = "sha256:";

    /**
     * A kept answer.
     *
     * @param content JSON
     */
    public record CachedAnswer(String content, Instant askedAt) {}

    private static final String FIND = Sql.named("answer_find");
    private static final String CLAIM = Sql.named("answer_claim");
    private static final String KEEP = Sql.named("answer_keep");
    private static final String RELEASE = Sql.named("answer_release");

    private final Database database;
    private final String worker;
    private final Duration longestCall;

    /**
     * @param worker the name of this process, whose lock it holds while it lives
     * @param longestCall after it the question counts as not asked
     */
    public AnswerCache(Database database, String worker, Duration longestCall) {
        this.database = database;
        this.worker = worker;
        this.longestCall = longestCall;
    }

    /** Empty if there is none that still serves. Its use is recorded. */
    public Optional<CachedAnswer> find(Question question) {
        return database.jdbi()
                .withHandle(handle -> asked(handle.createQuery(FIND), question)
                        .map((row, context) -> new CachedAnswer(
                                row.getString("resposta"),
                                row.getObject("consultado_em", OffsetDateTime.class)
                                        .toInstant()))
                        .findOne());
    }

    /** Whether this pedido is the one that asks now. */
    public boolean claim(Question question) {
        return database.jdbi()
                .withHandle(handle -> claimed(handle.createQuery(CLAIM), question)
                        .bind("seconds", SqlTime.seconds(longestCall))
                        .mapTo(String.class)
                        .findOne()
                        .isPresent());
    }

    /**
     * Keeps an answer, unless another pedido or worker has claimed the question meanwhile.
     *
     * @param content JSON
     * @param answeredAt by System.nanoTime
     * @return the time of the answer
     */
    public Instant keep(Question question, String content, long answeredAt, Duration timeToLive) {
        return database.jdbi()
                .withHandle(handle -> claimed(handle.createQuery(KEEP), question)
                        .bind("resposta", content)
                        .bind(
                                "ago_ms",
                                Duration.ofNanos(System.nanoTime() - answeredAt).toMillis())
                        .bind("seconds", SqlTime.seconds(timeToLive))
                        .mapTo(OffsetDateTime.class)
                        .one()
                        .toInstant());
    }

    /** The question was not answered. */
    public void release(Question question) {
        database.jdbi()
                .useHandle((Handle handle) ->
                        claimed(handle.createUpdate(RELEASE), question).execute());
    }

    private <S extends SqlStatement<S>> S claimed(S statement, Question question) {
        return asked(statement, question).bind("worker_id", worker);
    }

    private static <S extends SqlStatement<S>> S asked(S statement, Question question) {
        return statement
                .bind("dependencia", question.dependencia())
                .bind("chave", question.storedKey())
                .bind("pedido_id", question.pedidoId());
    }
}
