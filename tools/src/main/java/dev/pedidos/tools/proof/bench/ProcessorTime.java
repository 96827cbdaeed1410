package dev.pedidos.tools.proof.bench;

import dev.pedidos.shared.text.Digits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The processor time of the parts, from the operating system's accounting, which counts in steps of 10 ms. A part is a
 * process; a server is one with its descendants. It is sampled, so that a window may be chosen afterwards.
 */
final class ProcessorTime implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final double KIB_OF_A_MIB = 1024;

    private record Sample(Instant at, Map<Part, Duration> used) {}

    private final Map<Part, Supplier<Stream<ProcessHandle>>> parts = new ConcurrentHashMap<>();
    private final List<Sample> samples = new ArrayList<>();
    private final Thread sampler =
            Thread.ofPlatform().name("processor-time").daemon().unstarted(this::sampleAgainAndAgain);

    void start() {
        sampler.start();
    }

    void watch(Part part, long pid) {
        ProcessHandle.of(pid).ifPresent(process -> parts.put(part, () -> Stream.of(process)));
    }

    void watchServer(Part part, long pid) {
        ProcessHandle.of(pid)
                .ifPresent(process -> parts.put(part, () -> Stream.concat(Stream.of(process), process.descendants())));
    }

    void forget(Part part) {
        parts.remove(part);
    }

    private void sampleAgainAndAgain() {
        try {
            while (true) {
                sample();
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** Between the regular samples, at the beginning or the end of a window. */
    void sample() {
        Map<Part, Duration> used = new EnumMap<>(Part.class);
        parts.forEach((part, processes) -> used.put(part, used(processes.get())));
        synchronized (samples) {
            samples.add(new Sample(Instant.now(), used));
        }
    }

    private static Duration used(Stream<ProcessHandle> processes) {
        return processes
                .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * Between the samples nearest to the two moments. A part that was not watched at both is left out; all are, if that is one
     * and the same sample.
     */
    Map<Part, Duration> between(Instant from, Instant to) {
        var first = nearest(from);
        var last = nearest(to);
        Map<Part, Duration> spent = new EnumMap<>(Part.class);
        if (first == last) {
            return spent;
        }
        last.used().forEach((part, used) -> {
            var before = first.used().get(part);
            if (before != null && used.compareTo(before) >= 0) {
                spent.put(part, used.minus(before));
            }
        });
        return spent;
    }

    private Sample nearest(Instant moment) {
        synchronized (samples) {
            return samples.stream()
                    .min((a, b) -> distance(a, moment).compareTo(distance(b, moment)))
                    .orElseThrow();
        }
    }

    private static Duration distance(Sample sample, Instant moment) {
        return Duration.between(sample.at(), moment).abs();
    }

    /** The resident memory of one process in MiB; empty where the system has no {@code /proc}. */
    static OptionalDouble residentMiB(long pid) {
        Path pages = Path.of("/proc", Long.toString(pid), "smaps_rollup");
        try (var lines = Files.lines(pages)) {
            return lines.filter(line -> line.startsWith("Rss:"))
                    .mapToDouble(line -> Digits.toLong(line.replaceAll("[^0-9]", "")) / KIB_OF_A_MIB)
                    .findFirst();
        } catch (IOException notLinux) {
            return OptionalDouble.empty();
        }
    }

    @Override
    public void close() {
        sampler.interrupt();
    }
}
