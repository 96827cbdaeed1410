package dev.pedidos.shared.message;

import dev.pedidos.shared.config.TcpPorts;
import dev.pedidos.shared.text.Digits;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address that a client wants its webhooks at. Its query may hold a token of the client: {@link #toString} leaves the path
 * and the query out.
 *
 * @param host in lower case; an IPv6 address has its brackets
 * @param target path and query, as they stand in a request
 */
public record CallbackUrl(boolean tls, String host, int port, String target) {
    /** The message for a text that is no such address. */
    public static final String DEMAND =
            "must be an address such as https://hooks.example.com/pedidos, of up to 2000 characters, without user,"
                    + " password and fragment";

    private static final int LONGEST = 2_000;
    private static final Pattern FORM = Pattern.compile("(?i:(https?)://)"
            + "([A-Za-z0-9_](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}])"
            + "(?::([1-9][0-9]{0,4}))?"
            + "((?:[/?][A-Za-z0-9._~:/?@!$&'()*+,;=%\\[\\]-]*)?)");

    /** Empty if the text is not an address that webhooks can be sent to. */
    public static Optional<CallbackUrl> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (text.length() > LONGEST || !parts.matches()) {
            return Optional.empty();
        }
        boolean tls = parts.group(1).equalsIgnoreCase("https");
        int usual = tls ? 443 : 80;
        int port = parts.group(3) == null ? usual : Digits.toInt(parts.group(3));
        if (port > TcpPorts.HIGHEST) {
            return Optional.empty();
        }
        String target = parts.group(4);
        return Optional.of(new CallbackUrl(
                tls, parts.group(2).toLowerCase(Locale.ROOT), port, target.startsWith("/") ? target : "/" + target));
    }

    static boolean isValid(String text) {
        return parse(text).isPresent();
    }

    /** The part of the address that names the server: V16__webhooks.sql makes the same text. */
    public String endpoint() {
        return (tls ? "https://" : "http://") + host + ":" + port;
    }

    @Override
    public String toString() {
        return endpoint();
    }
}
