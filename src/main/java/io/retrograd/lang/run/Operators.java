package io.retrograd.lang.run;

import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.tree.UnaryOperator;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Place;
import io.retrograd.lang.value.Semantics;

/**
 * Arithmetic, comparison and logic. Each node tries ints and floats that need no further thought itself and
 * leaves everything else to {@link Semantics}, after noting the place.
 */
final class Operators {
    private Operators() {}

    /** The node for an operator; {@code oldDivision} where {@code /} floors ints. */
    static Expr binary(BinaryOperator op, Expr left, Expr right, Place place, boolean oldDivision) {
        return switch (op) {
            case ADD -> new Add(left, right, place);
            case SUBTRACT -> new Subtract(left, right, place);
            case MULTIPLY -> new Multiply(left, right, place);
            case DIVIDE -> oldDivision ? new OldDivide(left, right, place) : new Divide(left, right, place);
            case FLOOR_DIVIDE -> new FloorDivide(left, right, place);
            case REMAINDER -> new Remainder(left, right, place);
            default -> new Other(op, left, right, place);
        };
    }

    /** What all binary operators share. */
    abstract static class Binary extends Expr {
        final BinaryOperator op;
        final Expr left;
        final Expr right;
        final Place place;
        private int seen;

        Binary(BinaryOperator op, Expr left, Expr right, Place place) {
            this.op = op;
            this.left = left;
            this.right = right;
            this.place = place;
        }

        /** The {@link Operands} that there have been so far. */
        final int seen() {
            return seen;
        }

        final void note(Object a, Object b) {
            seen |= Operands.of(a, b);
        }

        final Object slow(Frame f, Object a, Object b) {
            f.machine.place(place);
            return Semantics.binary(f.machine, op, a, b);
        }
    }

    static final class Add extends Binary {
        Add(Expr left, Expr right, Place place) {
            super(BinaryOperator.ADD, left, right, place);
        }

        @Override
        Object eval(Frame f) {
            Object a = left.eval(f);
            Object b = right.eval(f);
            note(a, b);
            if (a instanceof Long x && b instanceof Long y) {
                long l = x;
                long r = y;
                long sum = l + r;
                if (((l ^ sum) & (r ^ sum)) >= 0) {
                    return sum;
                }
            } else if (a instanceof Double x && b instanceof Double y) {
                return x + y;
            }
            return slow(f, a, b);
        }
    }

    /** What {@code name = name + a + ',' + b} adds: put together first where the name is a text that is to grow. */
    static final class Tail extends Expr {
        final Expr[] parts;
        private final Place[] places;

        /** The places are those of the additions. */
        Tail(Expr[] parts, Place[] places) {
            this.parts = parts;
            this.places = places;
        }

        @Override
        Object eval(Frame f) {
            Object[] values = new Object[parts.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = parts[i].eval(f);
            }
            return of(values);
        }

        Object of(Object[] values) {
            return new Pieces(this, values);
        }
    }

    /** The values of a {@link Tail}. */
    record Pieces(Tail tail, Object[] values) {
        /** All of them as one text; null where one is none. */
        String text() {
            StringBuilder all = new StringBuilder();
            for (Object each : values) {
                if (!(each instanceof String text)) {
                    return null;
                }
                all.append(text);
            }
            return all.toString();
        }

        /** Adds them one by one, as the script says. */
        Object addTo(Machine m, Object start) {
            Object sum = start;
            for (int i = 0; i < values.length; i++) {
                m.place(tail.places[i]);
                sum = Semantics.binary(m, BinaryOperator.ADD, sum, values[i]);
            }
            return sum;
        }
    }

    static final class Subtract extends Binary {
        Subtract(Expr left, Expr right, Place place) {
            super(BinaryOperator.SUBTRACT, left, right, place);
        }

        @Override
        Object eval(Frame f) {
            Object a = left.eval(f);
            Object b = right.eval(f);
            note(a, b);
            if (a instanceof Long x && b instanceof Long y) {
                long l = x;
                long r = y;
                long difference = l - r;
                if (((l ^ r) & (l ^ difference)) >= 0) {
                    return difference;
                }
            } else if (a instanceof Double x && b instanceof Double y) {
                return x - y;
            }
            return slow(f, a, b);
        }
    }

    static final class Multiply extends Binary {
        Multiply(Expr left, Expr right, Place place) {
            super(BinaryOperator.MULTIPLY, left, right, place);
        }

