package io.retrograd.show;

import io.retrograd.error.NnError;
import io.retrograd.graph.Operation;
import io.retrograd.session.PlanKey;
import io.retrograd.session.RunObserver;
import io.retrograd.session.Session;
import io.retrograd.tensor.NdArray;

/**
 * Stops a script where an operation first makes a nan or an infinity: {@code --check-numerics}. Every run executes its
 * operations one by one for that; the run that fails leaves the variables as they were.
 */
public final class NumericsCheck implements RunObserver {
    private long runs;

    @Override
    public NdArray[] run(Session session, PlanKey key, NdArray[] feeds) {
        runs++;
        return session.runTraced(key, feeds, (op, results, nanos) -> {
            for (NdArray value : results) {
                if (value != null && value.dtype().isFloating()) {
                    check(op, value);
                }
            }
        });
    }

    private void check(Operation op, NdArray value) {
        boolean nan = false;
        boolean infinite = false;
        for (int i = 0; i < value.size(); i++) {
            double v = value.getDouble(i);
            nan |= Double.isNaN(v);
            infinite |= Double.isInfinite(v);
        }
        if (nan || infinite) {
            Explanation.Origin at = Explainer.origin(op);
            throw NnError.invalidArgument(op.name() + " : Tensor had " + (nan && infinite ? "Inf and NaN" : nan ? "NaN" : "Inf") + " values")
                    .help("first made in run " + runs + " of a session by a " + op.type()
                            + (at.line() == 0 ? "" : " that line " + at.line() + " made: " + at.text()));
        }
    }
}
