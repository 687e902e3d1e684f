package io.retrograd.lang.value;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Spelling;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.tree.UnaryOperator;
import io.retrograd.tensor.FloatText;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Locale;

/**
 * What Python's operations mean for any object, be it a plain Java value or a {@link Value}: one method per
 * operation, fast for plain values, by the protocol for the others.
 */
public final class Semantics {
    /** No arguments, for {@link #call}. */
    public static final Object[] NO_ARGUMENTS = {};

    /** No keyword arguments, for {@link #call}. */
    public static final String[] NO_KEYWORDS = {};

    private Semantics() {}

    // Identity, type and equality

    /** {@code a is b}; equal plain values are the same object. */
    public static boolean same(Object a, Object b) {
        if (a == b) {
            return true;
        }
        return a instanceof Value v ? v.sameAs(b) : a.getClass() == b.getClass() && a.equals(b);
    }

    /** What {@code type(value)} gives. */
    public static TypeValue typeOf(Object value) {
        if (value instanceof Value v) {
            return v.type();
        }
        if (value instanceof Long || value instanceof BigInteger) {
            return CoreTypes.INT;
        }
        if (value instanceof Double) {
            return CoreTypes.FLOAT;
        }
        if (value instanceof String) {
            return CoreTypes.STR;
        }
        if (value instanceof Boolean) {
            return CoreTypes.BOOL;
        }
        throw new IllegalStateException("not a value of the language: " + value.getClass().getName());
    }

    /** {@code a == b} as a truth value. */
    public static boolean equal(Machine m, Object a, Object b) {
        if (a instanceof String s && b instanceof String) {
            return s.equals(b);
        }
        if (a instanceof Long x && b instanceof Long y) {
            return x.longValue() == y.longValue();
        }
        if (a instanceof Double x && b instanceof Double y) {
            return x.doubleValue() == y.doubleValue();
        }
        if (a.getClass() == TupleValue.class && b.getClass() == TupleValue.class) {
            return ((TupleValue) a).equalTo(m, (TupleValue) b);
        }
        return truth(m, compare(m, CompareOperator.EQUAL, a, b));
    }

    /** What containers ask: {@code a is b or a == b}. */
    public static boolean sameOrEqual(Machine m, Object a, Object b) {
        if (a == b) {
            return true;
        }
        if (a instanceof Long x && b instanceof Long y) {
            return x.longValue() == y.longValue();
        }
        return equal(m, a, b) || a instanceof Value v && v.sameAs(b);
    }

    /**
     * {@code a OP b} for any comparison, also {@code in} and {@code is}. The answer need not be a bool: arrays
     * and tensors compare element by element.
     */
    public static Object compare(Machine m, CompareOperator op, Object a, Object b) {
        switch (op) {
            case IN:
                return contains(m, b, a);
            case NOT_IN:
                return !contains(m, b, a);
            case IS:
                return same(a, b);
            case IS_NOT:
                return !same(a, b);
            default:
                return order(m, op, a, b);
        }
    }

    private static Object order(Machine m, CompareOperator op, Object a, Object b) {
        if (a instanceof Long x && b instanceof Long y) {
            return holds(op, Long.compare(x, y));
        }
        if (a instanceof Double x && b instanceof Double y) {
            return FloatMath.compare(op, x, y);
        }
        if (a instanceof String x && b instanceof String y) {
            return switch (op) {
                case EQUAL -> x.equals(y);
                case NOT_EQUAL -> !x.equals(y);
                default -> holds(op, CodePoints.compare(x, y));
            };
        }
        if (!(a instanceof Value) && !(b instanceof Value)) {
            Boolean answer = Numbers.compare(op, a, b);
            if (answer != null) {
                return answer;
            }
            return undecided(op, a, b);
        }
        boolean reflectedFirst = a instanceof Value && b instanceof Value bv && isProperSubclass(bv.type(), typeOf(a));
        if (reflectedFirst) {
            Object answer = ((Value) b).compare(m, mirror(op), a);
            if (answer != NotImplementedValue.NOT_IMPLEMENTED) {
                return answer;
            }
        }
        if (a instanceof Value v) {
            Object answer = v.compare(m, op, b);
            if (answer != NotImplementedValue.NOT_IMPLEMENTED) {
                return answer;
            }
        }
        if (!reflectedFirst && b instanceof Value v) {
            Object answer = v.compare(m, mirror(op), a);
            if (answer != NotImplementedValue.NOT_IMPLEMENTED) {
                return answer;
            }
        }
        return undecided(op, a, b);
    }

