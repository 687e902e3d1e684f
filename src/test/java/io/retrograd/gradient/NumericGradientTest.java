package io.retrograd.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.retrograd.graph.Gradient;
import io.retrograd.graph.Graph;
import io.retrograd.graph.OpCall;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.op.StandardOps;
import io.retrograd.session.Session;
import io.retrograd.session.SessionOptions;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Gradients agree with differences of values, over random shapes and numbers, with static shapes known or not. */
final class NumericGradientTest {
    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 2e-6;

    record Row(String type, List<String> inputs, List<String> attributes) {}

    @Provide
    Arbitrary<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        try (var in = NumericGradientTest.class.getResourceAsStream("/gradients/operations.txt")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                if (!line.startsWith("#") && !line.isBlank()) {
                    String[] parts = line.split("\\|");
                    List<String> attributes = parts.length > 2 ? List.of(parts[2].trim().split(" +")) : List.of();
                    rows.add(new Row(parts[0].trim(), List.of(parts[1].trim().split(" *; *")), attributes));
                }
            }
        }
        return Arbitraries.of(rows);
    }

    @Property(tries = 1500)
    void gradientIsTheSlope(@ForAll("rows") Row row, @ForAll long seed, @ForAll boolean known) {
        Random random = new Random(seed);
        Graph g = new Graph(new StandardOps());
        List<Output> inputs = new ArrayList<>();
        Map<Output, NdArray> point = new LinkedHashMap<>();
        Map<String, Integer> sizes = new HashMap<>();
        int[] any = randomShape(random);
        for (String input : row.inputs()) {
            String text = isListed(input) ? input.substring(1) : input;
            if (text.startsWith("=")) {
                inputs.add(g.constant(constant(text.substring(1)), "Const"));
                continue;
            }
            int colon = text.indexOf(':');
            int[] shape = shape(text.substring(0, colon), any, sizes, random);
            Output x = g.op("Placeholder")
                    .attr("dtype", DType.FLOAT64)
                    .attr("shape", known ? Shape.of(shape) : Shape.unknownOfRank(shape.length))
                    .output();
            inputs.add(x);
            point.put(x, NdArray.zeros(DType.FLOAT64, shape));
        }
        fill(row, inputs, point, random);
        OpDef definition = g.definition(row.type());
        OpCall call = g.op(row.type());
        boolean list = definition.inputs().size() == 1 && definition.inputs().get(0).isList();
        if (list) {
            call.inputs(inputs);
        } else {
            arguments(row, inputs, call);
        }
        for (String attribute : row.attributes()) {
            String[] pair = attribute.split("=");
            call.attr(pair[0], value(definition.attributes().get(pair[0]).kind(), pair[1]));
        }
        Output y = call.output();
        try (Session session = new Session(g, SessionOptions.plain())) {
            check(g, session, y, point, random, row + " at " + point.values().stream().map(NdArray::staticShape).toList());
        }
    }

    private static boolean isListed(String input) {
        return input.startsWith("+") || input.startsWith("&");
    }

    /** Inputs with the same mark that follow each other are one list. */
    private static void arguments(Row row, List<Output> inputs, OpCall call) {
        int i = 0;
        while (i < inputs.size()) {
            String input = row.inputs().get(i);
            if (!isListed(input)) {
                call.input(inputs.get(i++));
                continue;
            }
            List<Output> together = new ArrayList<>();
            while (i < inputs.size() && row.inputs().get(i).charAt(0) == input.charAt(0)) {
                together.add(inputs.get(i++));
            }
            call.inputs(together);
        }
    }

    private static void check(
            Graph g, Session session, Output y, Map<Output, NdArray> point, Random random, String what) {
        NdArray weights = session.run(y, point).copy();
        for (int i = 0; i < weights.size(); i++) {
            weights.setDouble(i, random.nextDouble() * 2 - 1);
        }
        List<Output> xs = List.copyOf(point.keySet());
        List<Gradient> gradients = Gradients.gradients(
                g, List.of(y), xs, GradientOptions.standard().from(List.of(g.constant(weights, "weights"))));
        double expected = 0;
        Map<Output, NdArray> ahead = new LinkedHashMap<>();
        Map<Output, NdArray> behind = new LinkedHashMap<>();
        for (int i = 0; i < xs.size(); i++) {
            NdArray x = point.get(xs.get(i));
            NdArray slope = session.run(MathOps.dense(g, gradients.get(i)), point);
            assertEquals(x.staticShape(), slope.staticShape(), what);
            NdArray forth = x.copy();
            NdArray back = x.copy();
            for (int j = 0; j < x.size(); j++) {
                double direction = random.nextDouble() * 2 - 1;
                expected += direction * slope.getDouble(j);
                forth.setDouble(j, x.getDouble(j) + STEP * direction);
                back.setDouble(j, x.getDouble(j) - STEP * direction);
            }
            ahead.put(xs.get(i), forth);
            behind.put(xs.get(i), back);
        }
        double difference = weighted(session.run(y, ahead), weights) - weighted(session.run(y, behind), weights);
        double scale = 1 + Math.abs(expected);
        assertEquals(expected / scale, difference / (2 * STEP) / scale, TOLERANCE, what);
    }

    private static double weighted(NdArray y, NdArray weights) {
        double sum = 0;
        for (int i = 0; i < y.size(); i++) {
            sum += y.getDouble(i) * weights.getDouble(i);
        }
        return sum;
    }

    private static int[] randomShape(Random random) {
        int[] shape = new int[random.nextInt(4)];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = 1 + random.nextInt(3);
        }
        return shape;
    }

    private static int[] shape(String text, int[] any, Map<String, Integer> sizes, Random random) {
        if (text.equals("s")) {
            return any;
        }
        if (text.equals("b")) {
            int[] shape = Arrays.copyOfRange(any, random.nextInt(any.length + 1), any.length);
            for (int i = 0; i < shape.length; i++) {
                shape[i] = random.nextBoolean() ? shape[i] : 1;
            }
            return shape;
        }
        String[] names = text.isEmpty() ? new String[0] : text.split(",");
        int[] shape = new int[names.length];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = Character.isDigit(names[i].charAt(0))
                    ? Integer.parseInt(names[i])
                    : sizes.computeIfAbsent(names[i], n -> 1 + random.nextInt(4));
        }
        return shape;
    }

    private static NdArray constant(String text) {
        List<Integer> shape = new ArrayList<>();
        String first = text;
        while (first.startsWith("[")) {
            String inner = first.substring(1, first.length() - 1);
            int depth = 0;
            int count = inner.isEmpty() ? 0 : 1;
            int end = inner.length();
            for (int i = inner.length() - 1; i >= 0; i--) {
                depth += inner.charAt(i) == ']' ? 1 : inner.charAt(i) == '[' ? -1 : 0;
                if (inner.charAt(i) == ',' && depth == 0) {
                    count++;
                    end = i;
                }
            }
            shape.add(count);
            first = inner.substring(0, end);
        }
        String flat = text.replaceAll("[\\[\\]]", "");
        String[] parts = flat.isEmpty() ? new String[0] : flat.split(",");
        int[] dims = shape.stream().mapToInt(Integer::intValue).toArray();
        boolean truth = parts.length > 0 && parts[0].matches("[tf]");
        NdArray values = NdArray.zeros(truth ? DType.BOOL : DType.INT32, dims);
        for (int i = 0; i < parts.length; i++) {
            values.setLong(i, truth ? (parts[i].equals("t") ? 1 : 0) : Integer.parseInt(parts[i]));
        }
        return values;
    }

    private static Object value(String kind, String text) {
        return switch (kind) {
            case "bool" -> text.equals("true");
            case "int" -> Long.valueOf(text);
            case "float" -> Float.valueOf(text);
            case "type" -> DType.ofTfName(text).orElseThrow();
            case "list(int)" -> Arrays.stream(text.split(",")).map(Long::valueOf).toList();
            default -> text;
        };
    }

    /** Numbers that keep away from each other, so that no step crosses a tie. */
    private static void fill(Row row, List<Output> inputs, Map<Output, NdArray> point, Random random) {
        int count = point.values().stream().mapToInt(NdArray::size).sum();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            places.add(i);
        }
        Collections.shuffle(places, random);
        int next = 0;
        for (int k = 0; k < inputs.size(); k++) {
            NdArray x = point.get(inputs.get(k));
            if (x == null) {
                continue;
            }
            String range = row.inputs().get(k).substring(row.inputs().get(k).indexOf(':') + 1);
            double low = Double.parseDouble(range.substring(0, range.indexOf("..")));
            double high = Double.parseDouble(range.substring(range.indexOf("..") + 2));
            for (int i = 0; i < x.size(); i++) {
                double place = (places.get(next++) + 0.25 + random.nextDouble() / 2) / count;
                x.setDouble(i, low + (high - low) * place);
            }
        }
    }
}
