package dev.pedidos.shared.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @Test
    void severalDatabasesAreNamedByHostsAndOnlyThePrimaryIsGood() {
        var url = DatabaseUrl.parse("postgresql://app:x@db_1:5433,db2/pedidos?targetServerType=any&connectTimeout=7");

        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://db_1:5433,db2:5432/pedidos");
        assertThat(url.parameters())
                .containsEntry("targetServerType", "any")
                .containsEntry("connectTimeout", "7")
                .containsKeys("hostRecheckSeconds", "sslResponseTimeout");
        assertThat(DatabaseUrl.parse("postgresql://app:x@a,b/pedidos").parameters())
                .containsEntry("targetServerType", "primary");
        assertThat(url).hasToString("jdbc:postgresql://db_1:5433,db2:5432/pedidos as app");
        assertThat(DatabaseUrl.parse("postgresql://app:x@order_db:5432/pedidos").jdbcUrl())
                .isEqualTo("jdbc:postgresql://order_db:5432/pedidos");
    }

    @Test
    void aDatabaseUrlIsTakenApartSoThatItsAddressCanBeLogged() {
        var url = DatabaseUrl.parse("postgresql://app:p%40ss%3Aword@db.example:6432/pedidos?sslmode=verify-full");
        assertThat(url)
                .isEqualTo(new DatabaseUrl(
                        "jdbc:postgresql://db.example:6432/pedidos",
                        "app",
                        "p@ss:word",
                        Map.of("sslmode", "verify-full")));
        assertThat(DatabaseUrl.parse("jdbc:postgresql://db/pedidos?user=app&password=x&loggerFile"))
                .isEqualTo(new DatabaseUrl("jdbc:postgresql://db:5432/pedidos", "app", "x", Map.of("loggerFile", "")));
    }

    @Test
    void theDriverGetsParametersAsPropertiesAndThoseOfTheAddressWin() {
        var url =
                DatabaseUrl.parse("postgresql://app:x@db/pedidos?sslpassword=a%26b%3D&connectTimeout=7&options=-c+a=b");

        assertThat(url.properties(Map.of("connectTimeout", "5", "socketTimeout", "45")))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "user", "app",
                        "password", "x",
                        "sslpassword", "a&b=",
                        "connectTimeout", "7",
                        "socketTimeout", "45",
                        "options", "-c a=b"));
        assertThat(url.toString()).doesNotContain("a&b", "a%26b");
    }

    /** An address is usually written for libpq, which such addresses come from. */
    @Test
    void theDriverGetsLibpqsParametersUnderItsOwnNames() {
        var url = DatabaseUrl.parse("postgresql://app:x@db/pedidos?connect_timeout=7&application_name=orders"
                + "&channel_binding=require&gssencmode=disable&sslmode=REQUIRE");

        assertThat(url.parameters())
                .isEqualTo(Map.of(
                        "connectTimeout", "7",
                        "ApplicationName", "orders",
                        "channelBinding", "require",
                        "gssEncMode", "disable",
                        "sslmode", "REQUIRE"));
    }

    @Test
    void parametersThatTheDriverCannotUseAreAllRefusedAtTheStart() {
        var env = new Env(Map.of(
                "AMQP_URI",
                "amqp://broker",
                "DATABASE_URL",
                "postgresql://app:secret@db/pedidos?sslmod=verify-full&SSLROOTCERT=/secret&sslmode=bogus"
                        + "&targetServerType=secret",
                "PEDIDOS_DATABASE_ADMIN_URL",
                "postgresql://db/pedidos?password=secret"));

        assertThatThrownBy(env::check)
                .hasMessageContainingAll(
                        "DATABASE_URL must be",
                        "the driver has no parameter sslmod",
                        "the driver has no parameter SSLROOTCERT",
                        "the parameter sslmode must be disable or allow or prefer or require or verify-ca or verify-full",
                        "the parameter targetServerType must be any or primary or",
                        "PEDIDOS_DATABASE_ADMIN_URL must be",
                        "it names no user")
                .hasMessageNotContainingAny("secret", "bogus");
    }

    @Test
    void aWordThatMayBeAPartOfAPasswordIsNotRepeated() {
        assertThatThrownBy(() -> DatabaseUrl.parse("postgresql://app:x@db/pedidos?p4ss~word"))
                .isInstanceOf(InvalidUrl.class)
                .hasMessageContaining("no parameter of the driver")
                .hasMessageNotContaining("p4ss");
        assertThatThrownBy(() -> DatabaseUrl.parse("postgresql://app:12/3?secret=4@db/pedidos"))
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/pedidos?user=app;password=secret",
                "jdbc:postgresql://db/pedidos;user=app;password=secret?user=app",
                "postgresql://app:x@db/pedidos?connectTimeout=5;password=secret",
            })
    void aSemicolonAfterTheHostsIsRefused(String url) {
        assertThatThrownBy(() -> DatabaseUrl.parse(url))
                .isInstanceOf(InvalidUrl.class)
                .hasMessageContaining("write parameters as ?name=value&name=value, and %3B for ;")
                .hasMessageNotContaining("secret");
        assertThat(DatabaseUrl.parse("postgresql://a%3Bb:c;d@db/e%3Bf").toString())
                .isEqualTo("jdbc:postgresql://db:5432/e%3Bf as a;b");
    }

    @ParameterizedTest
    @CsvSource({
        "connectTimeout=5%3Bsecret, a number",
        "receiveBufferSize=secret, a number",
        "tcpKeepAlive=secret, true or false",
        "gssencmode=secret, disable or allow or prefer or require",
        "channel_binding=secret, disable or prefer or require",
    })
    void aValueThatTheDriverCannotUseIsRefused(String parameter, String demand) {
        assertThatThrownBy(() -> DatabaseUrl.parse("postgresql://app:x@db/pedidos?" + parameter))
                .isInstanceOf(InvalidUrl.class)
                .hasMessageContaining(" must be " + demand)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "receiveBufferSize=-1",
                "unknownLength=2147483647",
                "tcpKeepAlive=true",
                "requireAuth=scram-sha-256,md5",
                "channel_binding=require",
                "ssl=true",
            })
    void aValueThatTheDriverTakesIsTaken(String parameter) {
        assertThat(DatabaseUrl.parse("postgresql://app:x@db/pedidos?" + parameter)
                        .parameters())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"service", "host", "port", "dbname", "PGHOST", "PGPORT", "PGDBNAME"})
    void aParameterThatNamesAnotherDatabaseIsRefused(String name) {
        assertThatThrownBy(() -> DatabaseUrl.parse("postgresql://db/pedidos?" + name + "=elsewhere"))
                .isInstanceOf(InvalidUrl.class)
                .hasMessageContaining("the parameter " + name + " is not allowed")
                .hasMessageNotContaining("elsewhere");
    }
}
