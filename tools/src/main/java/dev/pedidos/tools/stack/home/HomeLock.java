package dev.pedidos.tools.stack.home;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one process at a time do something under a home, by a lock on a file, and one thread at a time within a process.
 */
public final class HomeLock implements AutoCloseable {
    /** A JVM holds a file lock as a whole: a second thread would get an exception instead of waiting. */
    private static final ReentrantLock THREADS = new ReentrantLock();

    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    /** To look which commands run, and to write the pid file of one. */
    public static HomeLock ofCommands(Home home) throws IOException {
        return take(home.runFolder().resolve("commands.lock"));
    }

    public static HomeLock take(Path file) throws IOException {
        THREADS.lock();
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
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
