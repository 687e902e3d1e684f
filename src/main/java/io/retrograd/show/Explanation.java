package io.retrograd.show;

import io.retrograd.tensor.NdArray;
import java.util.List;
import java.util.Map;

/**
 * One training step, explained: everything that a rendering shows. All values are those that the run itself computed.
 *
 * @param script the script's name
 * @param step which training step it is, from 1
 * @param formulas the loss as one equation or several
 * @param lossBefore what the step started from; null if the loss is not computed by the step
 * @param lossAfter the loss of the same batch after the update; null where it cannot be computed
 * @param otherLosses names of other tensors that the script trains
 */
public record Explanation(
        String script,
        long step,
        List<String> formulas,
        List<Tensor> fed,
        List<Forward> forward,
        Tensor loss,
        Double lossBefore,
        Double lossAfter,
        List<Backward> backward,
        List<Parameter> parameters,
        List<Change> changes,
        List<Warning> warnings,
        List<String> otherLosses) {

    /**
     * @param name what the script calls it
     * @param tensor its name in the graph
     */
    public record Tensor(String name, String tensor, NdArray value) {}

    /**
     * Where in the script something was made.
     *
     * @param line from 1; 0 if unknown
     * @param text the line itself
     */
    public record Origin(String file, int line, String text) {}

    /**
     * One operation of the forward pass.
     *
     * @param formula {@code y = a·w2}
     * @param times how often it ran; in a loop the value is that of the last time
     */
    public record Forward(
            String operation, String type, Origin origin, String formula, List<Tensor> inputs, Tensor output, int times) {}

    /**
     * One operation of the backward pass: the gradients that come in at its outputs, and what it makes of them.
     *
     * @param sums for what goes several ways in the forward pass, the incoming gradient as the sum of its parts
     */
    public record Backward(String operation, String type, Origin origin, List<Tensor> incoming, List<Flow> outgoing, List<String> sums, int times) {}

    /**
     * A variable that the step changes otherwise than by a gradient: a step counter, an average.
     *
     * @param formula empty where it is not known
     */
    public record Change(String name, String variable, Origin origin, String formula, NdArray before, NdArray after) {}

    /**
     * The gradient of one input.
     *
     * @param formula {@code ∂L/∂w2 = aᵀ · ∂L/∂y}
     * @param gradient null where nothing needs it, and so it was not computed
     */
    public record Flow(String input, String formula, Tensor gradient) {}

    /**
     * A variable that the step changes.
     *
     * @param rule the update operation's type
     * @param sum the gradient as the sum of its parts where the variable is used several times; else empty
     * @param appliedFormula how {@code applied} comes from the gradient g; empty where it is the gradient
     * @param hyperparameters by the operation's argument names
     * @param schedules how those hyperparameters that are computed are
     * @param slots what the optimizer remembers beside the variable, before and after
     * @param applied the gradient that the rule used; other than {@code gradient} if the script changed it in between
     * @param equations the rule with the numbers of one element put in
     */
    public record Parameter(
            String name,
            String variable,
            Origin origin,
            String rule,
            NdArray before,
            NdArray gradient,
            NdArray applied,
            String appliedFormula,
            NdArray after,
            Map<String, Double> hyperparameters,
            Map<String, String> schedules,
            List<Slot> slots,
            String sum,
            String ruleFormula,
            List<String> equations,
            List<Check> checks) {}

    /** A slot variable of an optimizer. */
    public record Slot(String name, NdArray before, NdArray after) {}

    /**
     * The gradient of one element compared with (L(w+h) − L(w−h)) / 2h.
     *
     * @param slopes where the loss bends at this very place, the differences to the left and to the right; else null
     * @param noise how far rounding of the loss alone may move the difference
     */
    public record Check(int[] index, double gradient, double difference, double h, double noise, boolean agrees, double[] slopes) {}

    /** What deserves attention: a message's key and what to fill in. */
    public record Warning(String key, List<Object> arguments) {}
}
