package io.retrograd.lang.parse;

/** What an interactive session should do with the text typed so far. */
public enum Completeness {
    /** Run it. */
    COMPLETE,
    /** Go on reading: a bracket, a text or a block is still open. */
    INCOMPLETE,
    /** Report its error: no further line can help. */
    WRONG
}
