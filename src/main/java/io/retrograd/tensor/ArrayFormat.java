package io.retrograd.tensor;

import io.retrograd.limit.Budget;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Arrays as text, as numpy prints them since 1.14: columns aligned, long lines wrapped, arrays of more than 1000
 * elements summarised, and {@code array([…], dtype=…)} for repr.
 */
public final class ArrayFormat {
    private final PrintOptions options;
    private final Function<Object, String> objects;

    /**
     * @param options numpy's print options
     * @param objects the repr of an element of an OBJECT array
     */
    public ArrayFormat(PrintOptions options, Function<Object, String> objects) {
        this.options = options;
        this.objects = objects;
    }

    /** Numpy's {@code str} of {@code a} with the settings at start; for arrays without objects. */
    public static String str(NdArray a) {
        return new ArrayFormat(PrintOptions.DEFAULT, String::valueOf).toStr(a);
    }

    /** Numpy's {@code repr} of {@code a} with the settings at start; for arrays without objects. */
    public static String repr(NdArray a) {
        return new ArrayFormat(PrintOptions.DEFAULT, String::valueOf).toRepr(a, "array");
    }

    /** Numpy's {@code str(a)}; an array of shape () prints as its scalar. */
    public String toStr(NdArray a) {
        if (a.rank() == 0) {
            return scalarStr(a, 0);
        }
        return toText(a, " ", "", "");
    }

    /**
     * Numpy's {@code repr(a)}: {@code array([1., 2.], dtype=float32)}.
     *
     * @param className {@code array}, or {@code matrix}
     */
    public String toRepr(NdArray a, String className) {
        boolean typeShown = a.size() == 0 || switch (a.dtype()) {
            case FLOAT64, INT64, BOOL, COMPLEX128 -> false;
            default -> true;
        };
        String prefix = className + "(";
        String body = a.size() > 0 || a.rank() == 1
                ? toText(a, ", ", prefix, typeShown ? "," : ")")
                : "[], shape=" + tuple(a.shape());
        String text = prefix + body + (typeShown ? "," : ")");
        if (!typeShown) {
            return text;
        }
        String type = "dtype=" + typeText(a) + ")";
        int lastLine = text.length() - (text.lastIndexOf('\n') + 1);
        boolean wrap = lastLine + type.length() + 1 > options.lineWidth();
        return text + (wrap ? "\n" + " ".repeat(prefix.length()) : " ") + type;
    }

    /**
     * Numpy's {@code array2string}.
     *
     * @param separator between elements
     * @param prefix what the caller will write before the text; later lines are indented by its length
     * @param suffix what the caller will write after it; lines are kept shorter by its length
     */
    public String toText(NdArray a, String separator, String prefix, String suffix) {
        if (a.size() == 0) {
            return "[]";
        }
        boolean summarised = a.size() > options.threshold();
        PrintOptions.Element element = element(a, summarised ? corners(a) : allOf(a));
        Layout layout = new Layout(a, element, separator, summarised);
        return layout.text(0, 0, " " + " ".repeat(prefix.length()), options.lineWidth() - suffix.length());
    }

    /** Numpy's {@code str} of one element as a scalar: shortest digits, whatever the precision. */
    public String scalarStr(NdArray a, int flat) {
        return switch (a.dtype()) {
            case UNICODE -> (String) a.getObject(flat);
            default -> scalarRepr(a, flat);
        };
    }

    /** Numpy's (1.x) {@code repr} of one element as a scalar: shortest digits, strings quoted. */
    public String scalarRepr(NdArray a, int flat) {
        return switch (a.dtype()) {
            case FLOAT16 -> FloatText.reprHalf(a.getFloat(flat));
            case FLOAT32 -> FloatText.repr(a.getFloat(flat));
            case FLOAT64 -> FloatText.repr(a.getDouble(flat));
            case COMPLEX64, COMPLEX128 -> complexStr(a, flat);
            case BOOL -> a.getBoolean(flat) ? "True" : "False";
            case STRING -> TextLiteral.of((byte[]) a.getObject(flat));
            case UNICODE -> TextLiteral.of((String) a.getObject(flat));
            case OBJECT -> objects.apply(a.getObject(flat));
            case UINT64 -> Long.toUnsignedString(a.getLong(flat));
            default -> Long.toString(a.getLong(flat));
        };
    }

