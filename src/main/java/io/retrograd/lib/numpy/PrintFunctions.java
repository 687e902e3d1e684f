package io.retrograd.lib.numpy;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.tensor.ArrayFormat;
import io.retrograd.tensor.FloatText;
import io.retrograd.tensor.PrintOptions;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** How arrays are printed: numpy's print options and the functions that turn arrays into text. */
final class PrintFunctions {
    private PrintFunctions() {}

    private static int limit(Machine m, Object value, int otherwise) {
        if (value == None.NONE) {
            return otherwise;
        }
        double v = Semantics.real(m, value);
        return v >= Integer.MAX_VALUE || Double.isNaN(v) ? Integer.MAX_VALUE : (int) v;
    }

    private static PrintOptions changed(Machine m, PrintOptions o, Object precision, Object threshold, Object edgeitems, Object linewidth,
            Object suppress, Object nanstr, Object infstr, Object formatter, Object sign, Object floatmode) {
        Map<String, PrintOptions.Element> formats = new HashMap<>();
        if (formatter instanceof DictValue) {
            for (Object key : Semantics.elements(m, formatter)) {
                Object f = Semantics.item(m, formatter, key);
                formats.put(Semantics.str(m, key), (a, i) -> Semantics.str(m, Semantics.call(m, f, ScalarValue.of(a, i))));
            }
        }
        PrintOptions.FloatMode mode = floatmode == None.NONE ? o.floatMode()
                : PrintOptions.FloatMode.valueOf(Semantics.str(m, floatmode).toUpperCase(Locale.ROOT));
        return new PrintOptions(
                precision == None.NONE ? o.precision() : Math.min(limit(m, precision, 8), 1000),
                limit(m, threshold, o.threshold()),
                limit(m, edgeitems, o.edgeItems()),
                limit(m, linewidth, o.lineWidth()),
                suppress == None.NONE ? o.suppress() : Semantics.truth(m, suppress),
                nanstr == None.NONE ? o.nan() : Semantics.str(m, nanstr),
                infstr == None.NONE ? o.inf() : Semantics.str(m, infstr),
                sign == None.NONE ? o.sign() : Semantics.str(m, sign).charAt(0),
                mode,
                formats);
    }

    @Builtin(value = "set_printoptions", signature = "precision=None, threshold=None, edgeitems=None, linewidth=None, suppress=None, "
            + "nanstr=None, infstr=None, formatter=None, sign=None, floatmode=None, legacy=None", doc = "Sets how arrays are printed.",
            example = "np.set_printoptions(precision=3, suppress=True)")
    static void setPrintOptions(Machine m, Object precision, Object threshold, Object edgeitems, Object linewidth, Object suppress,
            Object nanstr, Object infstr, Object formatter, Object sign, Object floatmode, Object legacy) {
        NumpyState s = NumpyState.of(m);
        s.options(changed(m, s.options(), precision, threshold, edgeitems, linewidth, suppress, nanstr, infstr, formatter, sign, floatmode));
    }

    @Builtin(value = "printoptions", signature = "precision=None, threshold=None, edgeitems=None, linewidth=None, suppress=None, "
            + "nanstr=None, infstr=None, formatter=None, sign=None, floatmode=None, legacy=None", doc = "A context in which arrays are printed otherwise.")
    static Object printOptions(Machine m, Object precision, Object threshold, Object edgeitems, Object linewidth, Object suppress,
            Object nanstr, Object infstr, Object formatter, Object sign, Object floatmode, Object legacy) {
        NumpyState s = NumpyState.of(m);
        PrintOptions old = s.options();
        setPrintOptions(m, precision, threshold, edgeitems, linewidth, suppress, nanstr, infstr, formatter, sign, floatmode, legacy);
        return new Context(getPrintOptions(m), machine -> NumpyState.of(machine).options(old));
    }

    @Builtin(value = "get_printoptions", doc = "How arrays are printed now.")
    static Object getPrintOptions(Machine m) {
        PrintOptions o = NumpyState.of(m).options();
        DictValue d = new DictValue();
        d.putText("edgeitems", (long) o.edgeItems());
        d.putText("threshold", (long) o.threshold());
        d.putText("floatmode", o.floatMode().name().toLowerCase(Locale.ROOT));
        d.putText("precision", (long) o.precision());
        d.putText("suppress", o.suppress());
        d.putText("linewidth", (long) o.lineWidth());
        d.putText("nanstr", o.nan());
        d.putText("infstr", o.inf());
        d.putText("sign", String.valueOf(o.sign()));
        d.putText("formatter", None.NONE);
        d.putText("legacy", false);
        return d;
    }