    private static Object undecided(CompareOperator op, Object a, Object b) {
        return switch (op) {
            case EQUAL -> same(a, b);
            case NOT_EQUAL -> !same(a, b);
            default -> throw NnError.type("'" + op.symbol() + "' not supported between instances of '"
                    + typeOf(a).name() + "' and '" + typeOf(b).name() + "'");
        };
    }

    /** {@code a < b} as a truth value; what sorting asks. */
    public static boolean less(Machine m, Object a, Object b) {
        if (a instanceof Long x && b instanceof Long y) {
            return x < y;
        }
        if (a instanceof Double x && b instanceof Double y) {
            return x < y;
        }
        return truth(m, order(m, CompareOperator.LESS, a, b));
    }

    /** Whether an order of that sign (negative, zero, positive) satisfies the operator. */
    public static boolean holds(CompareOperator op, int sign) {
        return switch (op) {
            case EQUAL -> sign == 0;
            case NOT_EQUAL -> sign != 0;
            case LESS -> sign < 0;
            case LESS_EQUAL -> sign <= 0;
            case GREATER -> sign > 0;
            case GREATER_EQUAL -> sign >= 0;
            default -> throw new IllegalArgumentException(op.symbol());
        };
    }

    /** The operator that says the same with its operands exchanged. */
    public static CompareOperator mirror(CompareOperator op) {
        return switch (op) {
            case LESS -> CompareOperator.GREATER;
            case LESS_EQUAL -> CompareOperator.GREATER_EQUAL;
            case GREATER -> CompareOperator.LESS;
            case GREATER_EQUAL -> CompareOperator.LESS_EQUAL;
            default -> op;
        };
    }

    /** Python's {@code hash}: equal values have equal hashes, whatever their types; TypeError if it has none. */
    public static long hash(Machine m, Object value) {
        if (value instanceof String s) {
            return s.hashCode();
        }
        if (value instanceof Long l) {
            return Numbers.hash((long) l);
        }
        return value instanceof Value v ? v.hash(m) : Numbers.hash(value);
    }

    /** What {@code bool(value)} gives. */
    public static boolean truth(Machine m, Object value) {
        if (value instanceof Boolean b) {
            return b;
        }
        if (value instanceof Value v) {
            return v.truth(m);
        }
        if (value instanceof Long l) {
            return l != 0;
        }
        if (value instanceof Double d) {
            return d != 0;
        }
        // A BigInteger is never zero: it is one only where a long is too small.
        return !(value instanceof String s) || !s.isEmpty();
    }

    // Arithmetic

    /** {@code a OP b}. */
    public static Object binary(Machine m, BinaryOperator op, Object a, Object b) {
        Object answer;
        if (a instanceof Long x && b instanceof Long y) {
            return IntMath.binary(op, x, y);
        } else if (a instanceof Long x && b instanceof Double y) {
            answer = FloatMath.binary(op, (double) x, y);
        } else if (a instanceof Double x && b instanceof Double y) {
            answer = FloatMath.binary(op, x, y);
        } else if (a instanceof Double x && b instanceof Long y) {
            answer = FloatMath.binary(op, x, (double) y);
        } else {
            answer = slowBinary(m, op, a, b);
        }
        if (answer == NotImplementedValue.NOT_IMPLEMENTED) {
            throw unsupported(op, op.symbol(), a, b);
        }
        return answer;
    }

