package io.retrograd.lib.numpy;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.Arrays;

/** A numpy ufunc: {@code np.exp}, {@code np.add}, with {@code reduce}, {@code accumulate} and {@code outer}. */
final class Ufunc implements Value {
    static final TypeValue TYPE = TypeValue.opaque("numpy", "ufunc", null);

    private final String name;
    private final String doc;
    private final UnaryFunction unary;
    private final BinaryFunction binary;

    Ufunc(UnaryFunction f, String doc) {
        this.name = f.name();
        this.doc = doc;
        this.unary = f;
        this.binary = null;
    }

    Ufunc(BinaryFunction f, String doc) {
        this.name = f.name;
        this.doc = doc;
        this.unary = null;
        this.binary = f;
    }

    String name() {
        return name;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public boolean isCallable() {
        return true;
    }

    @Override
    public Object call(Machine m, Object[] arguments, String[] keywords) {
        int inputs = unary != null ? 1 : 2;
        int given = arguments.length - keywords.length;
        if (given < inputs || given > inputs + 1) {
            throw NnError.type(name + "() takes from " + inputs + " to " + (inputs + 1) + " positional arguments but "
                    + given + (given == 1 ? " was" : " were") + " given");
        }
        Object out = given > inputs ? arguments[inputs] : None.NONE;
        DType type = null;
        Object where = None.NONE;
        for (int i = 0; i < keywords.length; i++) {
            Object v = arguments[given + i];
            switch (keywords[i]) {
                case "out" -> out = v instanceof TupleValue t && t.size() == 1 ? t.get(0) : v;
                case "dtype" -> type = ElementType.orNull(m, v);
                case "where" -> where = v;
                case "casting", "order", "subok", "name" -> { }
                default -> throw NnError.type(name + "() got an unexpected keyword argument '" + keywords[i] + "'");
            }
        }
        Object a = arguments[0];
        NdArray result = unary != null
                ? Elementwise.unary(m, unary, ArrayMaker.from(m, a), type)
                : Elementwise.binary(m, binary, ArrayMaker.from(m, a), ArrayMaker.from(m, arguments[1]), type);
        if (where != None.NONE && !Boolean.TRUE.equals(where)) {
            NdArray mask = ArrayMaker.from(m, where).astype(DType.BOOL);
            NdArray old = out instanceof ArrayValue o ? o.array() : NdArray.zeros(result.dtype(), result.shape());
            result = Selection.where(m, mask, result, old);
        }
        if (out != None.NONE) {
            return store(name, out, result);
        }
        return ArrayOperators.wrap(result, a, unary != null ? None.NONE : arguments[1]);
    }

    /** Puts a result into the array that the script gave for it. */
    static Object store(String name, Object out, NdArray result) {
        if (!(out instanceof ArrayValue o)) {
            throw NnError.type("return arrays must be of ArrayType");
        }
        if (!Casting.sameKind(result.dtype(), o.array().dtype())) {
            throw Casting.cannotCast(name, result.dtype(), o.array().dtype());
        }
        o.array().assign(result);
        return out;
    }

    @Override
    public Object attribute(Machine m, String attribute) {
        return switch (attribute) {
            case "__name__", "__qualname__" -> name;
            case "__doc__" -> doc;
            case "nin" -> unary != null ? 1L : 2L;
            case "nout" -> 1L;
            case "identity" -> binary == null || Double.isNaN(binary.identity) ? None.NONE : (Object) (long) binary.identity;
            case "reduce", "accumulate", "outer", "at" -> binary == null ? null : new Method(attribute);
            default -> Value.super.attribute(m, attribute);
        };
    }

    @Override
    public String repr(Machine m) {
        return "<ufunc '" + name + "'>";
    }

    /** {@code np.add.reduce} and its like. */
    private final class Method implements Value {
        private final String method;

        Method(String method) {
            this.method = method;
        }

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
            int given = arguments.length - keywords.length;
            if (method.equals("outer")) {
                NdArray a = ArrayMaker.from(m, arguments[0]);
                NdArray b = ArrayMaker.from(m, arguments[1]);
                int[] shape = Arrays.copyOf(a.shape(), a.rank() + b.rank());
                Arrays.fill(shape, a.rank(), shape.length, 1);
                return ArrayValue.orScalar(Elementwise.binary(m, binary, a.reshape(shape), b, null));
            }
            if (method.equals("at")) {
                return at(m, arguments);
            }
            Object axis = given > 1 ? arguments[1] : 0L;
            DType type = given > 2 ? ElementType.orNull(m, arguments[2]) : null;
            boolean keepdims = false;
            for (int i = 0; i < keywords.length; i++) {
                switch (keywords[i]) {
                    case "axis" -> axis = arguments[given + i];
                    case "dtype" -> type = ElementType.orNull(m, arguments[given + i]);
                    case "keepdims" -> keepdims = Semantics.truth(m, arguments[given + i]);
                    default -> throw NnError.type(method + "() got an unexpected keyword argument '" + keywords[i] + "'");
                }
            }
            NdArray a = ArrayMaker.from(m, arguments[0]);
            DType work = type != null ? type : Reduction.accumulator(binary, a.dtype());
            NdArray result = method.equals("accumulate")
                    ? Reduction.accumulate(m, binary, a, Axes.normal(Semantics.index(m, axis), a.rank()), work)
                    : Reduction.reduce(m, binary, a, Axes.of(m, axis, a.rank()), keepdims, work);
            return ArrayValue.orScalar(result);
        }

        /** Unbuffered: repeated indices count each time. */
        private Object at(Machine m, Object[] arguments) {
            ArrayValue target = (ArrayValue) arguments[0];
            NdArray index = ArrayMaker.from(m, arguments[1]);
            NdArray values = ArrayMaker.from(m, arguments[2]);
            for (int i = 0; i < index.size(); i++) {
                Object key = index.getLong(i);
                NdArray element = Indexing.get(m, target.array(), key);
                NdArray value = values.rank() == 0 ? values : values.at(0, i);
                Indexing.set(m, target.array(), key, Elementwise.binary(m, binary, element, value, null));
            }
            return None.NONE;
        }

        @Override
        public String repr(Machine m) {
            return "<built-in method " + method + " of numpy.ufunc object>";
        }
    }
}
