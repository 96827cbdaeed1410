package dev.pedidos.shared.text;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, which every JDK has. */
public final class Sha256 {

    private static final int BYTES = 32;

    private Sha256() {}

    /** For content in several parts. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** In hexadecimal. */
    public static String hex(byte[] content) {
        return hex(content, BYTES);
    }

    /** @param bytes how many of the first bytes, in hexadecimal */
    public static String hex(byte[] content, int bytes) {
        return HexFormat.of().formatHex(digest().digest(content), 0, bytes);
    }
}