    private static Object slowBinary(Machine m, BinaryOperator op, Object a, Object b) {
        if (a instanceof String s) {
            return stringBinary(m, op, s, b);
        }
        if (!(a instanceof Value) && !(b instanceof Value)) {
            Object answer = Numbers.binary(op, a, b);
            if (answer != NotImplementedValue.NOT_IMPLEMENTED) {
                return answer;
            }
        }
        if (a instanceof Value left) {
            boolean reflectedFirst = b instanceof Value bv && isProperSubclass(bv.type(), left.type());
            if (reflectedFirst) {
                Object answer = ((Value) b).reflected(m, op, a);
                if (answer != NotImplementedValue.NOT_IMPLEMENTED) {
                    return answer;
                }
            }
            Object answer = left.binary(m, op, b);
            if (answer != NotImplementedValue.NOT_IMPLEMENTED || reflectedFirst) {
                return answer;
            }
        }
        if (b instanceof Value right) {
            return right.reflected(m, op, a);
        }
        if (b instanceof String s && op == BinaryOperator.MULTIPLY) {
            return stringBinary(m, op, s, a);
        }
        return NotImplementedValue.NOT_IMPLEMENTED;
    }

    private static Object stringBinary(Machine m, BinaryOperator op, String s, Object b) {
        switch (op) {
            case ADD:
                if (b instanceof String t) {
                    return LargeText.concat(s, t);
                }
                break;
            case REMAINDER:
                return PercentFormat.format(m, s, b);
            default:
                break;
        }
        if (b instanceof Value right) {
            Object answer = right.reflected(m, op, s);
            if (answer != NotImplementedValue.NOT_IMPLEMENTED) {
                return answer;
            }
        }
        if (op == BinaryOperator.MULTIPLY) {
            Object times = indexOrNull(m, b);
            if (times != null) {
                return Sequences.repeat(s, Sequences.times(times));
            }
        }
        return NotImplementedValue.NOT_IMPLEMENTED;
    }

    private static boolean isProperSubclass(TypeValue t, TypeValue other) {
        return t != other && t.isSubclassOf(other);
    }

    /** {@code a / b} as Python 2 means it: ints floor, so do tensors of ints, everything else divides. */
    public static Object oldDivide(Machine m, Object a, Object b) {
        Object answer = a instanceof Value left ? left.oldDivide(m, b, false) : null;
        answer = answer == null && b instanceof Value right ? right.oldDivide(m, a, true) : answer;
        if (answer != null) {
            return answer;
        }
        boolean ints = isPlainInt(a) && isPlainInt(b);
        return binary(m, ints ? BinaryOperator.FLOOR_DIVIDE : BinaryOperator.DIVIDE, a, b);
    }

    private static boolean isPlainInt(Object o) {
        return o instanceof Long || o instanceof BigInteger || o instanceof Boolean;
    }

    /** {@code a OP= b}: the object that the name is bound to then. */
    public static Object inPlace(Machine m, BinaryOperator op, Object a, Object b) {
        if (a instanceof Value v) {
            Object answer = v.inPlace(m, op, b);
            if (answer == NotImplementedValue.NOT_IMPLEMENTED) {
                answer = slowBinary(m, op, a, b);
            }
            if (answer == NotImplementedValue.NOT_IMPLEMENTED) {
                throw unsupported(op, op.symbol() + "=", a, b);
            }
            return answer;
        }
        if (b instanceof Value || a instanceof String || b instanceof String) {
            Object answer = slowBinary(m, op, a, b);
            if (answer == NotImplementedValue.NOT_IMPLEMENTED) {
                throw unsupported(op, op.symbol() + "=", a, b);
            }
            return answer;
        }
        return binary(m, op, a, b);
    }

    public static Object unary(Machine m, UnaryOperator op, Object a) {
        if (op == UnaryOperator.NOT) {
            return !truth(m, a);
        }
        if (a instanceof Value v) {
            return v.unary(m, op);
        }
        Object answer = Numbers.unary(op, a);
        if (answer == null) {
            throw NnError.type("bad operand type for unary " + op.symbol() + ": '" + typeOf(a).name() + "'");
        }
        return answer;
    }

