package dev.pedidos.shared.runtime;

import java.util.LinkedHashMap;
import java.util.Map;

/** Forgets an entry for each one beyond its bound. */
public final class BoundedMap<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;
    private static final int CAPACITY = 16;
    private static final float LOAD_FACTOR = 0.75f;

    private final int most;

    private BoundedMap(int most, boolean byAccess) {
        super(CAPACITY, LOAD_FACTOR, byAccess);
        this.most = most;
    }

    /** Forgets the one that was added first. */
    public static <K, V> BoundedMap<K, V> byInsertion(int most) {
        return new BoundedMap<>(most, false);
    }

    /** Forgets the one that was not used for the longest time. */
    public static <K, V> BoundedMap<K, V> byUse(int most) {
        return new BoundedMap<>(most, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