        @Override
        Object eval(Frame f) {
            Object a = left.eval(f);
            Object b = right.eval(f);
            note(a, b);
            if (a instanceof Long x && b instanceof Long y) {
                long l = x;
                long r = y;
                long product = l * r;
                if (Math.multiplyHigh(l, r) == product >> 63) {
                    return product;
                }
            } else if (a instanceof Double x && b instanceof Double y) {
                return x * y;
            }
            return slow(f, a, b);
        }
    }

    static final class Divide extends Binary {
        /** Ints up to this size are exact as doubles, so that their quotient is rounded once. */
        static final long EXACT = 1L << 53;

        Divide(Expr left, Expr right, Place place) {
            super(BinaryOperator.DIVIDE, left, right, place);
        }

        @Override
        Object eval(Frame f) {
            Object a = left.eval(f);
            Object b = right.eval(f);
            note(a, b);
            if (a instanceof Double x && b instanceof Double y && y != 0) {
                return x / y;
            }
            if (a instanceof Long x && b instanceof Long y) {
                long l = x;
                long r = y;
                if (r != 0 && l <= EXACT && l >= -EXACT && r <= EXACT && r >= -EXACT) {
                    return (double) l / (double) r;
                }
            }
            return slow(f, a, b);
        }
    }

    /** Python 2's {@code /}, which floors between ints. */
    static final class OldDivide extends Binary {
        OldDivide(Expr left, Expr right, Place place) {
            super(BinaryOperator.DIVIDE, left, right, place);
        }

        @Override
        Object eval(Frame f) {
            Object a = left.eval(f);
            Object b = right.eval(f);
            note(a, b);
            f.machine.place(place);
            return Semantics.oldDivide(f.machine, a, b);
        }
    }

    static final class FloorDivide extends Binary {
        FloorDivide(Expr left, Expr right, Place place) {
            super(BinaryOperator.FLOOR_DIVIDE, left, right, place);
        }

        @Override
        Object eval(Frame f) {
            Object a = left.eval(f);
            Object b = right.eval(f);
            note(a, b);
            if (a instanceof Long x && b instanceof Long y && y > 0) {
                return Math.floorDiv(x.longValue(), y.longValue());
            }
            return slow(f, a, b);
        }
    }

    static final class Remainder extends Binary {
        Remainder(Expr left, Expr right, Place place) {
            super(BinaryOperator.REMAINDER, left, right, place);
        }

        @Override
        Object eval(Frame f) {
            Object a = left.eval(f);
            Object b = right.eval(f);
            note(a, b);
            if (a instanceof Long x && b instanceof Long y && y > 0) {
                return Math.floorMod(x.longValue(), y.longValue());
            }
            return slow(f, a, b);
        }
    }

    /** The operators that are rare in hot loops. */
    static final class Other extends Binary {
        Other(BinaryOperator op, Expr left, Expr right, Place place) {
            super(op, left, right, place);
        }

        @Override
        Object eval(Frame f) {
            Object a = left.eval(f);
            Object b = right.eval(f);
            note(a, b);
            return slow(f, a, b);
        }
    }

    /** {@code -x}, {@code +x}, {@code ~x}. */
    static final class Unary extends Expr {
        final UnaryOperator op;
        final Expr operand;
        final Place place;

        Unary(UnaryOperator op, Expr operand, Place place) {
            this.op = op;
            this.operand = operand;
            this.place = place;
        }

        @Override
        Object eval(Frame f) {
            return apply(f.machine, operand.eval(f));
        }

        Object apply(Machine m, Object a) {
            if (op == UnaryOperator.NEGATIVE) {
                if (a instanceof Long l && l != Long.MIN_VALUE) {
                    return -l;
                }
                if (a instanceof Double d) {
                    return -d;
                }
            }
            m.place(place);
            return Semantics.unary(m, op, a);
        }
    }

    static final class Not extends Expr {
        final Expr operand;

        Not(Expr operand) {
            this.operand = operand;
        }

        @Override
        Object eval(Frame f) {
            return !operand.test(f);
        }

        @Override
        boolean test(Frame f) {
            return !operand.test(f);
        }
    }

    /** {@code a and b and …}: the first operand that is false, or the last. */
    static final class And extends Expr {
        final Expr[] operands;

