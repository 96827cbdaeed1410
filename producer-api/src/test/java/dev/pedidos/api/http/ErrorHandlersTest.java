package dev.pedidos.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

class ErrorHandlersTest {

    private final RulesServer server = new RulesServer();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(ErrorHandlers.class);

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void close() {
        log.detachAppender(lines);
        server.close();
    }

    @Test
    void aFailedRequestIsLoggedWithItsRouteAndItsIdsAreNamedValues() throws Exception {
        for (String path : new String[] {"/failing/112223330001%381", "/refused/112223330001%381"}) {
            assertThat(server.call("GET " + path, "Accept: */*")).startsWith("HTTP/1.1 500");
        }

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("GET /failing/{id} answered 500"),
                        second -> assertThat(second).startsWith("GET /refused/{id} answered 500: "));
        assertThat(lines.list)
                .flatExtracting(ILoggingEvent::getKeyValuePairs)
                .extracting(KeyValuePair.class::cast)
                .allSatisfy(id -> {
                    assertThat(id.key).isEqualTo("id");
                    assertThat(id.value).isEqualTo("11222333000181");
                })
                .hasSize(2);
    }
}
