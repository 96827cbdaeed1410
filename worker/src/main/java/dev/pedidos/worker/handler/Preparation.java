package dev.pedidos.worker.handler;

/** What {@link Handler#prepare} passes to {@link Handler#apply}. Implement it with a record of your own. */
public interface Preparation {

    /** Nothing was prepared. */
    Preparation NONE = new Preparation() {};
}