    private static String complexStr(NdArray a, int flat) {
        double re = a.getDouble(flat);
        double im = a.getImaginary(flat);
        boolean single = a.dtype() == DType.COMPLEX64;
        String i = complexPart(single ? FloatText.repr((float) im) : FloatText.repr(im)) + "j";
        if (re == 0 && !FloatText.negative(re)) {
            return i;
        }
        String r = complexPart(single ? FloatText.repr((float) re) : FloatText.repr(re));
        return "(" + r + (i.startsWith("-") ? "" : "+") + i + ")";
    }

    private static String complexPart(String s) {
        return s.endsWith(".0") ? s.substring(0, s.length() - 2) : s;
    }

    private String typeText(NdArray a) {
        return switch (a.dtype()) {
            case UNICODE -> "'<U" + textWidth(a) + "'";
            case STRING -> "'|S" + textWidth(a) + "'";
            default -> a.dtype().numpyName();
        };
    }

    /** The width of a string array's type: its longest element, at least 1. */
    public static int textWidth(NdArray a) {
        int width = 1;
        for (int i = 0; i < a.size(); i++) {
            Budget.check();
            Object v = a.getObject(i);
            width = Math.max(width, v instanceof byte[] b ? b.length : ((String) v).codePointCount(0, ((String) v).length()));
        }
        return width;
    }

    /** A shape as Python prints a tuple, with blanks: {@code (2, 0)}. */
    private static String tuple(int[] shape) {
        return NdArray.tuple(shape).replace(",", ", ").replace(", )", ",)");
    }

    // ---- what the column format is chosen from

    private static int[] allOf(NdArray a) {
        int[] all = new int[a.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = i;
        }
        return all;
    }

    /** The flat indices that a summary shows. */
    private int[] corners(NdArray a) {
        int[] flats = {0};
        for (int axis = 0; axis < a.rank(); axis++) {
            int n = a.dim(axis);
            int edge = options.edgeItems();
            int[] shown = n > 2 * edge ? new int[2 * edge] : new int[n];
            for (int i = 0; i < shown.length; i++) {
                shown[i] = i < edge || n == shown.length ? i : n - shown.length + i;
            }
            int[] next = new int[flats.length * shown.length];
            for (int i = 0; i < next.length; i++) {
                next[i] = flats[i / shown.length] * n + shown[i % shown.length];
            }
            flats = next;
        }
        return flats;
    }

    private PrintOptions.Element element(NdArray a, int[] shown) {
        PrintOptions.Element own = scriptFormat(a.dtype());
        if (own != null) {
            return own;
        }
        switch (a.dtype()) {
            case FLOAT16, FLOAT32, FLOAT64 -> {
                FloatColumn column = new FloatColumn(a.dtype(), values(a, shown), options, options.sign());
                return (x, i) -> column.text(x.getDouble(i));
            }
            case COMPLEX64, COMPLEX128 -> {
                DType part = a.dtype() == DType.COMPLEX64 ? DType.FLOAT32 : DType.FLOAT64;
                FloatColumn re = new FloatColumn(part, values(a, shown), options, options.sign());
                FloatColumn im = new FloatColumn(part,
                        Arrays.stream(shown).mapToDouble(a::getImaginary).toArray(), options, '+');
                return (x, i) -> {
                    String s = im.text(x.getImaginary(i));
                    String digits = s.stripTrailing();
                    return re.text(x.getDouble(i)) + digits + "j" + s.substring(digits.length());
                };
            }
            case BOOL -> {
                boolean pad = a.rank() > 0;
                return (x, i) -> x.getBoolean(i) ? pad ? " True" : "True" : "False";
            }
            case STRING, UNICODE, OBJECT -> {
                return this::scalarRepr;
            }
            default -> {
                int width = 0;
                for (int i : shown) {
                    width = Math.max(width, scalarRepr(a, i).length());
                }
                int w = width;
                return (x, i) -> {
                    String s = scalarRepr(x, i);
                    return " ".repeat(Math.max(0, w - s.length())) + s;
                };
            }
        }
    }

