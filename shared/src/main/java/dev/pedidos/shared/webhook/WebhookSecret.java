package dev.pedidos.shared.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key that webhooks are signed with. Its text is {@code whsec_} and the key in Base64. */
public final class WebhookSecret {
    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST_BYTES = 24;
    private static final int LONGEST_BYTES = 64;
    private static final int MOST = 10;

    private final SecretKeySpec key;

    private WebhookSecret(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * The secrets of a file: one in each line, the newest first. Empty lines and lines that begin with # are left out.
     *
     * @throws IllegalArgumentException says what is wrong, without the text
     */
    public static List<WebhookSecret> ofLines(String lines) {
        List<WebhookSecret> secrets = lines.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(WebhookSecret::ofStrong)
                .toList();
        if (secrets.isEmpty() || secrets.size() > MOST) {
            throw new IllegalArgumentException("it must have 1 to " + MOST + " secrets, one in each line");
        }
        return secrets;
    }

    private static WebhookSecret ofStrong(String text) {
        byte[] key = decoded(text);
        if (key.length < SHORTEST_BYTES || key.length > LONGEST_BYTES) {
            throw new IllegalArgumentException("a secret must have " + SHORTEST_BYTES + " to " + LONGEST_BYTES
                    + " bytes, before it is written in Base64");
        }
        return new WebhookSecret(key);
    }

    /** Of any length: the published examples are short. */
    static WebhookSecret of(String text) {
        return new WebhookSecret(decoded(text));
    }

    private static byte[] decoded(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a secret must begin with " + PREFIX);
        }
        try {
            return Base64.getDecoder().decode(text.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            // Not as the cause: its message quotes the text.
            throw new IllegalArgumentException("a secret must be " + PREFIX + " and Base64");
        }
    }

    byte[] sign(String head, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(head.getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
