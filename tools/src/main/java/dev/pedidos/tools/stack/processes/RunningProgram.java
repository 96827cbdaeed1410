package dev.pedidos.tools.stack.processes;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.stack.home.Home;
import dev.pedidos.tools.stack.home.LogTail;
import dev.pedidos.tools.stack.home.PidFile;
import dev.pedidos.tools.stack.home.PrivateFolder;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A program as a child process: standard output and error go to its log. */
public final class RunningProgram {
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final Duration ASK_EVERY = Duration.ofMillis(100);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    private final Program program;
    private final Process process;
    private final PidFile pidFile;
    private final ProcessLog log;
    private volatile boolean listens;

    private RunningProgram(Program program, Process process, PidFile pidFile, ProcessLog log) {
        this.program = program;
        this.process = process;
        this.pidFile = pidFile;
        this.log = log;
    }

    static RunningProgram start(Home home, Program program) throws IOException {
        Path log = home.log(program.name());
        return start(home, program, new ProcessLog(log, 0), ProcessBuilder.Redirect.to(log.toFile()));
    }

    /** Starts a program again; it continues the log of its earlier process. */
    public static RunningProgram startAgain(Home home, Program program) throws IOException {
        Path log = home.log(program.name());
        return start(home, program, ProcessLog.after(log), ProcessBuilder.Redirect.appendTo(log.toFile()));
    }

    private static RunningProgram start(Home home, Program program, ProcessLog log, ProcessBuilder.Redirect output)
            throws IOException {
        PrivateFolder.make(home.logFolder());
        var builder = new ProcessBuilder(JavaCommand.of(program.jar()))
                .directory(home.repository().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment().putAll(program.environment());
        PidFile pidFile = PidFile.of(home, program.name());
        Process process = builder.start();
        try {
            pidFile.write(process.pid());
        } catch (IOException e) {
            // Nothing would know of it.
            process.destroyForcibly();
            throw e;
        }
        return new RunningProgram(program, process, pidFile, log);
    }

    Program program() {
        return program;
    }

    public String name() {
        return program.name();
    }

    /** From this machine. */
    public URI url() {
        return program.url();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** @throws ProgramFailed if it ends first or takes too long */
    public void awaitReady(HttpClient http) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (!listens() || !isReady(http)) {
            if (process.waitFor(ASK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ProgramFailed(endedText());
            }
            if (System.nanoTime() > deadline) {
                throw new ProgramFailed(RootLocale.format(
                        "%s was not ready within %d s (GET %s/readyz). The end of %s:\n  %s",
                        name(), READY_WITHIN.toSeconds(), url(), log.path(), LogTail.of(log.path())));
            }
        }
    }

    /** Only its own log tells that: another program may listen on the port, and would answer in its place. */
    private boolean listens() throws IOException {
        listens = listens || log.saysThatItListensOn(program.port());
        return listens;
    }

    /** True if it has ended because somebody else had its port. */
    boolean couldNotListen() throws IOException {
        return !process.isAlive() && log.saysThatItCannotListen();
    }

    /** The message about a program that has ended by itself. */
    public String endedText() {
        return RootLocale.format(
                "%s (pid %d) ended with exit code %d. The end of %s:\n  %s",
                name(), process.pid(), process.exitValue(), log.path(), LogTail.of(log.path()));
    }

    /** DEGRADED is not enough: at the start both stores are up. */
    private boolean isReady(HttpClient http) throws InterruptedException {
        var request = HttpRequest.newBuilder(url().resolve("/readyz"))
                .timeout(ANSWER_WITHIN)
                .build();
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            return answer.statusCode() == 200 && answer.body().contains("\"READY\"");
        } catch (IOException notYet) {
            return false;
        }
    }

    public long pid() {
        return process.pid();
    }

    /** As {@code kill -9} does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** The same, without waiting for the end. */
    void destroy() {
        process.destroyForcibly();
    }

    /** Asks it to drain and end. */
    public void terminate() {
        process.destroy();
    }

    /** Waits for its end, then kills; true if it ended by itself. */
    public boolean awaitEnd(Duration patience) throws InterruptedException {
        boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        pidFile.delete();
        return ended;
    }
}
