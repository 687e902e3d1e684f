package io.retrograd.graph;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.kernel.FloatLoop;
import io.retrograd.limit.Budget;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One type of operation, whole: its arguments and attributes as TensorFlow's op definitions give them, its shape
 * rule, its kernel and its gradient. A new operation is one subclass in {@code graph.op}.
 *
 * <p>Arguments are written as in TensorFlow: {@code "a: T, b: T"}, {@code "values: N * T, axis: Tidx"},
 * {@code "ref: Ref(T)"}, {@code "x: float"}, {@code "components: list(Tout)"}. Attributes likewise, one string
 * each: {@code "T: float|double|int32"} ({@code "T: float|"} where one type alone is allowed), {@code "T: type"}, {@code "transpose_a: bool = false"},
 * {@code "N: int"}, {@code "Tidx: int32|int64 = int32"}, {@code "strides: list(int)"}.
 */
public abstract class OpDef {
    /** About what an output takes, with what a script holds of it. */
    static final long OUTPUT_BYTES = 160;

    /** An input or output argument. {@code typeAttr} or {@code fixed} gives its type; lists have {@code numberAttr} or {@code typeListAttr}. */
    public record Argument(
            String name, String typeAttr, DType fixed, String numberAttr, String typeListAttr, boolean reference) {
        public boolean isList() {
            return numberAttr != null || typeListAttr != null;
        }
    }

    /** An attribute. {@code allowed} are type names in TensorFlow's order, empty for any; fallback null if required. */
    public record Attribute(String name, String kind, List<String> allowed, Object fallback) {}

    /** The type of one output of an operation. */
    public record OutputType(DType dtype, boolean reference) {}

    private final String type;
    private final List<Argument> inputs;
    private final List<Argument> outputs;
    private final Map<String, Attribute> attributes = new LinkedHashMap<>();

    protected OpDef(String type, String inputs, String outputs, String... attributes) {
        this.type = type;
        this.inputs = arguments(inputs);
        this.outputs = arguments(outputs);
        for (String a : attributes) {
            Attribute parsed = attribute(a);
            this.attributes.put(parsed.name(), parsed);
        }
    }

    /** Sets the static shape of each output; outputs left alone stay of unknown rank. */
    public abstract void infer(ShapeContext c);

    /** Computes the outputs. */
    public void compute(KernelContext k) {
        throw new NnError(ErrorKind.UNIMPLEMENTED_ERROR, "No kernel for operation type " + type);
    }

    /**
     * The chain rule: builds the gradient for each input from those of the outputs.
     *
     * @return one entry an input, null where nothing flows back
     * @throws NnError LookupError where the operation has no gradient
     */
    public Gradient[] gradient(GradientContext g) {
        throw new NnError(
                ErrorKind.LOOKUP_ERROR,
                "No gradient defined for operation '" + g.operation().name() + "' (op type: " + type + ")");
    }

    /**
     * Its kernel as a loop over float32 elements, if that is all that it is: of one operand, then the loop's second
     * array is to be ignored, or of two that are broadcast. Plans fuse such operations.
     */
    public Optional<FloatLoop> elementwise(Operation operation) {
        return Optional.empty();
    }

    /** The loop that gives the truth value of each element as 1 or 0, for a comparison of two floats. */
    public Optional<FloatLoop> mask(Operation operation) {
        return Optional.empty();
    }

    /** Whether nothing ever flows back through it ({@code ops.NotDifferentiable}). */
    public boolean isNotDifferentiable() {
        return false;
    }

    /**
     * Whether its kernel itself sees to it that a failed run can go back to what its variables held: it writes into their
     * {@linkplain VariableState#successor successors} or keeps the elements that it changes.
     */
    public boolean savesWhatItUpdates() {
        return false;
    }

    /** Whether its kernel takes float32 arrays that are contiguous parts of larger ones. */
    public boolean takesParts() {
        return false;
    }

    /** Whether it must never be folded, merged or skipped: it draws random numbers, or keeps or changes state. */
    public boolean isStateful() {
        return false;
    }

    /** The input that its kernel {@linkplain KernelContext#keep keeps} beyond its own end; -1 for none. */
    public int keptInput() {
        return -1;
    }

    /** Whether it takes what it gives from something behind the handle that is input 0, so that {@link #foresee} may tell. */
    public boolean foresees() {
        return false;
    }

    /**
     * What it would give now, without taking it: an array of the shape that is sure, and of the elements too where
     * {@link #foreseesElements}. Null if it cannot tell.
     *
     * @param handle input 0
     */
    public NdArray foresee(Operation operation, NdArray handle) {
        return null;
    }

    public boolean foreseesElements() {
        return false;
    }

    /** The name of the type, such as {@code MatMul}. */
    public final String type() {
        return type;
    }

    /** The inputs as declared. */
    public final List<Argument> inputs() {
        return inputs;
    }

