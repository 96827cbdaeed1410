package dev.pedidos.tools.stack.stores;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one at a time start or stop servers under a home: among processes by a file lock, among threads by a lock. */
final class HomeLock implements AutoCloseable {
    /** File locks are held for the whole JVM: a second one there is refused, not waited for. */
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
