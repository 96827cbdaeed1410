package dev.pedidos.shared.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Whatever a setting is set to, its text is in no message. */
class SecretsTest {

    private static final String CANARY = "c4nary~secret";

    static final List<String> GARBAGE = List.of(
            CANARY,
            "amqp://u:%s@a:5672,amqp://u:%s@b:5672/v/w",
            "amqp://u:%s@a:5672,u:%s@b:5672/v",
            "amqp://u:%s@a:port/v",
            "amqp://u:12/%s@b/v",
            "amqp://u:12?%s@b/v",
            "amqp://u:12#%s@b/v",
            "amqp://u:%s%%zz@b/v",
            "amqp://u:%s b@c/v",
            "amqp://u:p@%s:x/v",
            "amqp://u:%s@/v",
            "amqp:u:%s@b",
            "redis://:%s@broker",
            "postgresql://u:%s@a:1,b:99999/db",
            "postgresql://u:%s@a",
            "postgresql://u:12/%s@b/db",
            "jdbc:postgresql://u:%s@a@b/db",
            "jdbc:postgresql://a/db?password=%s%%",
            "jdbc:postgresql:%s",
            "postgresql://u:p@a/db?service=%s",
            "postgresql://u:p@a/db?service=nope&sslpassword=%s",
            "jdbc:postgresql://a/db?user=app;password=%s",
            "jdbc:postgresql://a/db;user=app;password=%s",
            "postgresql://u:p@a/db?connectTimeout=5;password=%s",
            "postgresql://u:p@a/db?connectTimeout=5%3Bpassword=%s",
            "jdbc:mysql://a/db?password=%s",
            "http://u:%s@a:15672",
            "/%s\n",
            "tcp://%s:1",
            "=%s",
            "\u0000%s");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @FieldSource("GARBAGE")
    void noSettingIsRepeated(String form) throws IOException {
        String garbage = form.replace("%s", CANARY).replace("%%", "%");
        var file = Files.writeString(folder.resolve("file"), garbage);
        for (var setting : Settings.ALL) {
            boolean isFile = setting.name().endsWith("_FILE");
            assertSaysNothing(setting, garbage);
            if (isFile) {
                assertSaysNothing(setting, file.toString());
            }
        }
    }

    private static void assertSaysNothing(Setting setting, String value) {
        var env = new Env(Map.of(setting.name(), value));
        var config = FleetConfig.from(env);
        var refusal = catchThrowable(env::check);

        var said = new StringWriter();
        refusal.printStackTrace(new PrintWriter(said));
        assertThat(said + " " + config)
                .as(setting.name())
                .contains("nothing was started")
                .doesNotContain(CANARY);
    }
}
