package io.retrograd.repl;

/** Where entries come from: the line editor, or a terminal that can do no more than lines. */
interface EntrySource {
    /** Reads the entry of that number. */
    Line entry(int number);

    /** Reads a line for a script that asks for input, behind the prompt that it has written. */
    Line text(String prompt);
}
