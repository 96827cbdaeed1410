package dev.pedidos.tools.stack.stores;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one process at a time start or stop servers under a home, by a file lock, and one thread at a time within a
 * process.
 */
final class HomeLock implements AutoCloseable {
    /** A JVM holds a file lock as a whole: a second thread would get an exception instead of waiting. */
    private static final ReentrantLock THREADS = new ReentrantLock();

    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    static HomeLock take(HomeFiles files) throws IOException {
        Path file = files.home().resolve("run").resolve("stores.lock");
        THREADS.lock();
        try {
            Files.createDirectories(files.home().resolve("run"));
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.lock();
            return new HomeLock(channel);
        } catch (IOException e) {
            THREADS.unlock();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            THREADS.unlock();
        }
    }
}
