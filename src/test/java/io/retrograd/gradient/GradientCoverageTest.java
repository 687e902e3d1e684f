package io.retrograd.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.retrograd.exchange.OperationNames;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.op.StandardOps;
import io.retrograd.testing.Json;
import io.retrograd.testing.ScriptRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** No operation has a gradient that nothing checks: an oracle's record, a difference of values, or a case of {@code functions.nn}. */
final class GradientCoverageTest {
    /** They raise an error, as TensorFlow's do, or are the same definition under a name for references. */
    private static final Set<String> WITHOUT = Set.of(
            "ResizeArea", "SegmentProd", "SparseReduceMax", "SparseDenseCwiseAdd", "RefEnter", "RefExit", "RefIdentity", "RefMerge", "RefNextIteration", "RefSwitch");

    @Test
    void everyGradientIsChecked() throws IOException {
        Set<String> checked = new TreeSet<>(WITHOUT);
        for (Map<String, Object> record : Json.lines("/oracle/ops.jsonl")) {
            if (record.containsKey("upstream")) {
                checked.add((String) record.get("op"));
            }
        }
        for (String line : resource("/gradients/operations.txt").lines().toList()) {
            checked.add(line.split("\\|")[0].trim());
        }
        checked.addAll(LinearGradientTest.TYPES);
        ScriptRun script = new ScriptRun();
        script.run(resource("/gradients/functions.nn"));
        checked.addAll(Arrays.asList(script.printed().trim().split(" ")));

        StandardOps operations = new StandardOps();
        Set<String> unchecked = new TreeSet<>();
        for (String type : OperationNames.all()) {
            OpDef definition = operations.find(type);
            if (definition != null && !definition.isNotDifferentiable() && hasGradient(definition) && !checked.contains(type)) {
                unchecked.add(type);
            }
        }
        assertEquals(Set.of(), unchecked);
    }

    private static boolean hasGradient(OpDef definition) {
        for (Class<?> c = definition.getClass(); c != OpDef.class; c = c.getSuperclass()) {
            try {
                c.getDeclaredMethod("gradient", GradientContext.class);
                return true;
            } catch (NoSuchMethodException inherited) {
                // A class above may have it.
            }
        }
        return false;
    }

    private static String resource(String name) throws IOException {
        try (var in = GradientCoverageTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