    @Builtin(value = "array2string", signature = "a, max_line_width=None, precision=None, suppress_small=None, separator=' ', prefix='', "
            + "style=None, formatter=None, threshold=None, edgeitems=None, sign=None, floatmode=None, suffix=''", doc = "The array as text.")
    static String arrayToString(Machine m, Object a, Object width, Object precision, Object suppress, String separator, String prefix, Object style,
            Object formatter, Object threshold, Object edgeitems, Object sign, Object floatmode, String suffix) {
        PrintOptions o = changed(m, NumpyState.of(m).options(), precision, threshold, edgeitems, width, suppress, None.NONE, None.NONE, formatter, sign, floatmode);
        return new ArrayFormat(o, v -> NumpyState.element(m, v)).toText(ArrayMaker.from(m, a), separator, prefix, suffix);
    }

    private static ArrayFormat format(Machine m, Object width, Object precision, Object suppress) {
        PrintOptions o = changed(m, NumpyState.of(m).options(), precision, None.NONE, None.NONE, width, suppress, None.NONE, None.NONE, None.NONE, None.NONE, None.NONE);
        return new ArrayFormat(o, v -> NumpyState.element(m, v));
    }

    @Builtin(value = "array_str", signature = "a, max_line_width=None, precision=None, suppress_small=None", doc = "The array as str() shows it.")
    static String arrayStr(Machine m, Object a, Object width, Object precision, Object suppress) {
        return format(m, width, precision, suppress).toStr(ArrayMaker.from(m, a));
    }

    @Builtin(value = "array_repr", signature = "arr, max_line_width=None, precision=None, suppress_small=None", doc = "The array as repr() shows it.")
    static String arrayRepr(Machine m, Object a, Object width, Object precision, Object suppress) {
        return format(m, width, precision, suppress).toRepr(ArrayMaker.from(m, a), "array");
    }

    @Builtin(value = "format_float_positional", signature = "x, precision=None, unique=True, fractional=True, trim='k'", doc = "The number without an exponent.")
    static String positional(Machine m, double x, Object precision, Object unique, Object fractional, Object trim) {
        if (!Double.isFinite(x)) {
            return FloatText.repr(x);
        }
        return precision == None.NONE ? new BigDecimal(FloatText.repr(x)).toPlainString()
                : FloatText.format(x, 'f', (int) Semantics.index(m, precision), true);
    }

    @Builtin(value = "binary_repr", signature = "num, width=None", doc = "The number in binary digits.")
    static String binary(Machine m, long num, Object width) {
        int w = width == None.NONE ? 0 : (int) Semantics.index(m, width);
        String s = num < 0 && w > 0 ? Long.toBinaryString(num & (1L << w) - 1) : Long.toString(num, 2);
        return "0".repeat(Math.max(0, w - s.length())) + s;
    }

    /** What a with statement enters and leaves. */
    record Context(Object entered, Consumer<Machine> leave) implements Value {
        private static final TypeValue TYPE = TypeValue.opaque("numpy", "context", null);

        @Override
        public TypeValue type() {
            return TYPE;
        }

        @Override
        public Object attribute(Machine m, String name) {
            return switch (name) {
                case "__enter__" -> new Step(entered, machine -> { });
                case "__exit__" -> new Step(false, leave);
                default -> Value.super.attribute(m, name);
            };
        }

        @Override
        public Object special(Machine m, String name, Object... arguments) {
            Object method = attribute(m, name);
            return method == null ? null : Semantics.call(m, method, arguments);
        }
    }

    /** A function that does one thing, whatever it is called with. */
    record Step(Object answer, Consumer<Machine> action) implements Value {
        @Override
        public TypeValue type() {
            return CoreTypes.BUILTIN_FUNCTION;
        }

        @Override
        public boolean isCallable() {
            return true;
        }

        @Override
        public Object call(Machine m, Object[] arguments, String[] keywords) {
            action.accept(m);
            return answer;
        }
    }
}
