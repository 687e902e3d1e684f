package io.retrograd.lib.tf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.retrograd.error.NnError;
import io.retrograd.graph.Operation;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.testing.ScriptRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Expressions create the operations that TensorFlow 1.15 was seen to create: types, names, order, and the result. (The
 * rows of {@code layers} were not seen: they are this program's own, checked against TensorFlow's sources by reading.)
 *
 * <p>A row is {@code `setup ## expression` → Type 'name'; … ⇒ result}, or {@code … !! Error: text}. In the setup
 * {@code x:f32[?,3]} is a placeholder; {@code …} in a name stands for the start of the name before.
 */
final class ObservedGraphsTest {
    private static final List<String> TABLES = List.of("math", "arrays", "gradients", "nn", "layers", "variables");

    static Stream<String> rows() throws IOException {
        List<String> rows = new ArrayList<>();
        for (String table : TABLES) {
            try (var in = ObservedGraphsTest.class.getResourceAsStream("/tf/" + table + ".txt")) {
                rows.addAll(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
            }
        }
        return rows.stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void createsTheSame(String row) {
        String code = row.substring(1, row.indexOf("` → "));
        String expected = row.substring(row.indexOf("` → ") + 3);
        int split = code.indexOf(" ## ");
        ScriptRun script = new ScriptRun();
        script.run("import tensorflow as tf\n" + (code.contains("np.") ? "import numpy as np\n" : ""));
        for (String step : split < 0 ? List.<String>of() : Setup.statements(code.substring(0, split))) {
            script.run(Setup.statement(step));
        }
        int before = operations(script).size();
        int error = expected.indexOf(" !! ");
        try {
            String expression = code.substring(split < 0 ? 0 : split + 4).replace("\\n", "\n").strip();
            script.run(expression.startsWith("with ") ? expression + "\nresult = r\n" : "result = " + expression + "\n");
        } catch (NnError e) {
            if (error < 0) {
                throw new AssertionError(e.getMessage(), e);
            }
            assertEquals(expected.substring(error + 4), e.kind().scriptName() + ": " + e.getMessage());
            compare(expected.substring(0, error).trim(), operations(script));
            return;
        }
        if (error >= 0) {
            fail("no error");
        }
        int arrow = expected.indexOf(" ⇒ ");
        String made = arrow < 0 ? expected : expected.substring(0, arrow);
        compare(made, operations(script).subList(before, operations(script).size()));
        if (arrow >= 0) {
            assertEquals(expected.substring(arrow + 3), show(script, script.variable("result")));
        }
    }

    private static List<Operation> operations(ScriptRun script) {
        return TfState.of(script.machine()).graph().operations();
    }

    private static void compare(String expected, List<Operation> made) {
        List<String> wanted = expected.isBlank() || expected.strip().equals("(nothing)") ? List.of() : List.of(expected.strip().split("; "));
        String all = made.stream().map(o -> o.type() + " '" + o.name() + "'").collect(Collectors.joining("; "));
        String last = "";
        for (int i = 0; i < wanted.size(); i++) {
            String type = wanted.get(i).substring(0, wanted.get(i).indexOf(' '));
            String name = wanted.get(i).substring(type.length() + 2, wanted.get(i).length() - 1);
            if (i == made.size()) {
                fail("misses " + wanted.get(i) + " in " + all);
            }
            Operation op = made.get(i);
            boolean same = op.name().equals(name);
            if (name.startsWith("…")) {
                String rest = name.substring(1);
                same = op.name().endsWith(rest)
                        && last.startsWith(op.name().substring(0, op.name().length() - rest.length()) + "/");
            }
            if (!same || !op.type().equals(type)) {
                fail("operation " + i + " is " + op.type() + " '" + op.name() + "', expected " + wanted.get(i) + ", in "
                        + all);
            }
            last = op.name();
        }
        assertEquals(wanted.size(), made.size(), all);
    }

    private static String show(ScriptRun script, Object value) {
        if (value instanceof TensorValue t) {
            return t.output().name() + " " + t.output().shape() + " " + t.output().dtypeName();
        }
        if (value instanceof VariableValue v) {
            return show(script, Tensors.wrap(v.variable().reference()));
        }
        if (value instanceof IndexedSlicesValue) {
            return "<tensorflow.python.framework.indexed_slices.IndexedSlices>";
        }
        if (value instanceof SparseTensorValue) {
            return "<tensorflow.python.framework.sparse_tensor.SparseTensor>";
        }
        if (value instanceof OutputTuple t) {
            return t.describe(x -> show(script, x));
        }
        if (value instanceof ListValue || value instanceof TupleValue) {
            List<String> parts = new ArrayList<>();
            var all = Semantics.iterate(script.machine(), value);
            for (Object x = all.next(script.machine()); x != null; x = all.next(script.machine())) {
                parts.add(show(script, x));
            }
            String inner = String.join(", ", parts);
            return value instanceof ListValue ? "[" + inner + "]" : "(" + inner + ")";
        }
        return value == None.NONE ? "None" : Semantics.repr(script.machine(), value);
    }
}
