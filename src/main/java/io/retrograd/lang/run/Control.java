package io.retrograd.lang.run;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Place;
import io.retrograd.lang.value.Semantics;

/** Simple statements and branches. */
final class Control {
    private Control() {}

    static final class Block extends Stmt {
        final Stmt[] statements;

        Block(Stmt[] statements) {
            this.statements = statements;
        }

        @Override
        int exec(Frame f) {
            for (Stmt statement : statements) {
                int end = statement.exec(f);
                if (end != NORMAL) {
                    return end;
                }
            }
            return NORMAL;
        }
    }

    static final class Pass extends Stmt {
        @Override
        int exec(Frame f) {
            return NORMAL;
        }
    }

    static final class Break extends Stmt {
        @Override
        int exec(Frame f) {
            return BREAK;
        }
    }

    static final class Continue extends Stmt {
        @Override
        int exec(Frame f) {
            return CONTINUE;
        }
    }

    static final class Return extends Stmt {
        final Expr value;

        Return(Expr value) {
            this.value = value;
        }

        @Override
        int exec(Frame f) {
            f.value = value.eval(f);
            return RETURN;
        }
    }

    static final class Evaluate extends Stmt {
        final Expr value;

        Evaluate(Expr value) {
            this.value = value;
        }

        @Override
        int exec(Frame f) {
            value.eval(f);
            return NORMAL;
        }
    }

    /** An expression statement of the module itself: an interactive session shows its value. */
    static final class Display extends Stmt {
        final Expr value;
        final DisplayHook hook;

        Display(Expr value, DisplayHook hook) {
            this.value = value;
            this.hook = hook;
        }

        @Override
        int exec(Frame f) {
            hook.show(f.machine, value.eval(f));
            return NORMAL;
        }
    }

    static final class Assign extends Stmt {
        final Target target;
        final Expr value;

        Assign(Target target, Expr value) {
            this.target = target;
            this.value = value;
        }

        @Override
        int exec(Frame f) {
            target.assign(f, value.eval(f));
            return NORMAL;
        }
    }

    /** The commonest assignment. */
    static final class AssignLocal extends Stmt {
        final int slot;
        final Expr value;

        AssignLocal(int slot, Expr value) {
            this.slot = slot;
            this.value = value;
        }

        @Override
        int exec(Frame f) {
            f.slots[slot] = value.eval(f);
            return NORMAL;
        }
    }

    /** {@code a = b = value}. */
    static final class AssignAll extends Stmt {
        final Target[] targets;
        final Expr value;

        AssignAll(Target[] targets, Expr value) {
            this.targets = targets;
            this.value = value;
        }

        @Override
        int exec(Frame f) {
            Object v = value.eval(f);
            for (Target target : targets) {
                target.assign(f, v);
            }
            return NORMAL;
        }
    }

    /** The value of {@code a OP= b}, fast for plain ints and floats. */
    static Object inPlace(Machine m, Place place, BinaryOperator op, Object a, Object b) {
        if (a instanceof Long x && b instanceof Long y) {
            long l = x;
            long r = y;
            if (op == BinaryOperator.ADD) {
                long sum = l + r;
                if (((l ^ sum) & (r ^ sum)) >= 0) {
                    return sum;
                }
            } else if (op == BinaryOperator.SUBTRACT) {
                long difference = l - r;
                if (((l ^ r) & (l ^ difference)) >= 0) {
                    return difference;
                }
            }
        } else if (a instanceof Double x && b instanceof Double y) {
            if (op == BinaryOperator.ADD) {
                return x + y;
            }
            if (op == BinaryOperator.SUBTRACT) {
                return x - y;
            }
            if (op == BinaryOperator.MULTIPLY) {
                return x * y;
            }
        }
        m.place(place);
        return Semantics.inPlace(m, op, a, b);
    }

    /** What the assignments with an operator share. */
    abstract static class Augment extends Stmt {
        final BinaryOperator op;
        final Expr value;
        final Place place;
        final boolean oldDivision;
        private int seen;

        Augment(BinaryOperator op, Expr value, Place place, boolean oldDivision) {
            this.op = op;
            this.value = value;
            this.place = place;
            this.oldDivision = oldDivision && op == BinaryOperator.DIVIDE;
        }

