package io.retrograd.cli;

import io.retrograd.Evaluator;
import io.retrograd.lang.value.Place;

/** The words for a fault of Retrograd's own: that it is none of the script's, and the line it happened at. */
final class InternalFault {
    private InternalFault() {}

    static String describe(Evaluator interpreter, Throwable fault) {
        Place place = interpreter.machine().place();
        String where = place.isKnown() ? " at " + place.source().name() + ":" + place.span().line() : "";
        String what = fault.getMessage() == null ? "" : ": " + fault.getMessage();
        return "internal fault" + where + ": " + fault.getClass().getSimpleName() + what + "\n"
                + "   = this is a mistake in Retrograd, not in the script; run it with --debug and report what it prints\n";
    }
}
