package io.retrograd.repl;

/** What came of reading: an entry, a line that was dropped with Ctrl-C, or the end of the input. */
sealed interface Line {
    record Entry(String text) implements Line {}

    record Dropped() implements Line {}

    record End() implements Line {}
}