    /** The TypeError of two operands that do not go together. */
    public static NnError unsupported(BinaryOperator op, String symbol, Object a, Object b) {
        String left = typeOf(a).name();
        String right = typeOf(b).name();
        if (op == BinaryOperator.ADD) {
            if (a instanceof String || a instanceof ListValue || a instanceof TupleValue) {
                return NnError.type("can only concatenate " + left + " (not \"" + right + "\") to " + left);
            }
            if (a instanceof BytesValue) {
                return NnError.type("can't concat " + right + " to " + left);
            }
        }
        if (op == BinaryOperator.MULTIPLY) {
            if (isSequence(a)) {
                return NnError.type("can't multiply sequence by non-int of type '" + right + "'");
            }
            if (isSequence(b)) {
                return NnError.type("can't multiply sequence by non-int of type '" + left + "'");
            }
        }
        String shown = symbol.equals("**") ? "** or pow()" : symbol;
        return NnError.type("unsupported operand type(s) for " + shown + ": '" + left + "' and '" + right + "'");
    }

    private static boolean isSequence(Object o) {
        return o instanceof String || o instanceof ListValue || o instanceof TupleValue || o instanceof BytesValue;
    }

    // Numbers of any kind as Java's

    /** The value as an int that fits a Java long; TypeError if it is no integer, OverflowError if too large. */
    public static long index(Machine m, Object value) {
        if (value instanceof Long l) {
            return l;
        }
        if (indexObject(m, value) instanceof Long l) {
            return l;
        }
        throw new NnError(ErrorKind.OVERFLOW_ERROR, "Python int too large to convert to C long");
    }

    /** {@code operator.index(value)}: a {@code Long} or {@code BigInteger}; TypeError if it is no integer. */
    public static Object indexObject(Machine m, Object value) {
        Object found = indexOrNull(m, value);
        if (found == null) {
            throw NnError.type("'" + typeOf(value).name() + "' object cannot be interpreted as an integer");
        }
        return found;
    }

    /** The same, null if it is no integer. */
    public static Object indexOrNull(Machine m, Object value) {
        if (value instanceof Long || value instanceof BigInteger) {
            return value;
        }
        if (value instanceof Boolean b) {
            return b ? 1L : 0L;
        }
        return value instanceof Value v ? v.asIndex(m) : null;
    }

    /** The value as a float; TypeError if it is no number. */
    public static double real(Machine m, Object value) {
        if (value instanceof Double d) {
            return d;
        }
        Double found = realOrNull(m, value);
        if (found == null) {
            throw NnError.type("must be real number, not " + typeOf(value).name());
        }
        return found;
    }

    /** The value as a float; null if it is no number. */
    public static Double realOrNull(Machine m, Object value) {
        if (value instanceof Double d) {
            return d;
        }
        if (value instanceof Long l) {
            return (double) l;
        }
        if (value instanceof Boolean b) {
            return b ? 1.0 : 0.0;
        }
        if (value instanceof BigInteger big) {
            return IntMath.toDouble(big);
        }
        return value instanceof Value v ? v.asFloat(m) : null;
    }

    // Attributes and calls

    /** {@code object.name}; AttributeError, with the nearest name, if there is none. */
    public static Object attribute(Machine m, Object object, String name) {
        Object found = attributeOrNull(m, object, name);
        if (found != null) {
            return found;
        }
        String other = onlyOneIgnoringCase(typeOf(object).attributeNames(), name);
        if (other != null) {
            found = attributeOrNull(m, object, other);
            if (found != null) {
                return found;
            }
        }
        throw noAttribute(m, object, name);
    }

    /** {@code object.name}, or null if there is none. */
    public static Object attributeOrNull(Machine m, Object object, String name) {
        return object instanceof Value v ? v.attribute(m, name) : typeOf(object).attributeOf(m, object, name);
    }

    /** The AttributeError for a name that the object does not have. */
    public static NnError noAttribute(Machine m, Object object, String name) {
        String subject = object instanceof TypeValue t
                ? "type object '" + t.name() + "'"
                : object instanceof ModuleValue module
                        ? "module '" + module.name() + "'"
                        : "'" + typeOf(object).errorName() + "' object";
        return NnError.attribute(subject + " has no attribute '" + name + "'")
                .help(Spelling.suggest(name, attributeNames(m, object)));
    }

    /** The only name that differs from the wanted one in case alone; null if there is none or more than one. */
    public static String onlyOneIgnoringCase(Collection<String> names, String wanted) {
        String lower = wanted.toLowerCase(Locale.ROOT);
        String found = null;
        for (String name : names) {
            if (name.length() == wanted.length() && name.toLowerCase(Locale.ROOT).equals(lower)) {
                if (found != null && !found.equals(name)) {
                    return null;
                }
                found = name;
            }
        }
        return found;
    }

