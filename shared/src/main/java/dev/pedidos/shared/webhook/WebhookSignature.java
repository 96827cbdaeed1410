package dev.pedidos.shared.webhook;

import dev.pedidos.shared.text.Digits;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The header {@code webhook-signature}: HMAC-SHA256 over id, time and body, one value for each secret. Source: Standard Webhooks
 * 1.0, "Signature scheme".
 */
public final class WebhookSignature {
    public static final String ID = "webhook-id";
    public static final String TIMESTAMP = "webhook-timestamp";
    public static final String SIGNATURE = "webhook-signature";

    /** How far the clocks of sender and receiver may be apart. */
    public static final int TOLERANCE_SECONDS = 300;

    private static final String VERSION = "v1,";

    private WebhookSignature() {}

    /** @param secrets the receiver may know one of them: while they are rotated, each is in use */
    public static String sign(List<WebhookSecret> secrets, String id, long seconds, byte[] body) {
        return secrets.stream()
                .map(secret -> VERSION + Base64.getEncoder().encodeToString(secret.sign(head(id, seconds), body)))
                .collect(Collectors.joining(" "));
    }

    /**
     * Checks a webhook that came.
     *
     * @param now in seconds since 1970
     * @return what is wrong with it; empty if it is genuine
     */
    public static Optional<String> fault(
            List<WebhookSecret> secrets, String id, String timestamp, String signatures, byte[] body, long now) {
        if (id.isEmpty() || timestamp.isEmpty() || signatures.isEmpty()) {
            return Optional.of("it has not all three of webhook-id, webhook-timestamp, webhook-signature");
        }
        if (!timestamp.matches("[0-9]{1,12}")) {
            return Optional.of("webhook-timestamp is no time");
        }
        long seconds = Digits.toLong(timestamp);
        if (Math.abs(now - seconds) > TOLERANCE_SECONDS) {
            return Optional.of("webhook-timestamp is more than " + TOLERANCE_SECONDS + " s away");
        }
        boolean genuine = secrets.stream()
                .map(secret -> secret.sign(head(id, seconds), body))
                .anyMatch(expected ->
                        Arrays.stream(signatures.split(" ", -1)).anyMatch(given -> matches(given, expected)));
        return genuine ? Optional.empty() : Optional.of("no signature is of a secret that is known here");
    }

    private static boolean matches(String given, byte[] expected) {
        if (!given.startsWith(VERSION)) {
            return false;
        }
        try {
            return MessageDigest.isEqual(expected, Base64.getDecoder().decode(given.substring(VERSION.length())));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String head(String id, long seconds) {
        return id + "." + seconds + ".";
    }
}
