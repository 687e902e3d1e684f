package io.retrograd.lib.python;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.tree.UnaryOperator;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.NativeFunction;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;

/** The module {@code operator}: Python's operators as functions. */
final class OperatorModule {
    private OperatorModule() {}

    static ModuleValue make(Machine m) {
        return new ModuleValue("operator").with(OperatorModuleTable.TABLE);
    }

    @Builtin(value = {"add", "__add__"}, signature = "a, b, /", doc = "a + b")
    static Object add(Machine m, Object a, Object b) {
        return Semantics.binary(m, BinaryOperator.ADD, a, b);
    }

    @Builtin(value = {"sub", "__sub__"}, signature = "a, b, /", doc = "a - b")
    static Object subtract(Machine m, Object a, Object b) {
        return Semantics.binary(m, BinaryOperator.SUBTRACT, a, b);
    }

    @Builtin(value = {"mul", "__mul__"}, signature = "a, b, /", doc = "a * b")
    static Object multiply(Machine m, Object a, Object b) {
        return Semantics.binary(m, BinaryOperator.MULTIPLY, a, b);
    }

    @Builtin(value = {"truediv", "__truediv__", "div"}, signature = "a, b, /", doc = "a / b")
    static Object divide(Machine m, Object a, Object b) {
        return Semantics.binary(m, BinaryOperator.DIVIDE, a, b);
    }

    @Builtin(value = {"floordiv", "__floordiv__"}, signature = "a, b, /", doc = "a // b")
    static Object floorDivide(Machine m, Object a, Object b) {
        return Semantics.binary(m, BinaryOperator.FLOOR_DIVIDE, a, b);
    }

    @Builtin(value = {"mod", "__mod__"}, signature = "a, b, /", doc = "a % b")
    static Object remainder(Machine m, Object a, Object b) {
        return Semantics.binary(m, BinaryOperator.REMAINDER, a, b);
    }

    @Builtin(value = {"pow", "__pow__"}, signature = "a, b, /", doc = "a ** b")
    static Object power(Machine m, Object a, Object b) {
        return Semantics.binary(m, BinaryOperator.POWER, a, b);
    }

    @Builtin(value = {"matmul", "__matmul__"}, signature = "a, b, /", doc = "a @ b")
    static Object matrixMultiply(Machine m, Object a, Object b) {
        return Semantics.binary(m, BinaryOperator.MATRIX_MULTIPLY, a, b);
    }

    @Builtin(value = {"lshift", "__lshift__"}, signature = "a, b, /", doc = "a << b")
    static Object shiftLeft(Machine m, Object a, Object b) {
        return Semantics.binary(m, BinaryOperator.LEFT_SHIFT, a, b);
    }

    @Builtin(value = {"rshift", "__rshift__"}, signature = "a, b, /", doc = "a >> b")
    static Object shiftRight(Machine m, Object a, Object b) {
        return Semantics.binary(m, BinaryOperator.RIGHT_SHIFT, a, b);
    }

    @Builtin(value = {"and_", "__and__"}, signature = "a, b, /", doc = "a & b")
    static Object bitAnd(Machine m, Object a, Object b) {
        return Semantics.binary(m, BinaryOperator.BIT_AND, a, b);
    }

    @Builtin(value = {"or_", "__or__"}, signature = "a, b, /", doc = "a | b")
    static Object bitOr(Machine m, Object a, Object b) {
        return Semantics.binary(m, BinaryOperator.BIT_OR, a, b);
    }

    @Builtin(value = {"xor", "__xor__"}, signature = "a, b, /", doc = "a ^ b")
    static Object bitXor(Machine m, Object a, Object b) {
        return Semantics.binary(m, BinaryOperator.BIT_XOR, a, b);
    }

    @Builtin(value = "iadd", signature = "a, b, /", doc = "What a is after a += b.")
    static Object addInPlace(Machine m, Object a, Object b) {
        return Semantics.inPlace(m, BinaryOperator.ADD, a, b);
    }

    @Builtin(value = "isub", signature = "a, b, /", doc = "What a is after a -= b.")
    static Object subtractInPlace(Machine m, Object a, Object b) {
        return Semantics.inPlace(m, BinaryOperator.SUBTRACT, a, b);
    }

    @Builtin(value = "imul", signature = "a, b, /", doc = "What a is after a *= b.")
    static Object multiplyInPlace(Machine m, Object a, Object b) {
        return Semantics.inPlace(m, BinaryOperator.MULTIPLY, a, b);
    }

