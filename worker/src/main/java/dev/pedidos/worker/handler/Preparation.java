package dev.pedidos.worker.handler;

/** The result of {@link Handler#prepare}, for {@link Handler#apply}. Implement it with a record of your own. */
public interface Preparation {

    /** Nothing was prepared. */
    Preparation NONE = new Preparation() {};
}
