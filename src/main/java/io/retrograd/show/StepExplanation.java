package io.retrograd.show;

import io.retrograd.Evaluator;
import io.retrograd.error.NnError;
import io.retrograd.gradient.Backpropagation;
import io.retrograd.graph.Graph;
import io.retrograd.lib.tf.TfState;
import io.retrograd.session.RunObserver;
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

    /** What a page shows: the step, and the training from the first step to the script's end. */
    public record Whole(Outcome outcome, TrainingCurve curve, Graph graph, Names names) {}

    /** The same as {@link #of}, but the script runs to its end, and its training is recorded. */
    public static Whole whole(Evaluator interpreter, String script, Runnable run, long step, String loss) {
        Explanation[] made = new Explanation[1];
        Graph[] graph = new Graph[1];
        Names[] names = new Names[1];
        TrainingCurve curve = new TrainingCurve();
        StepWatch watch = new StepWatch(step, loss, g -> Names.of(interpreter.variables(), g), r -> {
            made[0] = Explainer.explain(r, script);
            graph[0] = r.session().graph();
            names[0] = r.names();
            curve.recorded(r);
        });
        watch.record(curve);
        TfState state = TfState.of(interpreter.machine());
        RunObserver before = state.runObserver();
        state.runObserver(watch);
        NnError error = null;
        try {
            run.run();
        } catch (NnError problem) {
            error = problem;
        } finally {
            state.runObserver(before);
        }
        boolean gradients = !Backpropagation.of(state.largestGraph()).isEmpty();
        return new Whole(new Outcome(made[0], error, watch.runs(), watch.steps(), gradients), curve, graph[0], names[0]);
    }

    /**
     * @param run runs the script in that interpreter
     * @param step which training step, from 1
     * @param loss only steps that train the tensor of that name count; empty for any
     */
    public static Outcome of(Evaluator interpreter, String script, Runnable run, long step, String loss) {
        Explanation[] made = new Explanation[1];
        Consumer<StepWatch.Recording> then = r -> {
            made[0] = Explainer.explain(r, script);
            throw new StepReached();
        };
        StepWatch watch = new StepWatch(step, loss, g -> Names.of(interpreter.variables(), g), then);
        TfState state = TfState.of(interpreter.machine());
        RunObserver before = state.runObserver();
        state.runObserver(watch);
        NnError error = null;
        try {
            run.run();
        } catch (StepReached reached) {
            return new Outcome(made[0], null, watch.runs(), watch.steps(), true);
        } catch (NnError problem) {
            error = problem;
        } finally {
            state.runObserver(before);
        }
        boolean gradients = !Backpropagation.of(state.largestGraph()).isEmpty();
        return new Outcome(made[0], error, watch.runs(), watch.steps(), gradients);
    }
}
