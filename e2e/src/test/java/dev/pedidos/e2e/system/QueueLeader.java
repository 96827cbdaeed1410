package dev.pedidos.e2e.system;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.stack.stores.KillableServers;
import dev.pedidos.tools.stack.stores.Stores;
import java.net.URI;

/** The process of the broker that leads a quorum queue. Without it the queue answers nothing. */
public record QueueLeader(KillableServers servers, Stores stores, String queue) {

    public void suspend() throws Exception {
        control("suspend");
    }

    public void resume() throws Exception {
        control("resume");
    }

    /** @param how a function of Erlang's module {@code sys} */
    private void control(String how) throws Exception {
        servers.rabbitmqctl(
                "eval",
                RootLocale.format(
                        "{ok, Q} = rabbit_amqqueue:lookup(rabbit_misc:r(<<\"%s\">>, queue, <<\"%s\">>)),"
                                + " {Leader, _} = amqqueue:get_pid(Q), sys:%s(Leader).",
                        URI.create(stores.amqpUri()).getPath().substring(1), queue, how));
    }
}
