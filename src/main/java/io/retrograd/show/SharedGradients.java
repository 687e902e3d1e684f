package io.retrograd.show;

import io.retrograd.graph.Output;
import java.util.HashMap;
import java.util.Map;

/** The tensors that several operations give a share of their gradient: what the shares are called, and their sum. */
final class SharedGradients {
    /** More parts of a gradient than this are not named one by one. */
    private static final int MOST_PARTS = 4;

    private final Names names;

    /** How many operations give a tensor a share of its gradient. */
    private final Map<Output, Integer> parts = new HashMap<>();

    SharedGradients(Names names) {
        this.names = names;
    }

    void addPart(Output of) {
        parts.merge(of, 1, Integer::sum);
    }

    boolean isShared(Output o) {
        return parts.getOrDefault(o, 1) > 1;
    }

    /** {@code ∂L/∂a⁽¹⁾} */
    String part(Output of, int number) {
        StringBuilder raised = new StringBuilder();
        for (char digit : Integer.toString(number).toCharArray()) {
            raised.append("⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(digit - '0'));
        }
        return "∂L/∂" + names.of(of) + "⁽" + raised + "⁾";
    }

    /** {@code ∂L/∂a = ∂L/∂a⁽¹⁾ + ∂L/∂a⁽²⁾}; empty for a tensor that is used once. */
    String sum(Output o) {
        int n = parts.getOrDefault(o, 1);
        if (n < 2) {
            return "";
        }
        StringBuilder sum = new StringBuilder("∂L/∂" + names.of(o) + " = " + part(o, 1));
        for (int i = 2; i <= n && n <= MOST_PARTS; i++) {
            sum.append(" + ").append(part(o, i));
        }
        return n <= MOST_PARTS ? sum.toString() : sum + " + … + " + part(o, n);
    }

    /** The sum of the gradients of all reads of a variable, where it is used more than once. */
    String sumOfReads(Output variable) {
        for (Output o : parts.keySet()) {
            if (o == variable || Formula.isRead(o.operation()) && o.operation().input(0) == variable) {
                String sum = sum(o);
                if (!sum.isEmpty()) {
                    return sum;
                }
            }
        }
        return "";
    }
}
