package io.retrograd.show;

import io.retrograd.Interpreter;
import io.retrograd.error.NnError;
import io.retrograd.gradient.Backpropagation;
import io.retrograd.lib.tf.TfState;
import java.util.function.Consumer;

/** Runs a script to a training step and explains that step. */
public final class StepExplanation {
    /** Ends the script after the step; no script can catch it. */
    private static final class StepReached extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StepReached() {
            super(null, null, false, false);
        }
    }

    /**
     * What came of it.
     *
     * @param explanation null if the script did not come to the step
     * @param error what ended the script before; null if nothing did
     * @param runs how many times the script ran a session
     * @param steps how many of those runs were training steps
     * @param hasGradients whether the script built gradients at all
     */
    public record Outcome(Explanation explanation, NnError error, long runs, long steps, boolean hasGradients) {}

    private StepExplanation() {}

    /**
     * @param run runs the script in that interpreter
     * @param step which training step, from 1
     * @param loss only steps that train the tensor of that name count; empty for any
     */
    public static Outcome of(Interpreter interpreter, String script, Runnable run, long step, String loss) {
        Explanation[] made = new Explanation[1];
        Consumer<StepWatch.Recording> then = r -> {
            made[0] = Explainer.explain(r, script);
            throw new StepReached();
        };
        StepWatch watch = new StepWatch(step, loss, () -> Names.of(interpreter.variables()), then);
        TfState state = TfState.of(interpreter.machine());
        state.runObserver(watch);
        NnError error = null;
        try {
            run.run();
        } catch (StepReached reached) {
            return new Outcome(made[0], null, watch.runs(), watch.steps(), true);
        } catch (NnError problem) {
            error = problem;
        } finally {
            state.runObserver(null);
        }
        boolean gradients = !Backpropagation.of(state.largestGraph()).isEmpty();
        return new Outcome(made[0], error, watch.runs(), watch.steps(), gradients);
    }
}
