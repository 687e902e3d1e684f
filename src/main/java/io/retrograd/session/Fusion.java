package io.retrograd.session;

import io.retrograd.graph.Operation;
import io.retrograd.kernel.FloatChain;
import io.retrograd.kernel.FloatLoop;
import io.retrograd.session.Value.Node;
import io.retrograd.tensor.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which operations of a plan become one step: elementwise ones that follow from each other are a chain, done in one pass.
 * A chain is known by its last operation.
 */
final class Fusion {
    private static final int MOST_OPERANDS = 16;

    /** Elementwise operations that cost as much as several additions. */
    private static final Set<String> FUNCTIONS = Set.of(
            "Sigmoid", "Tanh", "Exp", "Log", "Log1p", "Expm1", "Pow", "Softplus", "Elu", "Selu", "Erf", "Sin", "Cos", "Tan");

    private static final int FUNCTION_WEIGHT = 4;

    /** Operations between one and the end of its chain, among the updates: they are looked through one by one. */
    private static final int FARTHEST = 256;

    private final List<Node> nodes;
    private final List<Node> order = new ArrayList<>();
    private final Map<Node, List<Node>> members = new IdentityHashMap<>();

    /** Fuses what can be fused of these; some of them may fall away. */
    Fusion(List<Node> nodes) {
        this.nodes = nodes;
        masks();
        fuse();
        collect();
    }

    private void collect() {
        for (Node n : nodes) {
            if (n.chain != null) {
                members.computeIfAbsent(n.chain, k -> new ArrayList<>()).add(n);
            }
            if (n.chain == null || n.chain == n) {
                order.add(n);
            }
        }
    }

    /** One node for each step. */
    List<Node> order() {
        return order;
    }

    /** The operations of a chain in order, or the one that is none. */
    List<Node> members(Node last) {
        return members.getOrDefault(last, List.of(last));
    }

    /** A comparison whose truth values are only made floats of, as dropout does, becomes one elementwise operation. */
    private void masks() {
        for (Node cast : nodes) {
            Value truth = cast.x.operation.type().equals("Cast") ? cast.in[0] : null;
            Node comparison = truth == null ? null : truth.producer;
            if (comparison == null || cast.after || truth.users.size() > 1 || truth.wanted || comparison.after || !comparison.pure
                    || cast.out[0].dtype != DType.FLOAT32 || comparison.in[0].dtype != DType.FLOAT32) {
                continue;
            }
            Optional<FloatLoop> mask = comparison.x.definition.mask(comparison.x.operation);
            if (mask.isPresent() && Arrays.equals(truth.dims, cast.out[0].dims)) {
                comparison.kept = false;
                cast.also.add(comparison.x.operation);
                cast.in = comparison.in;
                cast.loop = mask.get();
                for (Value v : cast.in) {
                    v.root().users.replaceAll(n -> n == comparison ? cast : n);
                }
            }
        }
        nodes.removeIf(n -> !n.kept);
    }

    static Optional<FloatLoop> loop(Node n) {
        return n.loop != null ? Optional.of(n.loop) : n.x.definition.elementwise(n.x.operation);
    }

    static List<Operation> operations(List<Node> nodes) {
        List<Operation> all = new ArrayList<>();
        for (Node n : nodes) {
            all.addAll(n.also);
            all.add(n.x.operation);
        }
        return all;
    }

    private void fuse() {
        Map<Node, Set<Value>> operandsOf = new IdentityHashMap<>();
        for (int k = nodes.size() - 1; k >= 0; k--) {
            Node n = nodes.get(k);
            if (!isElementwise(n)) {
                continue;
            }
            n.chain = n;
            Value out = n.out[0];
            if (out.fetched || out.hasViews || out.users.isEmpty()) {
                continue;
            }
            Node chain = out.users.get(0).chain;
            if (chain == null || !Arrays.equals(chain.out[0].dims, out.dims) || chain.after && isOvertaken(k, chain)) {
                continue;
            }
            boolean theirs = true;
            for (Node user : out.users) {
                theirs &= user.chain == chain;
            }
            Set<Value> operands = operandsOf.computeIfAbsent(chain, c -> new HashSet<>(Arrays.asList(c.in)));
            if (theirs && operands.size() + n.in.length - 1 <= MOST_OPERANDS) {
                n.chain = chain;
                operands.remove(out);
                operands.addAll(Arrays.asList(n.in));
            }
        }
    }

    /** Whether a variable that the node reads is changed before the end of the chain, or may be. */
    private boolean isOvertaken(int at, Node chain) {
        Node n = nodes.get(at);
        for (int k = at + 1; nodes.get(k) != chain; k++) {
            if (k - at > FARTHEST) {
                return true;
            }
            Node between = nodes.get(k);
            for (int i : between.x.updated) {
                for (Value v : n.in) {
                    if (v.root() == between.in[i].root() || v.root().forwarded) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean isElementwise(Node n) {
        if (!n.pure || n.out.length != 1 || n.out[0].dtype != DType.FLOAT32 || n.out[0].dims == null
                || Specializer.product(n.out[0].dims) == 0 || n.in.length > 2
                || loop(n).isEmpty()) {
            return false;
        }
        for (Value v : n.in) {
            if (v.dtype != DType.FLOAT32 || v.dims == null || lie(v, n.out[0].dims) == null) {
                return false;
            }
        }
        return true;
    }

    /** How the operand lies over a result of that shape; null if in none of the simple ways. */
    static FloatChain.Operand lie(Value v, int[] over) {
        int n = (int) Specializer.product(over);
        int size = v.size();
        float[] fixed = v.constant == null ? null : v.constant.floats();
        if (size == n) {
            return new FloatChain.Operand(FloatChain.Lie.WHOLE, 1, fixed);
        }
        if (size == 1) {
            return new FloatChain.Operand(FloatChain.Lie.ONE, 1, fixed);
        }
        int[] d = new int[over.length];
        for (int i = 0; i < d.length; i++) {
            int at = i - (d.length - v.dims.length);
            d[i] = at < 0 ? 1 : v.dims[at];
        }
        int i = 0;
        while (d[i] == 1) {
            i++;
        }
        if (Arrays.equals(Arrays.copyOfRange(d, i, d.length), Arrays.copyOfRange(over, i, d.length))) {
            return new FloatChain.Operand(FloatChain.Lie.ROW, size, fixed);
        }
        int j = d.length;
        while (d[j - 1] == 1) {
            j--;
        }
        if (Arrays.equals(Arrays.copyOf(d, j), Arrays.copyOf(over, j))) {
            return new FloatChain.Operand(FloatChain.Lie.COLUMN, n / size, fixed);
        }
        return null;
    }

    /** How many additions they are worth. */
    static int weight(List<Node> nodes) {
        int sum = 0;
        for (Node n : nodes) {
            sum += FUNCTIONS.contains(n.x.operation.type()) ? FUNCTION_WEIGHT : 1;
        }
        return sum;
    }
}