    public static Collection<String> attributeNames(Machine m, Object object) {
        return object instanceof Value v ? v.attributeNames(m) : typeOf(object).attributeNames();
    }

    /** {@code object.name = value}; AttributeError where that is not allowed. */
    public static void setAttribute(Machine m, Object object, String name, Object value) {
        if (object instanceof Value v) {
            v.setAttribute(m, name, value);
        } else if (attributeOrNull(m, object, name) != null) {
            throw NnError.attribute("'" + typeOf(object).name() + "' object attribute '" + name + "' is read-only");
        } else {
            throw noAttribute(m, object, name);
        }
    }

    /** {@code del object.name}. */
    public static void deleteAttribute(Machine m, Object object, String name) {
        if (object instanceof Value v) {
            v.deleteAttribute(m, name);
        } else {
            setAttribute(m, object, name, None.NONE);
        }
    }

    /**
     * {@code f(…)}. The last {@code keywords.length} elements of {@code arguments} are the values of the keyword
     * arguments named there.
     */
    public static Object call(Machine m, Object f, Object[] arguments, String[] keywords) {
        if (f instanceof Value v) {
            return v.call(m, arguments, keywords);
        }
        throw NnError.type("'" + typeOf(f).name() + "' object is not callable");
    }

    /** {@code f(a, b, …)}. */
    public static Object call(Machine m, Object f, Object... arguments) {
        return call(m, f, arguments, NO_KEYWORDS);
    }

    /** {@code object.name(a, b, …)}. */
    public static Object callMethod(Machine m, Object object, String name, Object... arguments) {
        return call(m, attribute(m, object, name), arguments, NO_KEYWORDS);
    }

    /** What {@code callable(o)} gives. */
    public static boolean isCallable(Object o) {
        return o instanceof Value v && v.isCallable();
    }

    // Containers

    /** What {@code iter(o)} gives; TypeError where it cannot be iterated. */
    public static Iteration iterate(Machine m, Object o) {
        if (o instanceof Value v) {
            return v.iterate(m);
        }
        if (o instanceof String s) {
            return CodePoints.iterate(s);
        }
        throw NnError.type("'" + typeOf(o).name() + "' object is not iterable");
    }

    /** The next element of an iterator, or null when there are no more. */
    public static Object next(Machine m, Object iterator) {
        if (iterator instanceof Value v) {
            return v.next(m);
        }
        throw NnError.type("'" + typeOf(iterator).name() + "' object is not an iterator");
    }

    /** All elements, in a new array. */
    public static Object[] elements(Machine m, Object o) {
        if (o instanceof ListValue list) {
            return list.toArray();
        }
        if (o instanceof TupleValue tuple && tuple.type() == TupleValue.TYPE) {
            return tuple.toArray();
        }
        Iteration all = iterate(m, o);
        Object[] found = new Object[8];
        int n = 0;
        for (Object x = all.next(m); x != null; x = all.next(m)) {
            m.step();
            if (n == found.length) {
                found = ListValue.grown(found, n * 2);
            }
            found[n++] = x;
        }
        return java.util.Arrays.copyOf(found, n);
    }

    /** What {@code len(o)} gives; TypeError where there is no length. */
    public static int length(Machine m, Object o) {
        if (o instanceof Value v) {
            return v.length(m);
        }
        if (o instanceof String s) {
            return CodePoints.length(m, s);
        }
        throw NnError.type("object of type '" + typeOf(o).name() + "' has no len()");
    }

    /** {@code element in container}. */
    public static boolean contains(Machine m, Object container, Object element) {
        if (container instanceof Value v) {
            try {
                return v.contains(m, element);
            } catch (NnError e) {
                if (("'" + v.type().name() + "' object is not iterable").equals(e.getMessage())) {
                    throw NnError.type("argument of type '" + v.type().name() + "' is not iterable");
                }
                throw e;
            }
        }
        if (container instanceof String s) {
            if (element instanceof String part) {
                return TextSearch.first(s, part, 0) >= 0;
            }
            throw NnError.type("'in <string>' requires string as left operand, not " + typeOf(element).name());
        }
        throw NnError.type("argument of type '" + typeOf(container).name() + "' is not iterable");
    }