        And(Expr[] operands) {
            this.operands = operands;
        }

        @Override
        Object eval(Frame f) {
            int last = operands.length - 1;
            for (int i = 0; i < last; i++) {
                Object v = operands[i].eval(f);
                if (!Semantics.truth(f.machine, v)) {
                    return v;
                }
            }
            return operands[last].eval(f);
        }

        @Override
        boolean test(Frame f) {
            for (Expr e : operands) {
                if (!e.test(f)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** {@code a or b or …}: the first operand that is true, or the last. */
    static final class Or extends Expr {
        final Expr[] operands;

        Or(Expr[] operands) {
            this.operands = operands;
        }

        @Override
        Object eval(Frame f) {
            int last = operands.length - 1;
            for (int i = 0; i < last; i++) {
                Object v = operands[i].eval(f);
                if (Semantics.truth(f.machine, v)) {
                    return v;
                }
            }
            return operands[last].eval(f);
        }

        @Override
        boolean test(Frame f) {
            for (Expr e : operands) {
                if (e.test(f)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** One comparison. */
    static final class Compare extends Expr {
        final CompareOperator op;
        final Expr left;
        final Expr right;
        final Place place;
        private int seen;

        Compare(CompareOperator op, Expr left, Expr right, Place place) {
            this.op = op;
            this.left = left;
            this.right = right;
            this.place = place;
        }

        /** The {@link Operands} that there have been so far. */
        int seen() {
            return seen;
        }

        @Override
        Object eval(Frame f) {
            Object a = left.eval(f);
            Object b = right.eval(f);
            seen |= Operands.of(a, b);
            if (a instanceof Long x && b instanceof Long y) {
                return longs(op, x, y);
            }
            return compare(f.machine, op, place, a, b);
        }

        @Override
        boolean test(Frame f) {
            Object a = left.eval(f);
            Object b = right.eval(f);
            seen |= Operands.of(a, b);
            if (a instanceof Long x && b instanceof Long y) {
                return longs(op, x, y);
            }
            Object answer = compare(f.machine, op, place, a, b);
            return answer instanceof Boolean t ? t : Semantics.truth(f.machine, answer);
        }

        static boolean longs(CompareOperator op, long a, long b) {
            return switch (op) {
                case EQUAL, IS -> a == b;
                case NOT_EQUAL, IS_NOT -> a != b;
                case LESS -> a < b;
                case LESS_EQUAL -> a <= b;
                case GREATER -> a > b;
                case GREATER_EQUAL -> a >= b;
                default -> throw io.retrograd.error.NnError.type("argument of type 'int' is not iterable");
            };
        }

        static Object compare(Machine m, CompareOperator op, Place place, Object a, Object b) {
            if (op == CompareOperator.IS) {
                return Semantics.same(a, b);
            }
            if (op == CompareOperator.IS_NOT) {
                return !Semantics.same(a, b);
            }
            m.place(place);
            return Semantics.compare(m, op, a, b);
        }
    }

    /** {@code a < b <= c}: each operand once, stopping at the first comparison that does not hold. */
    static final class Chain extends Expr {
        final Expr first;
        final CompareOperator[] ops;
        final Expr[] rest;
        final Place place;

        Chain(Expr first, CompareOperator[] ops, Expr[] rest, Place place) {
            this.first = first;
            this.ops = ops;
            this.rest = rest;
            this.place = place;
        }

        @Override
        Object eval(Frame f) {
            Object a = first.eval(f);
            Object answer = Boolean.TRUE;
            for (int i = 0; i < ops.length; i++) {
                Object b = rest[i].eval(f);
                answer = Compare.compare(f.machine, ops[i], place, a, b);
                if (i < ops.length - 1 && !Semantics.truth(f.machine, answer)) {
                    return answer;
                }
                a = b;
            }
            return answer;
        }
    }

    /** {@code body if test else orElse}. */
    static final class Conditional extends Expr {
        final Expr test;
        final Expr body;
        final Expr orElse;

        Conditional(Expr test, Expr body, Expr orElse) {
            this.test = test;
            this.body = body;
            this.orElse = orElse;
        }

        @Override
        Object eval(Frame f) {
            return test.test(f) ? body.eval(f) : orElse.eval(f);
        }

        @Override
        boolean test(Frame f) {
            return test.test(f) ? body.test(f) : orElse.test(f);
        }
    }
}
