package dev.pedidos.tools.stack.home;

import dev.pedidos.shared.config.Env;
import dev.pedidos.shared.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code run/env}: the addresses of the running system as shell variables with credentials, readable by its owner
 * only.
 */
public final class RunEnv {
    public static final String API_URL = Env.API_URL;
    public static final String AMQP_URI = Settings.AMQP_URI.name();
    public static final String DATABASE_URL = Settings.DATABASE_URL.name();
    public static final String MANAGEMENT_URL = "RABBITMQ_MANAGEMENT_URL";

    private static final Pattern LINE = Pattern.compile("(\\w+)='(.*)'");
    private static final String QUOTE_INSIDE = "'\\''";

    private RunEnv() {}

    public static void write(Home home, Map<String, String> variables) throws IOException {
        PrivateFile.write(
                home.env(),
                variables.entrySet().stream()
                        .map(each -> each.getKey() + "='" + each.getValue().replace("'", QUOTE_INSIDE) + "'\n")
                        .collect(Collectors.joining()));
    }

    /** Empty if nothing runs. */
    public static Map<String, String> read(Home home) throws IOException {
        Map<String, String> variables = new LinkedHashMap<>();
        if (Files.exists(home.env())) {
            for (String line : Files.readAllLines(home.env())) {
                var matcher = LINE.matcher(line);
                if (matcher.matches()) {
                    variables.put(matcher.group(1), matcher.group(2).replace(QUOTE_INSIDE, "'"));
                }
            }
        }
        return variables;
    }

    public static void delete(Home home) throws IOException {
        Files.deleteIfExists(home.env());
    }
}
