package dev.pedidos.api.http;

import dev.pedidos.shared.ledger.FaultText;
import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.LedgerFaultLog;
import dev.pedidos.shared.message.InvalidFields;
import dev.pedidos.shared.message.MalformedJson;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Turns the exceptions of handlers into problems. This is the only place that chooses them. */
final class ErrorHandlers implements Routes {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorHandlers.class);
    private static final LedgerFaultLog FAULTS = new LedgerFaultLog(LOG);
    private static final String REFUSED =
            "The database refuses this request. Nothing was done, and sending it again does not help: tell the operator.";

    @Override
    public void addTo(RoutesConfig routes) {
        routes.exception(ProblemException.class, (e, ctx) -> HttpExchange.problem(ctx, e.problem()));
        routes.exception(
                MalformedJson.class, (e, ctx) -> HttpExchange.problem(ctx, Problem.malformedJson(e.getMessage())));
        routes.exception(InvalidFields.class, (e, ctx) -> HttpExchange.problem(ctx, Problem.invalidFields(e.errors())));
        routes.exception(HttpResponseException.class, ErrorHandlers::refused);
        routes.exception(Exception.class, ErrorHandlers::unexpected);
    }

    private static void refused(HttpResponseException e, Context ctx) {
        String allowed = e.getDetails().get("availableMethods");
        if (allowed != null) {
            ctx.header("Allow", allowed + ", OPTIONS");
            if (HandlerType.OPTIONS.equals(ctx.method())) {
                ctx.status(204);
                return;
            }
        }
        HttpExchange.problem(ctx, Problem.ofStatus(e.getStatus()));
    }

    private static void unexpected(Exception e, Context ctx) {
        LedgerFault.kindOf(e).ifPresentOrElse(kind -> database(kind, e, ctx), () -> {
            var route = RequestRoute.of(ctx);
            error(ctx).setCause(e).log("{} {} answered 500", route.method(), route.path());
            HttpExchange.problem(ctx, Problem.ofStatus(500));
        });
    }

    /** With the ids of the path, decoded: a percent sign within a CNPJ would hide it from the masking. */
    private static LoggingEventBuilder error(Context ctx) {
        var line = LOG.atError();
        for (var parameter : ctx.pathParamMap().entrySet()) {
            line = line.addKeyValue(parameter.getKey(), parameter.getValue());
        }
        return line;
    }

    private static void database(LedgerFault.Kind kind, Exception e, Context ctx) {
        switch (kind) {
            case CONTENT, CONFIGURATION -> {
                // Without the exception: the database's message quotes refused data.
                var route = RequestRoute.of(ctx);
                error(ctx)
                        .log(
                                "{} {} answered 500: the database refuses it until an operator repairs that; nothing was done ({})",
                                route.method(),
                                route.path(),
                                FaultText.describe(e));
                HttpExchange.problem(ctx, Problem.internalError(REFUSED));
            }
            case OUTAGE, LOGIN, CONTENTION, CANCELLED, OTHER -> {
                FAULTS.warn("requests are answered 503: the database failed", e);
                HttpExchange.problem(
                        ctx, Problem.unavailable("The database does not answer; send it again a little later."));
            }
        }
    }
}