        /** The {@link Operands} that there have been so far. */
        final int seen() {
            return seen;
        }

        /** The helper that bytecode calls where the operands are no plain numbers. */
        String slowly() {
            return oldDivision ? "oldDivide" : "inPlace";
        }

        final Object apply(Machine m, Object a, Object b) {
            seen |= Operands.of(a, b);
            if (oldDivision) {
                m.place(place);
                return Semantics.oldDivide(m, a, b);
            }
            return inPlace(m, place, op, a, b);
        }
    }

    /** {@code name OP= value}, and {@code name = name + value}, which makes a text longer just as well. */
    static final class AugmentName extends Augment {
        final Expr read;
        final Target target;
        private final boolean inPlace;

        AugmentName(
                Expr read, Target target, BinaryOperator op, Expr value, Place place, boolean oldDivision, boolean inPlace) {
            super(op, value, place, oldDivision);
            this.read = read;
            this.target = target;
            this.inPlace = inPlace;
        }

        @Override
        int exec(Frame f) {
            Growable holder = grows() ? holder(f) : null;
            Object a = holder == null ? null : holder.open();
            if (a == null) {
                a = read.eval(f);
            }
            Object b = value.eval(f);
            if (holder == null || !holder.grow(a, b)) {
                target.assign(f, result(f.machine, a, b));
            }
            return NORMAL;
        }

        /** The result where that is no text that grows; the left operand may be the mark of one. */
        Object result(Machine m, Object a, Object b) {
            Object left = GrowingText.settled(a);
            if (b instanceof Operators.Pieces pieces) {
                return pieces.addTo(m, left);
            }
            if (inPlace || left instanceof Long || left instanceof Double) {
                return apply(m, left, b);
            }
            m.place(place);
            return Semantics.binary(m, op, left, b);
        }

        /** What keeps the variable, where that is neither a slot nor a register. */
        private Growable holder(Frame f) {
            if (target instanceof Targets.Global x) {
                return x.slot;
            }
            if (target instanceof Targets.Free x) {
                return f.cells[x.index];
            }
            return target instanceof Targets.Boxed x ? (Cell) f.slots[x.slot] : null;
        }

        /** Whether the variable may be a text that this makes longer. */
        boolean grows() {
            return op == BinaryOperator.ADD;
        }

        @Override
        String slowly() {
            return inPlace ? super.slowly() : "binary";
        }
    }

    /** {@code object.name OP= value}: the object is evaluated once. */
    static final class AugmentAttribute extends Augment {
        final Access.Attribute read;
        final Targets.Attribute target;

        AugmentAttribute(
                Access.Attribute read,
                Targets.Attribute target,
                BinaryOperator op,
                Expr value,
                Place place,
                boolean oldDivision) {
            super(op, value, place, oldDivision);
            this.read = read;
            this.target = target;
        }

        @Override
        int exec(Frame f) {
            Object o = read.object.eval(f);
            Object a = read.get(f.machine, o);
            target.set(f.machine, o, apply(f.machine, a, value.eval(f)));
            return NORMAL;
        }
    }

    /** {@code object[index] OP= value}: object and index are evaluated once. */
    static final class AugmentItem extends Augment {
        final Expr object;
        final Expr index;
        final Place itemPlace;

        AugmentItem(
                Expr object, Expr index, BinaryOperator op, Expr value, Place itemPlace, Place place, boolean oldDivision) {
            super(op, value, place, oldDivision);
            this.object = object;
            this.index = index;
            this.itemPlace = itemPlace;
        }

        @Override
        int exec(Frame f) {
            Object o = object.eval(f);
            Object key = index.eval(f);
            Object a = Access.Item.get(f.machine, itemPlace, o, key);
            Object result = apply(f.machine, a, value.eval(f));
            Targets.Item.set(f.machine, itemPlace, o, key, result);
            return NORMAL;
        }
    }

    static final class Delete extends Stmt {
        private final Target[] targets;

        Delete(Target[] targets) {
            this.targets = targets;
        }