    private static double[] values(NdArray a, int[] shown) {
        double[] values = new double[shown.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = a.getDouble(shown[i]);
        }
        return values;
    }

    /** The script's own format for elements of type {@code t}, or null; the later of numpy's keys win. */
    private PrintOptions.Element scriptFormat(DType t) {
        String[] keys = switch (t) {
            case FLOAT16, FLOAT32, FLOAT64 -> new String[] {"float", "float_kind", "all"};
            case COMPLEX64, COMPLEX128 -> new String[] {"complexfloat", "complex_kind", "all"};
            case BOOL -> new String[] {"bool", "all"};
            case STRING, UNICODE -> new String[] {"numpystr", "str_kind", "all"};
            case OBJECT -> new String[] {"object", "all"};
            default -> new String[] {"int", "int_kind", "all"};
        };
        for (String key : keys) {
            PrintOptions.Element e = options.formatters().get(key);
            if (e != null) {
                return e;
            }
        }
        return null;
    }

    /** Lays out the elements of one array: brackets, wrapped rows, blank lines between blocks. */
    private final class Layout {
        private final NdArray array;
        private final PrintOptions.Element element;
        private final String separator;
        private final String bareSeparator;
        private final boolean summarised;

        Layout(NdArray array, PrintOptions.Element element, String separator, boolean summarised) {
            this.array = array;
            this.element = element;
            this.separator = separator;
            this.bareSeparator = separator.stripTrailing();
            this.summarised = summarised;
        }

        /** The text of the part of dimension {@code axis} on that begins at {@code flat}. */
        String text(int axis, int flat, String indent, int width) {
            int left = array.rank() - axis;
            if (left == 0) {
                return element.text(array, flat);
            }
            int n = array.dim(axis);
            int step = 1;
            for (int i = axis + 1; i < array.rank(); i++) {
                step *= array.dim(i);
            }
            int edge = options.edgeItems();
            boolean gap = summarised && n > 2 * edge;
            StringBuilder out = new StringBuilder();
            if (left == 1) {
                int room = width - Math.max(bareSeparator.length(), 1);
                StringBuilder line = new StringBuilder(indent);
                for (int i = 0; i < n; i++) {
                    Budget.check();
                    if (gap && i == edge) {
                        extend(out, line, "...", room, indent);
                        i = n - edge - 1;
                    } else {
                        extendPretty(out, line, element.text(array, flat + i * step), room, indent);
                    }
                    if (i < n - 1) {
                        line.append(separator);
                    }
                }
                out.append(line);
            } else {
                String between = bareSeparator + "\n".repeat(left - 1);
                for (int i = 0; i < n; i++) {
                    Budget.check();
                    out.append(indent);
                    if (gap && i == edge) {
                        out.append("...");
                        i = n - edge - 1;
                    } else {
                        out.append(text(axis + 1, flat + i * step, indent + " ", width - 1));
                    }
                    if (i < n - 1) {
                        out.append(between);
                    }
                }
            }
            return "[" + out.substring(indent.length()) + "]";
        }

        private void extend(StringBuilder out, StringBuilder line, String word, int room, String indent) {
            if (line.length() + word.length() > room && line.length() > indent.length()) {
                wrap(out, line);
                line.append(indent);
            }
            line.append(word);
        }

        /** As extend, for words of several lines (objects whose repr has line breaks). */
        private void extendPretty(StringBuilder out, StringBuilder line, String word, int room, String indent) {
            if (word.indexOf('\n') < 0) {
                extend(out, line, word, room, indent);
                return;
            }
            String[] words = word.split("\n");
            int longest = Arrays.stream(words).mapToInt(String::length).max().orElse(0);
            String hanging;
            if (line.length() + longest > room && line.length() > indent.length()) {
                wrap(out, line);
                line.append(indent);
                hanging = indent;
            } else {
                hanging = " ".repeat(line.length());
            }
            line.append(words[0]);
            for (int i = 1; i < words.length; i++) {
                wrap(out, line);
                line.append(hanging).append(words[i]);
            }
            line.append(" ".repeat(longest - words[words.length - 1].length()));
        }

        private void wrap(StringBuilder out, StringBuilder line) {
            out.append(line.toString().stripTrailing()).append('\n');
            line.setLength(0);
        }
    }
}
