package io.retrograd.lang.world;

/** A stream of text to the outside. */
public interface TextSink {
    void write(String text);

    void flush();

    boolean isTerminal();
}
