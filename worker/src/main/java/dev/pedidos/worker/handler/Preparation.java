package dev.pedidos.worker.handler;

/** What {@link Handler#prepare} hands to {@link Handler#apply}: implement it with a record of your own. */
public interface Preparation {

    /** Nothing was prepared. */
    Preparation NONE = new Preparation() {};
}