    @Builtin(value = "itruediv", signature = "a, b, /", doc = "What a is after a /= b.")
    static Object divideInPlace(Machine m, Object a, Object b) {
        return Semantics.inPlace(m, BinaryOperator.DIVIDE, a, b);
    }

    @Builtin(value = "ifloordiv", signature = "a, b, /", doc = "What a is after a //= b.")
    static Object floorDivideInPlace(Machine m, Object a, Object b) {
        return Semantics.inPlace(m, BinaryOperator.FLOOR_DIVIDE, a, b);
    }

    @Builtin(value = "imod", signature = "a, b, /", doc = "What a is after a %= b.")
    static Object remainderInPlace(Machine m, Object a, Object b) {
        return Semantics.inPlace(m, BinaryOperator.REMAINDER, a, b);
    }

    @Builtin(value = "ipow", signature = "a, b, /", doc = "What a is after a **= b.")
    static Object powerInPlace(Machine m, Object a, Object b) {
        return Semantics.inPlace(m, BinaryOperator.POWER, a, b);
    }

    @Builtin(value = "imatmul", signature = "a, b, /", doc = "What a is after a @= b.")
    static Object matrixMultiplyInPlace(Machine m, Object a, Object b) {
        return Semantics.inPlace(m, BinaryOperator.MATRIX_MULTIPLY, a, b);
    }

    @Builtin(value = "ilshift", signature = "a, b, /", doc = "What a is after a <<= b.")
    static Object shiftLeftInPlace(Machine m, Object a, Object b) {
        return Semantics.inPlace(m, BinaryOperator.LEFT_SHIFT, a, b);
    }

    @Builtin(value = "irshift", signature = "a, b, /", doc = "What a is after a >>= b.")
    static Object shiftRightInPlace(Machine m, Object a, Object b) {
        return Semantics.inPlace(m, BinaryOperator.RIGHT_SHIFT, a, b);
    }

    @Builtin(value = "iand", signature = "a, b, /", doc = "What a is after a &= b.")
    static Object bitAndInPlace(Machine m, Object a, Object b) {
        return Semantics.inPlace(m, BinaryOperator.BIT_AND, a, b);
    }

    @Builtin(value = "ior", signature = "a, b, /", doc = "What a is after a |= b.")
    static Object bitOrInPlace(Machine m, Object a, Object b) {
        return Semantics.inPlace(m, BinaryOperator.BIT_OR, a, b);
    }

    @Builtin(value = "ixor", signature = "a, b, /", doc = "What a is after a ^= b.")
    static Object bitXorInPlace(Machine m, Object a, Object b) {
        return Semantics.inPlace(m, BinaryOperator.BIT_XOR, a, b);
    }

    @Builtin(value = {"lt", "__lt__"}, signature = "a, b, /", doc = "a < b")
    static Object less(Machine m, Object a, Object b) {
        return Semantics.compare(m, CompareOperator.LESS, a, b);
    }

    @Builtin(value = {"le", "__le__"}, signature = "a, b, /", doc = "a <= b")
    static Object lessEqual(Machine m, Object a, Object b) {
        return Semantics.compare(m, CompareOperator.LESS_EQUAL, a, b);
    }

    @Builtin(value = {"eq", "__eq__"}, signature = "a, b, /", doc = "a == b")
    static Object equal(Machine m, Object a, Object b) {
        return Semantics.compare(m, CompareOperator.EQUAL, a, b);
    }

    @Builtin(value = {"ne", "__ne__"}, signature = "a, b, /", doc = "a != b")
    static Object notEqual(Machine m, Object a, Object b) {
        return Semantics.compare(m, CompareOperator.NOT_EQUAL, a, b);
    }

    @Builtin(value = {"gt", "__gt__"}, signature = "a, b, /", doc = "a > b")
    static Object greater(Machine m, Object a, Object b) {
        return Semantics.compare(m, CompareOperator.GREATER, a, b);
    }

    @Builtin(value = {"ge", "__ge__"}, signature = "a, b, /", doc = "a >= b")
    static Object greaterEqual(Machine m, Object a, Object b) {
        return Semantics.compare(m, CompareOperator.GREATER_EQUAL, a, b);
    }

    @Builtin(value = {"neg"}, signature = "a, /", doc = "-a")
    static Object negative(Machine m, Object a) {
        return Semantics.unary(m, UnaryOperator.NEGATIVE, a);
    }

