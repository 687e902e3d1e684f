package io.retrograd.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.OpCall;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.op.StandardOps;
import io.retrograd.kernel.Kernels;
import io.retrograd.session.Session;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import io.retrograd.testing.Json;
import io.retrograd.testing.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** One record of the oracle: an operation with its inputs, and the values and gradients that TensorFlow 1.15 gave. */
final class OracleCase {
    private static final double ABSOLUTE = 1e-6;
    private static final double RELATIVE = 1e-5;

    private OracleCase() {}

    static Stream<Arguments> records() {
        List<Map<String, Object>> all = Json.lines("/oracle/ops.jsonl");
        List<Arguments> cases = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            cases.add(Arguments.of(i + 1, all.get(i).get("op"), all.get(i)));
        }
        return cases.stream();
    }

    /** Computes it in a session of the caller's; its inputs are constants, or fed where their shapes shall be unknown. */
    static void check(Map<String, Object> record, boolean unknown, Function<Graph, Session> sessions) {
        Graph g = new Graph(new StandardOps());
        Map<Output, NdArray> feeds = new LinkedHashMap<>();
        List<Output> inputs = new ArrayList<>();
        for (NdArray value : tensors(record.get("inputs"))) {
            boolean feed = unknown && value.dtype() == DType.FLOAT32;
            Output in = feed
                    ? g.op("Placeholder").attr("dtype", DType.FLOAT32).attr("shape", Shape.unknown()).output()
                    : g.constant(value, "Const");
            if (feed) {
                feeds.put(in, value);
            }
            inputs.add(in);
        }
        List<Output> outputs = build(g, record, inputs);
        List<Output> fetches = new ArrayList<>(outputs);
        List<Gradient> gradients = List.of();
        if (record.containsKey("upstream")) {
            gradients = gradients(g, record, inputs, outputs);
            for (Gradient gradient : gradients) {
                if (gradient != null) {
                    fetches.add(MathOps.dense(g, gradient));
                }
            }
        }
        NdArray[] values;
        try (Session session = sessions.apply(g)) {
            // Kernels fill the buffers of the run before: other values first, and nothing fetched directly.
            fetches.replaceAll(o -> g.op("Identity").input(o).output());
            Map<Output, NdArray> others = new LinkedHashMap<>();
            feeds.forEach((in, value) -> others.put(in, backwards(value)));
            try {
                session.run(fetches, List.of(), others);
            } catch (NnError outOfRange) {
                // Not every operation takes every value.
            }
            values = session.run(fetches, List.of(), feeds);
        }
        List<NdArray> expected = tensors(record.get("outputs"));
        for (int i = 0; i < expected.size(); i++) {
            assertEquals("", Tensors.difference(values[i], expected.get(i), ABSOLUTE, RELATIVE), "output " + i);
        }
        List<NdArray> expectedGradients = tensors(record.get("gradients"));
        int at = outputs.size();
        for (int i = 0; i < gradients.size(); i++) {
            NdArray want = expectedGradients.get(i);
            NdArray got = gradients.get(i) == null ? null : values[at++];
            if (want != null) {
                assertNotNull(got, "gradient " + i);
                assertEquals("", Tensors.difference(got, want, ABSOLUTE, RELATIVE), "gradient " + i);
            }
        }
    }

    private static NdArray backwards(NdArray value) {
        NdArray other = value.copy();
        for (int i = 0; i < value.size(); i++) {
            other.setDouble(i, value.getDouble(value.size() - 1 - i));
        }
        return other;
    }

    private static List<Gradient> gradients(
            Graph g, Map<String, Object> record, List<Output> inputs, List<Output> outputs) {
        List<Output> ys = new ArrayList<>();
        List<Output> upstream = new ArrayList<>();
        List<NdArray> given = tensors(record.get("upstream"));
        for (int i = 0; i < given.size(); i++) {
            if (given.get(i) != null) {
                ys.add(outputs.get(i));
                upstream.add(g.constant(given.get(i), "upstream"));
            }
        }
        return Gradients.gradients(g, ys, inputs, GradientOptions.standard().from(upstream));
    }

    private static List<NdArray> tensors(Object list) {
        List<NdArray> all = new ArrayList<>();
        for (Object t : list == null ? List.of() : (List<?>) list) {
            @SuppressWarnings("unchecked")
            Map<String, Object> tensor = (Map<String, Object>) t;
            all.add(tensor == null ? null : Tensors.of(tensor));
        }
        return all;
    }

    private static List<Output> build(Graph g, Map<String, Object> record, List<Output> in) {
        String type = (String) record.get("op");
        if (type.startsWith("composite:")) {
            return List.of(composite(g, type.substring("composite:".length()), in));
        }
        OpDef definition = g.definition(type);
        OpCall call = g.op(type);
        int lists = definition.inputs().stream().mapToInt(a -> a.isList() ? 1 : 0).sum();
        int at = 0;
        for (OpDef.Argument a : definition.inputs()) {
            if (a.isList()) {
                int count = in.size() - (definition.inputs().size() - lists);
                call.inputs(in.subList(at, at + count));
                at += count;
            } else {
                call.input(in.get(at++));
            }
        }
        ((Map<?, ?>) record.get("attrs")).forEach((key, value) -> {
            OpDef.Attribute a = definition.attributes().get((String) key);
            assertNotNull(a, "attribute " + key);
            call.attr((String) key, attribute(a.kind(), value));
        });
        return call.operation().outputs();
    }

    private static Object attribute(String kind, Object value) {
        return switch (kind) {
            case "type" -> DType.ofTfName((String) value).orElseThrow();
            case "float" -> ((Number) value).floatValue();
            case "int" -> ((Number) value).longValue();
            default -> value;
        };
    }

    private static Output composite(Graph g, String name, List<Output> in) {
        Output x = in.get(0);
        switch (name) {
            case "SigmoidCrossEntropyWithLogits": {
                Output c = MathOps.binary(g, "GreaterEqual", x, Literal.of(0), null);
                Output zeros = MathOps.unary(g, "ZerosLike", x, null);
                Output positive = g.op("Select").input(c).input(x).input(zeros).output();
                Output minus = g.op("Select").input(c).input(MathOps.negate(g, x)).input(x).output();
                return loss(g, positive, x, in.get(1), minus);
            }
            case "SigmoidCrossEntropyWithLogits2": {
                Output minus = MathOps.negate(g, MathOps.abs(g, x, null));
                return loss(g, MathOps.unary(g, "Relu", x, null), x, in.get(1), minus);
            }
            case "ClipByValue":
                return MathOps.clipByValue(g, x, in.get(1), in.get(2), null);
            case "CrossEntropyClip": {
                Output clipped = MathOps.clipByValue(g, x, Literal.of(1e-10), Literal.of(1.0), null);
                Output product = MathOps.times(g, in.get(1), MathOps.unary(g, "Log", clipped, null));
                Operand all = null;
                return MathOps.negate(g, MathOps.reduce(g, "Sum", product, all, false, null));
            }
            default:
                throw new IllegalArgumentException(name);
        }
    }

    /** positive - x z + log(1 + exp(minus)). */
    private static Output loss(Graph g, Output positive, Output x, Output z, Output minus) {
        Output linear = MathOps.minus(g, positive, MathOps.times(g, x, z));
        return MathOps.plus(g, linear, MathOps.unary(g, "Log1p", MathOps.unary(g, "Exp", minus, null), null));
    }
}