    /** The outputs as declared. */
    public final List<Argument> outputs() {
        return outputs;
    }

    /** The attributes as declared, by name. */
    public final Map<String, Attribute> attributes() {
        return attributes;
    }

    /** The type of each output, given all attributes. */
    final List<OutputType> outputTypes(Map<String, Object> attrs) {
        List<OutputType> types = new ArrayList<>();
        for (Argument a : outputs) {
            if (a.typeListAttr() != null) {
                for (Object t : (List<?>) attrs.get(a.typeListAttr())) {
                    types.add(new OutputType((DType) t, a.reference()));
                }
                continue;
            }
            long n = a.numberAttr() == null ? 1 : (Long) attrs.get(a.numberAttr());
            requireOutputs(n);
            DType t = a.fixed() != null ? a.fixed() : (DType) attrs.get(a.typeAttr());
            for (long i = 0; i < n; i++) {
                types.add(new OutputType(t, a.reference()));
            }
        }
        return types;
    }

    /** A number in a file or a script may ask for more outputs than anything can hold. */
    private void requireOutputs(long n) {
        Supplier<NnError> shortage = () -> new NnError(ErrorKind.RESOURCE_EXHAUSTED_ERROR, "OOM when making " + n + " outputs of an operation " + type);
        Budget.require(n > Integer.MAX_VALUE ? Long.MAX_VALUE : n * OUTPUT_BYTES, shortage);
        if (n > Integer.MAX_VALUE) {
            throw shortage.get();
        }
    }

    private static List<Argument> arguments(String text) {
        List<Argument> list = new ArrayList<>();
        if (text.isEmpty()) {
            return list;
        }
        for (String part : text.split(",")) {
            int colon = part.indexOf(':');
            String name = part.substring(0, colon).trim();
            String t = part.substring(colon + 1).trim();
            boolean reference = t.startsWith("Ref(");
            if (reference) {
                t = t.substring(4, t.length() - 1);
            }
            String number = null;
            String typeList = null;
            int times = t.indexOf('*');
            if (times >= 0) {
                number = t.substring(0, times).trim();
                t = t.substring(times + 1).trim();
            }
            if (t.startsWith("list(")) {
                typeList = t.substring(5, t.length() - 1);
                t = null;
            }
            DType fixed = t == null ? null : typeNamed(t);
            list.add(new Argument(name, fixed == null ? t : null, fixed, number, typeList, reference));
        }
        return list;
    }

    private static Attribute attribute(String text) {
        int colon = text.indexOf(':');
        int eq = text.indexOf('=');
        String name = text.substring(0, colon).trim();
        String kind = text.substring(colon + 1, eq < 0 ? text.length() : eq).trim();
        String fallback = eq < 0 ? null : text.substring(eq + 1).trim();
        List<String> allowed = List.of();
        if (kind.indexOf('|') >= 0) {
            allowed = List.of(kind.split("\\|"));
            kind = "type";
        }
        return new Attribute(name, kind, allowed, fallback == null ? null : literal(kind, fallback));
    }

    private static Object literal(String kind, String text) {
        return switch (kind) {
            case "type" -> typeNamed(text);
            case "bool" -> text.equals("true");
            case "int" -> Long.valueOf(text);
            case "float" -> Float.valueOf(text);
            case "string" -> text;
            case "shape" -> Shape.unknown();
            default -> {
                List<Object> list = new ArrayList<>();
                String inner = text.substring(1, text.length() - 1).trim();
                if (!inner.isEmpty()) {
                    for (String item : inner.split(";")) {
                        list.add(literal(kind.substring(5, kind.length() - 1), item.trim()));
                    }
                }
                yield list;
            }
        };
    }

    /** The type that op definitions call {@code float}, {@code double}, {@code half} …; null for no type's name. */
    static DType typeNamed(String name) {
        return switch (name) {
            case "float" -> DType.FLOAT32;
            case "double" -> DType.FLOAT64;
            case "half" -> DType.FLOAT16;
            case "int8" -> DType.INT8;
            case "uint8" -> DType.UINT8;
            case "int16" -> DType.INT16;
            case "uint16" -> DType.UINT16;
            case "int32" -> DType.INT32;
            case "int64" -> DType.INT64;
            case "bool" -> DType.BOOL;
            case "string" -> DType.STRING;
            case "complex64" -> DType.COMPLEX64;
            case "complex128" -> DType.COMPLEX128;
            case "resource" -> DType.RESOURCE;
            case "variant" -> DType.VARIANT;
            default -> null;
        };
    }

    /** The name that Python's side gives a type of an op definition: {@code float} is {@code float32}. */
    static String pythonName(String name) {
        return switch (name) {
            case "float" -> "float32";
            case "double" -> "float64";
            case "half" -> "float16";
            default -> name;
        };
    }
}