        @Override
        int exec(Frame f) {
            for (Target target : targets) {
                target.delete(f);
            }
            return NORMAL;
        }
    }

    /** {@code if}, its {@code elif} branches and {@code else}. */
    static final class If extends Stmt {
        final Expr[] tests;
        final Stmt[] bodies;
        final Stmt orElse;
        final Place[] places;

        /** The places are those of the tests: not every value can say whether it is true. */
        If(Expr[] tests, Place[] places, Stmt[] bodies, Stmt orElse) {
            this.tests = tests;
            this.places = places;
            this.bodies = bodies;
            this.orElse = orElse;
        }

        @Override
        int exec(Frame f) {
            for (int i = 0; i < tests.length; i++) {
                f.machine.place(places[i]);
                if (tests[i].test(f)) {
                    return bodies[i].exec(f);
                }
            }
            return orElse.exec(f);
        }
    }

    static final class Assert extends Stmt {
        final Expr test;
        final Expr message;
        private final Place place;

        Assert(Expr test, Expr message, Place place) {
            this.test = test;
            this.message = message;
            this.place = place;
        }

        @Override
        int exec(Frame f) {
            if (!test.test(f)) {
                throw error(f.machine, message == null ? null : message.eval(f));
            }
            return NORMAL;
        }

        /** The error of a test that did not hold; its text may be null. */
        NnError error(Machine m, Object text) {
            m.place(place);
            return Exceptions.raise(m, ErrorKind.ASSERTION_ERROR, text == null ? new Object[0] : new Object[] {text});
        }
    }

    /** Python 2's print statement. */
    static final class Print extends Stmt {
        private final Expr destination;
        private final Expr[] values;
        private final boolean newline;
        private final Place place;

        Print(Expr destination, Expr[] values, boolean newline, Place place) {
            this.destination = destination;
            this.values = values;
            this.newline = newline;
            this.place = place;
        }

        @Override
        int exec(Frame f) {
            Machine m = f.machine;
            Object to = destination == null ? None.NONE : destination.eval(f);
            if (to == None.NONE) {
                to = standardOutput(m);
            }
            SoftSpace softSpace = m.state(SoftSpace.class, SoftSpace::new);
            StringBuilder line = new StringBuilder();
            boolean space = softSpace.pending(to);
            for (Expr value : values) {
                Object v = value.eval(f);
                m.place(place);
                String text = Semantics.str(m, v);
                if (space) {
                    line.append(' ');
                }
                line.append(text);
                // After a text that ends a line Python 2 starts without a space.
                space = !(v instanceof String && (text.endsWith("\n") || text.endsWith("\t")));
            }
            if (newline) {
                line.append('\n');
            }
            m.place(place);
            write(m, to, line.toString());
            softSpace.set(to, !newline && (values.length == 0 ? softSpace.pending(to) : space));
            return NORMAL;
        }

        /** {@code sys.stdout}, or None while nobody has imported sys. */
        private static Object standardOutput(Machine m) {
            Object sys = m.modules().get("sys");
            Object out = sys == null ? null : Semantics.attributeOrNull(m, sys, "stdout");
            return out == null ? None.NONE : out;
        }

        private static void write(Machine m, Object to, String text) {
            if (to == None.NONE) {
                m.world().out().write(text);
            } else {
                Semantics.callMethod(m, to, "write", text);
            }
        }

        /** Ends a line that a trailing comma left open, as Python 2 does when a script ends. */
        static void finish(Machine m) {
            Object out = standardOutput(m);
            SoftSpace softSpace = m.state(SoftSpace.class, SoftSpace::new);
            if (softSpace.pending(out) || softSpace.pending(None.NONE)) {
                softSpace.set(out, false);
                softSpace.set(None.NONE, false);
                write(m, out, "\n");
            }
        }
    }

    /** Which streams wait for a space before the next value that a print statement writes. */
    static final class SoftSpace {
        private final java.util.Set<Object> waiting =
                java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>());

        SoftSpace(Machine m) {}

        boolean pending(Object stream) {
            return waiting.contains(stream);
        }

        void set(Object stream, boolean pending) {
            if (pending) {
                waiting.add(stream);
            } else {
                waiting.remove(stream);
            }
        }
    }
}