    @Builtin(value = {"pos"}, signature = "a, /", doc = "+a")
    static Object positive(Machine m, Object a) {
        return Semantics.unary(m, UnaryOperator.POSITIVE, a);
    }

    @Builtin(value = {"invert", "inv"}, signature = "a, /", doc = "~a")
    static Object invert(Machine m, Object a) {
        return Semantics.unary(m, UnaryOperator.INVERT, a);
    }

    @Builtin(value = "not_", signature = "a, /", doc = "not a")
    static boolean not(Machine m, boolean a) {
        return !a;
    }

    @Builtin(value = "truth", signature = "a, /", doc = "Whether a is true.")
    static boolean truth(Machine m, boolean a) {
        return a;
    }

    @Builtin(value = "is_", signature = "a, b, /", doc = "a is b")
    static boolean same(Machine m, Object a, Object b) {
        return Semantics.same(a, b);
    }

    @Builtin(value = "is_not", signature = "a, b, /", doc = "a is not b")
    static boolean notSame(Machine m, Object a, Object b) {
        return !Semantics.same(a, b);
    }

    @Builtin(value = "abs", signature = "a, /", doc = "The magnitude of a.")
    static Object absolute(Machine m, Object a) {
        return NumberFunctions.abs(m, a);
    }

    @Builtin(value = "index", signature = "a, /", doc = "a as an int.")
    static Object index(Machine m, Object a) {
        return Semantics.indexObject(m, a);
    }

    @Builtin(value = "concat", signature = "a, b, /", doc = "a + b, for sequences.")
    static Object concatenate(Machine m, Object a, Object b) {
        return Semantics.binary(m, BinaryOperator.ADD, a, b);
    }

    @Builtin(value = "contains", signature = "a, b, /", doc = "b in a")
    static boolean contains(Machine m, Object a, Object b) {
        return Semantics.contains(m, a, b);
    }

    @Builtin(value = "countOf", signature = "a, b, /", doc = "How often b occurs in a.")
    static long count(Machine m, Object a, Object b) {
        long n = 0;
        Iteration all = Semantics.iterate(m, a);
        for (Object x = all.next(m); x != null; x = all.next(m)) {
            m.step();
            n += Semantics.sameOrEqual(m, x, b) ? 1 : 0;
        }
        return n;
    }

    @Builtin(value = "getitem", signature = "a, b, /", doc = "a[b]")
    static Object item(Machine m, Object a, Object b) {
        return Semantics.item(m, a, b);
    }

    @Builtin(value = "setitem", signature = "a, b, c, /", doc = "a[b] = c")
    static void setItem(Machine m, Object a, Object b, Object c) {
        Semantics.setItem(m, a, b, c);
    }

    @Builtin(value = "delitem", signature = "a, b, /", doc = "del a[b]")
    static void deleteItem(Machine m, Object a, Object b) {
        Semantics.deleteItem(m, a, b);
    }

    private interface Get {
        Object from(Machine m, Object object, Object what);
    }

    private static Object getter(String name, Object[] wanted, Get get) {
        if (wanted.length == 0) {
            throw NnError.type(name + " expected 1 argument, got 0");
        }
        return new NativeFunction(name, (m, a) -> {
            if (wanted.length == 1) {
                return get.from(m, a[0], wanted[0]);
            }
            Object[] found = new Object[wanted.length];
            for (int i = 0; i < found.length; i++) {
                found[i] = get.from(m, a[0], wanted[i]);
            }
            return TupleValue.of(found);
        });
    }

    @Builtin(value = "itemgetter", signature = "*items", doc = "A function that gets those items of its argument.")
    static Object itemGetter(Machine m, Object[] items) {
        return getter("itemgetter", items, Semantics::item);
    }

    @Builtin(value = "attrgetter", signature = "*attrs", doc = "A function that gets those attributes of its argument.")
    static Object attributeGetter(Machine m, Object[] attrs) {
        return getter("attrgetter", attrs, (machine, object, path) -> {
            Object found = object;
            for (String name : ((String) path).split("\\.")) {
                found = Semantics.attribute(machine, found, name);
            }
            return found;
        });
    }

    @Builtin(value = "methodcaller", signature = "name, /, *args", doc = "A function that calls that method of its argument.")
    static Object methodCaller(Machine m, String name, Object[] args) {
        return new NativeFunction("methodcaller", (machine, a) -> Semantics.callMethod(machine, a[0], name, args));
    }
}
