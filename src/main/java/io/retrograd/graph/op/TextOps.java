package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.kernel.Broadcast;
import io.retrograd.limit.Budget;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Strings: joining, splitting, cutting, matching. */
final class TextOps {
    private TextOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "StringJoin" -> new StringJoin();
            case "StringSplit" -> new StringSplit();
            case "ReduceJoin" -> new ReduceJoin();
            case "Substr" -> new Substr();
            case "StringLength" -> new StringLength();
            case "StringStrip" -> new PerString(type, String::strip);
            case "StringLower" -> new PerString(type, s -> s.toLowerCase(Locale.ROOT));
            case "StringUpper" -> new PerString(type, s -> s.toUpperCase(Locale.ROOT));
            case "RegexReplace" -> new RegexReplace();
            case "RegexFullMatch" -> new RegexFullMatch();
            default -> null;
        };
    }

    static byte[] bytes(String s) {
        return s.getBytes(StandardCharsets.UTF_8);
    }

    /** Operations on text: nothing flows back through them. */
    abstract static class Text extends OpDef {
        Text(String type, String inputs, String outputs, String... attributes) {
            super(type, inputs, outputs, attributes);
        }

        @Override
        public void infer(ShapeContext c) {
            c.sameAsInput();
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    static final class StringJoin extends Text {
        StringJoin() {
            super("StringJoin", "inputs: N * string", "output: string", "N: int", "separator: string = ");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape all = Shape.scalar();
            for (int i = 0; i < c.inputCount(); i++) {
                Shape s = c.input(i);
                if (!s.hasRank()) {
                    all = Shape.unknown();
                    break;
                }
                if (s.rank() > 0) {
                    all = all.rank() == 0 ? s : c.mergeShapes(all, s);
                }
            }
            c.output(0, all);
        }

        @Override
        public void compute(KernelContext k) {
            int[] shape = {};
            for (int i = 0; i < k.inputCount(); i++) {
                int[] s = k.input(i).shape();
                if (s.length > 0) {
                    if (shape.length > 0 && !Arrays.equals(s, shape)) {
                        throw NnError.invalidArgument("Input shapes do not match: " + Broadcast.brackets(shape) + " vs. "
                                + Broadcast.brackets(s));
                    }
                    shape = s;
                }
            }
            NdArray out = k.output(0, shape);
            String separator = k.operation().attribute("separator");
            for (int e = 0; e < out.size(); e++) {
                StringBuilder s = new StringBuilder();
                for (int i = 0; i < k.inputCount(); i++) {
                    String part = FileOps.text(k.input(i), k.input(i).rank() == 0 ? 0 : e);
                    Budget.require(2L * (s.length() + part.length()));
                    s.append(i > 0 ? separator : "").append(part);
                }
                byte[] joined = bytes(s.toString());
                Budget.hold(joined, joined.length);
                out.setObject(e, joined);
            }
        }
    }

    static final class StringSplit extends Text {
        StringSplit() {
            super(
                    "StringSplit",
                    "input: string, delimiter: string",
                    "indices: int64, values: string, shape: int64",
                    "skip_empty: bool = true");
        }

        @Override
        public void infer(ShapeContext c) {
            c.withRank(0, 1);
            c.output(0, Shape.of(Shape.UNKNOWN, 2));
            c.output(1, Shape.of(Shape.UNKNOWN));
            c.output(2, Shape.of(2));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            String delimiters = FileOps.text(k.input(1), 0);
            boolean skip = k.operation().flag("skip_empty");
            List<long[]> places = new ArrayList<>();
            List<byte[]> parts = new ArrayList<>();
            int widest = 0;
            for (int i = 0; i < in.size(); i++) {
                List<String> own = split(FileOps.text(in, i), delimiters, skip);
                for (int j = 0; j < own.size(); j++) {
                    places.add(new long[] {i, j});
                    parts.add(bytes(own.get(j)));
                }
                widest = Math.max(widest, own.size());
            }
            NdArray indices = k.output(0, parts.size(), 2);
            NdArray values = k.output(1, parts.size());
            for (int i = 0; i < parts.size(); i++) {
                indices.setLong(2 * i, places.get(i)[0]);
                indices.setLong(2 * i + 1, places.get(i)[1]);
                values.setObject(i, parts.get(i));
            }
            NdArray shape = k.output(2, 2);
            shape.setLong(0, in.size());
            shape.setLong(1, widest);
        }

        /** Each character of {@code delimiters} separates; without any, every character is a part. */
        private static List<String> split(String text, String delimiters, boolean skip) {
            List<String> parts = new ArrayList<>();
            int from = 0;
            for (int i = 0; i <= text.length(); i++) {
                if (delimiters.isEmpty() ? i > from : i == text.length() || delimiters.indexOf(text.charAt(i)) >= 0) {
                    if (i > from || !skip) {
                        parts.add(text.substring(from, i));
                    }
                    from = delimiters.isEmpty() ? i : i + 1;
                }
            }
            return parts;
        }
    }

    static final class ReduceJoin extends Text {
        ReduceJoin() {
            super(
                    "ReduceJoin",
                    "inputs: string, reduction_indices: int32",
                    "output: string",
                    "keep_dims: bool = false",
                    "separator: string = ");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.input(0);
            if (!in.hasRank() || c.constant(1).isEmpty()) {
                return;
            }
            boolean[] gone = reduced(c.constant(1).get(), in.rank());
            List<Integer> dims = new ArrayList<>();
            for (int i = 0; i < in.rank(); i++) {
                if (!gone[i] || c.operation().flag("keep_dims")) {
                    dims.add(gone[i] ? 1 : in.dim(i));
                }
            }
            c.output(0, Shape.of(dims.stream().mapToInt(i -> i).toArray()));
        }

        private static boolean[] reduced(NdArray axes, int rank) {
            boolean[] gone = new boolean[rank];
            for (int i = 0; i < axes.size(); i++) {
                int a = axes.getInt(i);
                if (a < -rank || a >= rank) {
                    throw NnError.invalidArgument("Invalid reduction dimension " + a + " for input with " + rank + " dimension(s)");
                }
                gone[a < 0 ? a + rank : a] = true;
            }
            return gone;
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            boolean[] gone = reduced(k.input(1), in.rank());
            String separator = k.operation().attribute("separator");
            List<Integer> order = new ArrayList<>();
            List<Integer> shape = new ArrayList<>();
            int rows = 1;
            for (int i = 0; i < in.rank(); i++) {
                if (!gone[i]) {
                    order.add(i);
                    rows *= in.dim(i);
                }
                if (!gone[i] || k.operation().flag("keep_dims")) {
                    shape.add(gone[i] ? 1 : in.dim(i));
                }
            }
            for (int i = 0; i < k.input(1).size(); i++) {
                int a = k.input(1).getInt(i);
                order.add(a < 0 ? a + in.rank() : a);
            }
            NdArray turned = in.transpose(order.stream().mapToInt(i -> i).toArray()).copy();
            NdArray out = k.output(0, shape.stream().mapToInt(i -> i).toArray());
            int n = rows == 0 ? 0 : in.size() / rows;
            for (int r = 0; r < rows; r++) {
                StringBuilder s = new StringBuilder();
                for (int j = 0; j < n; j++) {
                    String part = FileOps.text(turned, r * n + j);
                    Budget.require(2L * (s.length() + part.length()));
                    s.append(j > 0 ? separator : "").append(part);
                }
                byte[] joined = bytes(s.toString());
                Budget.hold(joined, joined.length);
                out.setObject(r, joined);
            }
        }
    }

    static final class Substr extends Text {
        Substr() {
            super("Substr", "input: string, pos: T, len: T", "output: string", "T: int32|int64", "unit: string = BYTE");
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            NdArray out = k.output(0, in.shape());
            NdArray starts = k.input(1).broadcastTo(in.shape());
            NdArray lengths = k.input(2).broadcastTo(in.shape());
            for (int i = 0; i < in.size(); i++) {
                byte[] s = (byte[]) in.getObject(i);
                long at = starts.getLong(i);
                int from = (int) (at < 0 ? at + s.length : at);
                if (from < 0 || from > s.length) {
                    throw NnError.invalidArgument("pos " + at + " out of range for string b'"
                            + new String(s, StandardCharsets.UTF_8) + "' at index " + i);
                }
                int to = (int) Math.min(s.length, from + Math.max(0, lengths.getLong(i)));
                out.setObject(i, Arrays.copyOfRange(s, from, to));
            }
        }
    }

    static final class StringLength extends Text {
        StringLength() {
            super("StringLength", "input: string", "output: int32", "unit: string = BYTE");
        }

        @Override
        public void compute(KernelContext k) {
            NdArray out = k.output(0, k.input(0).shape());
            boolean characters = k.operation().attribute("unit").equals("UTF8_CHAR");
            for (int i = 0; i < out.size(); i++) {
                String s = FileOps.text(k.input(0), i);
                out.setLong(i, characters ? s.codePointCount(0, s.length()) : ((byte[]) k.input(0).getObject(i)).length);
            }
        }
    }

    static final class PerString extends Text {
        private final UnaryOperator<String> change;

        PerString(String type, UnaryOperator<String> change) {
            super(type, "input: string", "output: string", type.equals("StringStrip") ? new String[0] : new String[] {"encoding: string = "});
            this.change = change;
        }

        @Override
        public void compute(KernelContext k) {
            NdArray out = k.output(0, k.input(0).shape());
            for (int i = 0; i < out.size(); i++) {
                out.setObject(i, bytes(change.apply(FileOps.text(k.input(0), i))));
            }
        }
    }

    static final class RegexReplace extends Text {
        RegexReplace() {
            super(
                    "RegexReplace",
                    "input: string, pattern: string, rewrite: string",
                    "output: string",
                    "replace_global: bool = true");
        }

        @Override
        public void compute(KernelContext k) {
            NdArray out = k.output(0, k.input(0).shape());
            Pattern pattern = Pattern.compile(FileOps.text(k.input(1), 0));
            // RE2 writes groups as \1, Java as $1.
            String rewrite = FileOps.text(k.input(2), 0).replace("$", "\\$").replaceAll("\\\\(\\d)", "\\$$1");
            for (int i = 0; i < out.size(); i++) {
                Matcher m = pattern.matcher(FileOps.text(k.input(0), i));
                out.setObject(i, bytes(k.operation().flag("replace_global") ? m.replaceAll(rewrite) : m.replaceFirst(rewrite)));
            }
        }
    }

    static final class RegexFullMatch extends Text {
        RegexFullMatch() {
            super("RegexFullMatch", "input: string, pattern: string", "output: bool");
        }

        @Override
        public void compute(KernelContext k) {
            NdArray out = k.output(0, k.input(0).shape());
            Pattern pattern = Pattern.compile(FileOps.text(k.input(1), 0));
            for (int i = 0; i < out.size(); i++) {
                out.booleans()[i] = pattern.matcher(FileOps.text(k.input(0), i)).matches();
            }
        }
    }
}
