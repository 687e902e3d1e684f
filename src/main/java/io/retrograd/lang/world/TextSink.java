package io.retrograd.lang.world;

/** A stream of text to the outside. */
public interface TextSink {
    void write(String text);

    void flush();

    boolean isTerminal();

    /** Swallows everything. */
    TextSink NOWHERE = new TextSink() {
        @Override
        public void write(String text) {}

        @Override
        public void flush() {}

        @Override
        public boolean isTerminal() {
            return false;
        }
    };
}
