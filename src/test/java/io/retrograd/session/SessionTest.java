package io.retrograd.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.kernel.Kernels;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionTest {
    private final TestOps ops = new TestOps();
    private final Graph graph = new Graph(ops);
    private final Session session = new Session(graph, SessionOptions.plain());

    private Output variable(String name, float... initial) {
        Output v = graph.op("VariableV2").name(name).attr("dtype", DType.FLOAT32)
                .attr("shape", Shape.of(initial.length)).output();
        Output value = graph.constant(NdArray.of(initial), name + "/initial");
        session.run(graph.op("Assign").name(name + "/Assign").input(v).input(value).operation(), Map.of());
        return v;
    }

    private Output read(Output v) {
        return graph.op("Identity").input(v).output();
    }

    private Output add(Output a, Output b) {
        return graph.op("TestAdd").input(a).input(b).output();
    }

    private Output assignAdd(Output v, Output by) {
        return graph.op("AssignAdd").input(v).input(by).output();
    }

    private float[] run(Output o) {
        return session.run(o, Map.of()).toFloats();
    }

    @Test
    void computedTensorsShowTheValueBeforeAnUpdateAndReadsTheValueAfter() {
        Output w = variable("w", 1, 2);
        Output read = read(w);
        Output twice = add(read, read);
        Output update = assignAdd(w, twice);
        NdArray[] r = session.run(List.of(twice, read, w, update), List.of(), Map.of());
        assertArrayEquals(new float[] {2, 4}, r[0].toFloats());
        assertArrayEquals(new float[] {3, 6}, r[1].toFloats());
        assertArrayEquals(new float[] {3, 6}, r[2].toFloats());
        assertArrayEquals(new float[] {3, 6}, r[3].toFloats());
    }

    @Test
    void updatesTakeTheirOperandsBeforeAllUpdates() {
        Output a = variable("a", 1);
        Output b = variable("b", 10);
        Output swapA = graph.op("Assign").input(a).input(read(b)).output();
        Output swapB = graph.op("Assign").input(b).input(read(a)).output();
        session.run(List.of(), List.of(swapA.operation(), swapB.operation()), Map.of());
        assertArrayEquals(new float[] {10}, run(a));
        assertArrayEquals(new float[] {1}, run(b));
    }

    @Test
    void controlDependenciesOrderReads() {
        Output w = variable("w", 1);
        Output one = graph.constant(NdArray.of(new float[] {1}), "one");
        Output first = assignAdd(w, one);
        Output after;
        try (Graph.Block block = graph.controlDependencies(List.of(first.operation()))) {
            after = add(read(w), one);
        }
        assertArrayEquals(new float[] {3}, run(after));
        assertArrayEquals(new float[] {4}, run(after));
    }

    @Test
    void aFailedRunLeavesEveryVariableAsItWas() {
        Output a = variable("a", 1);
        Output b = variable("b", 10);
        Output one = graph.constant(NdArray.of(new float[] {1}), "one");
        Output first = assignAdd(a, one);
        Output fail = graph.op("TestFail").input(first).output();
        Output second = assignAdd(b, fail);
        ops.failing = true;
        NnError mistake = assertThrows(NnError.class, () -> run(second));
        assertEquals("injected\n\t [[{{node TestFail}}]]", mistake.getMessage());
        assertArrayEquals(new float[] {1}, run(a));
        assertArrayEquals(new float[] {10}, run(b));
        ops.failing = false;
        assertArrayEquals(new float[] {12}, run(second));
        assertArrayEquals(new float[] {2}, run(a));
    }

    /** Rows changed in place, a whole value replaced and rows of the new one changed: in every order, twice. */
    @Test
    void aFailedRunTakesRowsBack() {
        String[] orders = {"r", "rr", "w", "rw", "wr", "rwr", "wrw", "n", "rn", "nr", "rrrrrr"};
        for (String order : orders) {
            Output v = variable("v" + order, 1, 2, 3, 4);
            Output last = graph.constant(NdArray.of(new float[] {0, 0, 0, 0}), "zero" + order);
            for (char c : order.toCharArray()) {
                try (Graph.Block block = graph.controlDependencies(List.of(last.operation()))) {
                    last = switch (c) {
                        case 'r' -> graph.op("ScatterAdd").input(v).input(Literal.ofInts(1, 3, 1))
                                .input(graph.constant(NdArray.of(new float[] {1, 10, 100}), "by")).output();
                        case 'n' -> graph.op("ScatterNdAdd").input(v)
                                .input(graph.constant(NdArray.of(new int[] {0, 2}).reshape(2, 1), "at"))
                                .input(graph.constant(NdArray.of(new float[] {1000, 2000}), "by")).output();
                        default -> assignAdd(v, graph.constant(NdArray.of(new float[] {5, 5, 5, 5}), "five"));
                    };
                }
            }
            Output fail = graph.op("TestFail").input(last).output();
            float[] before = {1, 2, 3, 4};
            for (int round = 0; round < 3; round++) {
                ops.failing = true;
                assertThrows(NnError.class, () -> run(fail));
                assertArrayEquals(before, run(v), order);
                ops.failing = false;
                float[] after = before.clone();
                for (char c : order.toCharArray()) {
                    float[] by = c == 'r' ? new float[] {0, 101, 0, 10} : c == 'n' ? new float[] {1000, 0, 2000, 0} : new float[] {5, 5, 5, 5};
                    for (int i = 0; i < 4; i++) {
                        after[i] += by[i];
                    }
                }
                assertArrayEquals(after, run(fail), order);
                assertArrayEquals(after, run(v), order);
                before = after;
            }
        }
    }

    @Test
    void resultsAndFeedsBelongToTheCaller() {
        Output x = graph.op("Placeholder").attr("dtype", DType.FLOAT32).attr("shape", Shape.of(Shape.UNKNOWN)).output();
        Output sum = add(x, x);
        Output same = graph.op("Identity").input(x).output();
        NdArray fed = NdArray.of(new float[] {1, 2});
        NdArray[] first = session.run(List.of(sum, same, x), List.of(), Map.of(x, fed));
        fed.floats()[0] = 100;
        NdArray[] second = session.run(List.of(sum, same, x), List.of(), Map.of(x, fed));
        assertArrayEquals(new float[] {2, 4}, first[0].toFloats());
        assertArrayEquals(new float[] {1, 2}, first[1].toFloats());
        assertArrayEquals(new float[] {1, 2}, first[2].toFloats());
        assertArrayEquals(new float[] {200, 4}, second[0].toFloats());
        assertNotSame(first[0], second[0]);
    }

    @Test
    void aFetchedVariableNeverChangesLater() {
        Output w = variable("w", 1);
        NdArray before = session.run(w, Map.of());
        run(assignAdd(w, graph.constant(NdArray.of(new float[] {1}), "one")));
        assertEquals(1, before.getFloat(0));
    }

    @Test
    void constantsAreFoldedOnce() {
        Output one = graph.constant(NdArray.of(new float[] {1}), "one");
        Output two = add(one, one);
        run(two);
        run(two);
        assertEquals(1, ops.runs);
    }

    @Test
    void whatIsNotInitializedSaysWho() {
        Output v = graph.op("VariableV2").name("w").attr("dtype", DType.FLOAT32).attr("shape", Shape.of(2)).output();
        Output read = graph.op("Identity").name("w/read").input(v).output();
        NnError mistake = assertThrows(NnError.class, () -> run(add(read, read)));
        assertEquals("Attempting to use uninitialized value w\n\t [[{{node w/read}}]]", mistake.getMessage());
    }

    @Test
    void feedsAreChecked() {
        Output x = graph.op("Placeholder").attr("dtype", DType.FLOAT32)
                .attr("shape", Shape.of(Shape.UNKNOWN, 784)).output();
        NnError wrong = assertThrows(NnError.class,
                () -> session.run(x, Map.of(x, NdArray.zeros(DType.FLOAT32, 50, 2352))));
        assertEquals("Cannot feed value of shape (50, 2352) for Tensor 'Placeholder:0', which has shape '(?, 784)'",
                wrong.getMessage());
        NnError missing = assertThrows(NnError.class, () -> run(x));
        assertEquals("You must feed a value for placeholder tensor 'Placeholder' with dtype float and shape [?,784]"
                + "\n\t [[{{node Placeholder}}]]", missing.getMessage());
    }

    @Test
    void closedAndEmptySessions() {
        NnError empty = assertThrows(NnError.class, () -> session.run(List.of(), List.of(), Map.of()));
        assertEquals("The Session graph is empty.  Add operations to the graph before calling run().", empty.getMessage());
        Operation op = graph.op("NoOp").operation();
        session.close();
        NnError closed = assertThrows(NnError.class, () -> session.run(op, Map.of()));
        assertEquals("Attempted to use a closed Session.", closed.getMessage());
    }

    @Test
    void anInterruptAtAnyMomentLeavesAStepWholeOrUndone() {
        int[] calls = {-1};
        SessionOptions plain = SessionOptions.plain();
        Session interruptible = new Session(graph, new SessionOptions(1, Kernels.bySize(), () -> {
            if (calls[0] >= 0 && calls[0]-- == 0) {
                throw new NnError(ErrorKind.KEYBOARD_INTERRUPT, "");
            }
        }, plain.files(), plain.log()));
        List<Output> variables = new ArrayList<>();
        List<Operation> initializers = new ArrayList<>();
        List<Operation> updates = new ArrayList<>();
        Output one = graph.constant(NdArray.of(new float[] {1}), "one");
        Output sum = one;
        for (int i = 0; i < 40; i++) {
            Output v = graph.op("VariableV2").attr("dtype", DType.FLOAT32).attr("shape", Shape.of(1)).output();
            initializers.add(graph.op("Assign").input(v).input(one).operation());
            sum = add(sum, read(v));
            variables.add(v);
        }
        for (Output v : variables) {
            updates.add(assignAdd(v, sum).operation());
        }
        interruptible.run(List.of(), initializers, Map.of());
        int interrupted = 0;
        for (int moment = 0; moment < 20; moment++) {
            float[] before = values(interruptible, variables);
            calls[0] = moment;
            try {
                interruptible.run(List.of(), updates, Map.of());
                calls[0] = -1;
            } catch (NnError stop) {
                interrupted++;
                assertArrayEquals(before, values(interruptible, variables));
            }
        }
        assertTrue(interrupted > 3, "interrupted " + interrupted + " times");
    }

    private static float[] values(Session session, List<Output> variables) {
        NdArray[] all = session.run(variables, List.of(), Map.of());
        float[] values = new float[all.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = all[i].getFloat(0);
        }
        return values;
    }

    @Test
    void whatOnlyAGateAsksForIsNotComputed() {
        Output x = graph.op("Placeholder").attr("dtype", DType.FLOAT32).attr("shape", Shape.of(1)).output();
        Output used = add(x, x);
        Output unused = add(used, x);
        Operation gate;
        try (Graph.Block wait = graph.controlDependencies(List.of(used.operation(), unused.operation()))) {
            gate = graph.op("NoOp").name("f_grad/tuple/group_deps").operation();
        }
        Output gated;
        try (Graph.Block wait = graph.controlDependencies(List.of(gate))) {
            gated = graph.op("Identity").input(used).output();
        }
        session.run(gated, Map.of(x, NdArray.of(new float[] {1})));
        assertEquals(1, ops.runs);
    }
}
