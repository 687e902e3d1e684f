package io.retrograd.train;

import io.retrograd.error.NnError;
import io.retrograd.graph.Operand;
import io.retrograd.tensor.FloatText;
import io.retrograd.train.RuleOptimizer.Rule;
import io.retrograd.train.RuleOptimizer.Slot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The optimizers of TensorFlow that are one update operation each, and resilient backpropagation. */
public final class Rules {
    private Rules() {}

    private static Map<String, Operand> named(Object... pairs) {
        Map<String, Operand> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], (Operand) pairs[i + 1]);
        }
        return map;
    }

    /** Adagrad (Duchi et al. 2011). @throws NnError ValueError unless the accumulator starts above 0 */
    public static Optimizer adagrad(Operand rate, double start, boolean locking, String name) {
        positive(start);
        Rule rule = new Rule(
                "ApplyAdagrad", List.of(new Slot("accumulator", start, "Const")), List.of("learning_rate", "grad"));
        return new RuleOptimizer(name, locking, rule, named("learning_rate", rate));
    }

    /** Adadelta (Zeiler 2012). */
    public static Optimizer adadelta(Operand rate, Operand rho, Operand epsilon, boolean locking, String name) {
        Rule rule = new Rule(
                "ApplyAdadelta",
                List.of(new Slot("accum", 0, "zeros"), new Slot("accum_update", 0, "zeros")),
                List.of("lr", "rho", "epsilon", "grad"));
        return new RuleOptimizer(name, locking, rule, named("lr", rate, "rho", rho, "epsilon", epsilon));
    }

    /** RMSProp (Tieleman and Hinton 2012), centered as in Graves 2013 if asked. */
    public static Optimizer rmsProp(
            Operand rate, Operand decay, Operand momentum, Operand epsilon, boolean locking, boolean centered, String name) {
        Slot ms = new Slot("rms", 1, "ones");
        Slot mom = new Slot("momentum", 0, "zeros");
        List<String> order = List.of("learning_rate", "decay", "momentum", "epsilon", "grad");
        Map<String, Operand> hyper =
                named("learning_rate", rate, "decay", decay, "momentum", momentum, "epsilon", epsilon);
        Rule rule = centered
                ? new Rule(
                        "ApplyCenteredRMSProp",
                        List.of(ms, new Slot("mg", 0, "zeros"), mom),
                        List.of("mg", "rms", "momentum"),
                        order)
                : new Rule("ApplyRMSProp", List.of(ms, mom), order);
        return new RuleOptimizer(name, locking, rule, hyper);
    }

    /** Follow the regularized leader (McMahan et al. 2013). @throws NnError ValueError for strengths out of range */
    public static Optimizer ftrl(
            Operand rate,
            double power,
            double start,
            double l1,
            double l2,
            double shrinkage,
            boolean locking,
            String name,
            Map<String, Operand> hyper) {
        check(start >= 0, "initial_accumulator_value", start, "positive or zero");
        check(power <= 0, "learning_rate_power", power, "negative or zero");
        check(l1 >= 0, "l1_regularization_strength", l1, "positive or zero");
        check(l2 >= 0, "l2_regularization_strength", l2, "positive or zero");
        check(shrinkage >= 0, "l2_shrinkage_regularization_strength", shrinkage, "positive or zero");
        List<Slot> slots = List.of(new Slot("accum", start, ""), new Slot("linear", 0, "zeros"));
        List<String> order = shrinkage > 0
                ? List.of(
                        "grad",
                        "learning_rate",
                        "l1_regularization_strength",
                        "l2_regularization_strength",
                        "l2_shrinkage_regularization_strength",
                        "learning_rate_power")
                : List.of(
                        "grad",
                        "learning_rate",
                        "l1_regularization_strength",
                        "l2_regularization_strength",
                        "learning_rate_power");
        Rule rule = new Rule(shrinkage > 0 ? "ApplyFtrlV2" : "ApplyFtrl", slots, order);
        return new RuleOptimizer(name, locking, rule, hyper);
    }

    /** Gradient descent with a proximal step (Duchi and Singer 2009). */
    public static Optimizer proximalGradientDescent(Operand rate, Operand l1, Operand l2, boolean locking, String name) {
        Rule rule = new Rule(
                "ApplyProximalGradientDescent",
                List.of(),
                List.of("learning_rate", "l1_regularization_strength", "l2_regularization_strength", "grad"));
        return new RuleOptimizer(name, locking, rule, regularized(rate, l1, l2));
    }

    /** Adagrad with a proximal step. @throws NnError ValueError unless the accumulator starts above 0 */
    public static Optimizer proximalAdagrad(
            Operand rate, double start, Operand l1, Operand l2, boolean locking, String name) {
        positive(start);
        Rule rule = new Rule(
                "ApplyProximalAdagrad",
                List.of(new Slot("accumulator", start, "")),
                List.of("learning_rate", "l1_regularization_strength", "l2_regularization_strength", "grad"));
        return new RuleOptimizer(name, locking, rule, regularized(rate, l1, l2));
    }

    /**
     * Resilient backpropagation with weight-backtracking, as Riedmiller and Braun gave it ("A direct adaptive
     * method for faster backpropagation learning: the RPROP algorithm", ICNN 1993; the variant that Igel and
     * Hüsken later called Rprop+). TensorFlow never had it. It wants gradients of all the data, not of batches.
     *
     * @param start the first step of every weight
     */
    public static Optimizer rprop(
            double start, Operand shrink, Operand grow, Operand least, Operand most, boolean locking, String name) {
        List<Slot> slots = List.of(
                new Slot("previous", 0, "zeros"), new Slot("step", start, "Const"), new Slot("change", 0, "zeros"));
        Rule rule = new Rule("ApplyRprop", slots, List.of("eta_minus", "eta_plus", "step_min", "step_max", "grad"));
        return new RuleOptimizer(
                name, locking, rule, named("eta_minus", shrink, "eta_plus", grow, "step_min", least, "step_max", most));
    }

    private static Map<String, Operand> regularized(Operand rate, Operand l1, Operand l2) {
        return named("learning_rate", rate, "l1_regularization_strength", l1, "l2_regularization_strength", l2);
    }

    private static void positive(double start) {
        if (start <= 0) {
            throw NnError.value("initial_accumulator_value must be positive: " + FloatText.repr(start));
        }
    }

    private static void check(boolean holds, String parameter, double value, String wanted) {
        if (!holds) {
            throw NnError.value(parameter + " " + FloatText.format(value, 'f', 6, false) + " needs to be " + wanted);
        }
    }
}
