package dev.pedidos.api.http;

import dev.pedidos.shared.runtime.MemoryShare;
import java.nio.ByteBuffer;
import java.util.concurrent.Callable;

/** Reads answers that may be large into memory that is reserved first; answers 503 if there is none. */
public final class LargeAnswers {
    /** As it came from the database, and as it is put together. */
    private static final int FORMS = 2;

    private final MemoryShare memory;

    public LargeAnswers(MemoryShare memory) {
        this.memory = memory;
    }

    /** @param bytes the expected size */
    public AnswerBody read(long bytes, Callable<ByteBuffer> work) throws Exception {
        var reserved = memory.reserve(FORMS * bytes).orElseThrow(() -> new ProblemException(Problem.overloaded()));
        try {
            ByteBuffer answer = work.call();
            reserved.resize(Math.min(reserved.bytes(), answer.capacity()));
            return new AnswerBody(answer, reserved);
        } catch (Throwable e) {
            reserved.close();
            throw e;
        }
    }
}
