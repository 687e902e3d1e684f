package io.retrograd.session;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.Operation;
import io.retrograd.limit.Budget;

/** What a failed kernel's error becomes: TensorFlow's text with the line that names the operation. */
public final class RunErrors {
    private RunErrors() {}

    /** The error of that operation. */
    public static RuntimeException located(Throwable failure, Operation op) {
        if (failure instanceof OutOfMemoryError) {
            if (Budget.applies()) {
                throw Budget.exhausted();
            }
            return located(new NnError(ErrorKind.RESOURCE_EXHAUSTED_ERROR, "OOM when computing " + op.name()), op);
        }
        if (!(failure instanceof NnError mistake) || !isKernels(mistake.kind())) {
            return asIs(failure);
        }
        if (mistake.getMessage().contains("\n\t [[")) {
            return mistake;
        }
        String origin = op.origin() == null ? "" : op.origin().toString();
        String where = origin.isEmpty() ? "{{node " + op.name() + "}}" : "node " + op.name() + " (defined at " + origin + ") ";
        NnError named = new NnError(mistake.kind(), mistake.getMessage() + "\n\t [[" + where + "]]", mistake.getCause())
                .help(mistake.help());
        mistake.notes().forEach(named::note);
        if (!origin.isEmpty()) {
            named.note(op.name() + " was made at " + origin);
        }
        return named;
    }

    private static boolean isKernels(ErrorKind kind) {
        return kind.isA(ErrorKind.OP_ERROR);
    }

    static RuntimeException asIs(Throwable failure) {
        if (failure instanceof RuntimeException r) {
            return r;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        return new IllegalStateException(failure);
    }
}
