package io.retrograd.repl;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lib.numpy.ArrayValue;
import io.retrograd.lib.tf.TensorValue;
import io.retrograd.lib.tf.VariableValue;
import io.retrograd.show.Formula;
import io.retrograd.show.Names;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The list of {@code :vars}: what each name is bound to. */
final class Variables {
    private static final int LONGEST_VALUE = 48;

    private Variables() {}

    /** Names that the session itself binds. */
    static boolean isOwn(String name) {
        return name.startsWith("__") || name.matches("_\\d*");
    }

    private record Row(String name, String type, String shape, String value) {}

    static void show(Workspace workspace) {
        Machine m = workspace.machine();
        List<Row> rows = new ArrayList<>();
        for (String name : workspace.interpreter().variables().names()) {
            if (!workspace.isOwn(name)) {
                rows.add(row(workspace, m, name, workspace.interpreter().variables().get(name)));
            }
        }
        if (rows.isEmpty()) {
            workspace.print("no names are bound\n");
            return;
        }
        int names = rows.stream().mapToInt(r -> r.name().length()).max().orElse(1);
        int types = rows.stream().mapToInt(r -> r.type().length()).max().orElse(1);
        int shapes = rows.stream().mapToInt(r -> r.shape().length()).max().orElse(0);
        StringBuilder out = new StringBuilder();
        for (Row row : rows) {
            out.append(pad(row.name(), names)).append("  ").append(pad(row.type(), types)).append("  ");
            if (shapes > 0) {
                out.append(pad(row.shape(), shapes)).append("  ");
            }
            out.append(row.value());
            while (out.charAt(out.length() - 1) == ' ') {
                out.setLength(out.length() - 1);
            }
            out.append('\n');
        }
        workspace.print(out.toString());
    }

    private static String pad(String text, int width) {
        return String.format(Locale.ROOT, "%-" + width + "s", text);
    }

    private static Row row(Workspace workspace, Machine m, String name, Object value) {
        if (value instanceof TensorValue t) {
            String how = t.output().operation().inputCount() == 0
                    ? t.output().operation().type().toLowerCase(Locale.ROOT)
                    : "= " + Formula.of(t.output(), Names.of(workspace.interpreter().variables()));
            return new Row(name, "Tensor " + t.output().dtype().tfName(), t.output().shape().toString(), cut(how));
        }
        if (value instanceof VariableValue v) {
            return new Row(name, "Variable " + v.variable().dtype().tfName(), v.variable().shape().toString(), v.variable().name());
        }
        if (value instanceof ArrayValue a) {
            return new Row(name, "ndarray " + a.array().dtype().tfName(), Shape.of(a.array().shape()).toString(), text(m, value));
        }
        if (value instanceof ModuleValue module) {
            return new Row(name, "module", "", module.name());
        }
        return new Row(name, Semantics.typeOf(value).name(), "", text(m, value));
    }

    private static String text(Machine m, Object value) {
        try {
            return cut(Semantics.repr(m, value).replaceAll("\\s+", " "));
        } catch (NnError mistake) {
            return "(its repr fails: " + mistake.getMessage() + ")";
        }
    }

    private static String cut(String text) {
        return text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE - 1) + "…" : text;
    }
}
