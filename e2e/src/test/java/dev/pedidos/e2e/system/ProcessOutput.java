package dev.pedidos.e2e.system;

import dev.pedidos.e2e.system.PedidosCommand.Ended;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What a process writes, read on a thread of its own: a process that hangs is killed, and the test says what it wrote. */
final class ProcessOutput {
    private final Process process;
    private final StringBuilder read = new StringBuilder();
    private int seen;
    private boolean ended;

    ProcessOutput(Process process) {
        this.process = process;
        var output = process.inputReader();
        Thread.ofPlatform().daemon().name("output of " + process.pid()).start(() -> readAll(output));
    }

    private void readAll(BufferedReader output) {
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                add(line + "\n");
            }
        } catch (IOException e) {
            add("its output cannot be read: " + e.getMessage() + "\n");
        }
        synchronized (this) {
            ended = true;
            notifyAll();
        }
    }

    private synchronized void add(String line) {
        read.append(line);
        notifyAll();
    }

    /** Waits for a line after those of the call before. */
    synchronized void awaitLine(String text, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        int found = lineWith(text);
        while (found < 0 && !ended && waited(end)) {
            found = lineWith(text);
        }
        if (found < 0) {
            throw failed(ended ? "ended without saying \"" + text + "\"" : "has not said \"" + text + "\"");
        }
        seen = found;
    }

    /** The end of the first such line; -1 if there is none. */
    private int lineWith(String text) {
        int at = read.indexOf(text, seen);
        return at < 0 ? -1 : read.indexOf("\n", at) + 1;
    }

    /** The whole output: whoever holds the other end of it may outlive the process. */
    Ended awaitEnd(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        if (!process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw failed("did not end within " + patience);
        }
        return new Ended(process.exitValue(), whole(end));
    }

    private synchronized String whole(long end) throws InterruptedException {
        while (!ended && waited(end)) {
            // More may come.
        }
        if (!ended) {
            throw failed("ended, and something that it started keeps its output open");
        }
        return read.toString();
    }

    /** False: the time is over. */
    private boolean waited(long end) throws InterruptedException {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left > 0) {
            wait(left);
        }
        return left > 0;
    }

    private synchronized AssertionError failed(String what) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        return new AssertionError("it " + what + ":\n" + read);
    }
}