    /** {@code o[key]}; TypeError, IndexError or KeyError. */
    public static Object item(Machine m, Object o, Object key) {
        if (o instanceof Value v) {
            return v.item(m, key);
        }
        if (o instanceof String s) {
            return CodePoints.item(m, s, key);
        }
        throw NnError.type("'" + typeOf(o).name() + "' object is not subscriptable");
    }

    /** The character at an index from the front, or null where there is none. */
    public static String characterAt(Machine m, String s, long i) {
        return CodePoints.characterAt(m, s, i);
    }

    /** The KeyError of a key that is not there. */
    public static NnError noKey(Machine m, Object key) {
        return ScriptException.raise(m, new ExceptionValue(ExceptionTypes.of(ErrorKind.KEY_ERROR), new Object[] {key}));
    }

    /** {@code o[key] = value}. */
    public static void setItem(Machine m, Object o, Object key, Object value) {
        if (!(o instanceof Value v)) {
            throw NnError.type("'" + typeOf(o).name() + "' object does not support item assignment");
        }
        v.setItem(m, key, value);
    }

    /** {@code del o[key]}. */
    public static void deleteItem(Machine m, Object o, Object key) {
        if (!(o instanceof Value v)) {
            throw NnError.type("'" + typeOf(o).name() + "' object doesn't support item deletion");
        }
        v.deleteItem(m, key);
    }

    // Text

    /** What {@code str(o)} gives. */
    public static String str(Machine m, Object o) {
        if (o instanceof String s) {
            return s;
        }
        return o instanceof Value v ? v.str(m) : repr(m, o);
    }

    /** What {@code repr(o)} gives. */
    public static String repr(Machine m, Object o) {
        if (o instanceof Value v) {
            return v.repr(m);
        }
        if (o instanceof String s) {
            return StringText.repr(s);
        }
        if (o instanceof Double d) {
            return FloatText.repr(d);
        }
        if (o instanceof Boolean b) {
            return b ? "True" : "False";
        }
        return o instanceof BigInteger b ? IntMath.text(b, 10) : o.toString();
    }

    /** {@code ascii(o)}. */
    public static String ascii(Machine m, Object o) {
        return StringText.asciiOnly(repr(m, o));
    }

    /** {@code format(o, spec)}. */
    public static String format(Machine m, Object o, String spec) {
        if (o instanceof Value v) {
            return v.format(m, spec);
        }
        return spec.isEmpty() ? str(m, o) : FormatSpec.of(m, spec).apply(m, o);
    }

    /** Where an object is, as default representations show it. */
    public static String address(Object o) {
        String hex = Long.toHexString(0x7f0000000000L + System.identityHashCode(o) * 16L);
        return "0x" + hex;
    }

    // Classes

    /** {@code isinstance(o, wanted)}: a class or a tuple of them. */
    public static boolean isInstance(Machine m, Object o, Object wanted) {
        if (wanted instanceof TypeValue t) {
            return t.hasInstance(m, o);
        }
        if (wanted instanceof TupleValue all) {
            for (int i = 0; i < all.size(); i++) {
                if (isInstance(m, o, all.get(i))) {
                    return true;
                }
            }
            return false;
        }
        throw NnError.type("isinstance() arg 2 must be a type, a tuple of types, or a union");
    }

    /** {@code issubclass(c, wanted)}. */
    public static boolean isSubclass(Machine m, Object c, Object wanted) {
        if (!(c instanceof TypeValue t)) {
            throw NnError.type("issubclass() arg 1 must be a class");
        }
        if (wanted instanceof TypeValue w) {
            return t.isSubclassOf(w);
        }
        if (wanted instanceof TupleValue all) {
            for (int i = 0; i < all.size(); i++) {
                if (isSubclass(m, c, all.get(i))) {
                    return true;
                }
            }
            return false;
        }
        throw NnError.type("issubclass() arg 2 must be a class, a tuple of classes, or a union");
    }
}
