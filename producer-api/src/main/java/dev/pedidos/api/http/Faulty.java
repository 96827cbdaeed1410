package dev.pedidos.api.http;

import dev.pedidos.shared.ledger.FaultLog;
import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.message.InvalidFields;
import dev.pedidos.shared.message.MalformedJson;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what handlers throw into problems: the one place that decides which. */
final class Faulty implements Routes {
    private static final Logger LOG = LoggerFactory.getLogger(Faulty.class);
    private static final FaultLog FAULTS = new FaultLog(LOG);

    @Override
    public void addTo(RoutesConfig routes) {
        routes.exception(ProblemException.class, (e, ctx) -> Exchange.problem(ctx, e.problem()));
        routes.exception(MalformedJson.class, (e, ctx) -> Exchange.problem(ctx, Problem.malformedJson(e.getMessage())));
        routes.exception(InvalidFields.class, (e, ctx) -> Exchange.problem(ctx, Problem.invalidFields(e.errors())));
        routes.exception(HttpResponseException.class, Faulty::refused);
        routes.exception(Exception.class, Faulty::unexpected);
    }

    private static void refused(HttpResponseException e, Context ctx) {
        String allowed = e.getDetails().get("availableMethods");
        if (allowed != null) {
            ctx.header("Allow", allowed);
            if (HandlerType.OPTIONS.equals(ctx.method())) {
                ctx.status(204);
                return;
            }
        }
        Exchange.problem(ctx, Problem.ofStatus(e.getStatus()));
    }

    private static void unexpected(Exception e, Context ctx) {
        if (LedgerFault.isIn(e)) {
            FAULTS.warn("requests are answered 503: the database failed", e);
            Exchange.problem(ctx, Problem.unavailable("The database does not answer; send it again a little later."));
        } else {
            LOG.error("{} {} answered 500", ctx.method(), ctx.path(), e);
            Exchange.problem(ctx, Problem.ofStatus(500));
        }
    }
}
