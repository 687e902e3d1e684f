package io.retrograd.lang.run;

import io.retrograd.lang.tree.Script;
import io.retrograd.lang.tree.Source;

/** Parses a script; SyntaxError where it is wrong. */
@FunctionalInterface
public interface ScriptReader {
    Script read(Source source);
}
