package io.retrograd.lang.run;

/** What can stand on the left of an assignment. */
abstract class Target {
    abstract void assign(Frame f, Object value);

    abstract void delete(Frame f);
}
