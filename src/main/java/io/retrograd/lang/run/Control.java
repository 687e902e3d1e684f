package io.retrograd.lang.run;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Place;
import io.retrograd.lang.value.RangeValue;
import io.retrograd.lang.value.Semantics;

/** Simple statements, branches and loops. */
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

    /** What both kinds of loop share: counting until they are worth their bytecode, and the race with it then. */
    abstract static class Loop extends Stmt {
        /** Added to how a loop ended where bytecode has brought it to its end, {@code else} included. */
        static final int ALL_DONE = 16;

        /** Turns of the nodes between two parts of the race. */
        private static final int HEAT = 64;

        /** Whoever asks for bytecode sooner than this wants no race. */
        private static final int IMPATIENT = 1000;

        private CompiledLoop compiled;
        private int turns;
        private int wanted = -1;
        private long heatBegan;

        /** The bytecode, once it is the faster way; null before. */
        final CompiledLoop faster() {
            return compiled != null && compiled.isFaster() ? compiled : null;
        }

        /** Counts a turn; true when it is the bytecode's turn. */
        final boolean isHot(Frame f) {
            if (wanted < 0) {
                wanted = f.machine.hotTurns();
            }
            return ++turns > wanted && (compiled != null || compile(f));
        }

        private boolean compile(Frame f) {
            compiled = BytecodeCompiler.loop(f.code, this).orElse(null);
            if (compiled == null) {
                wanted = Integer.MAX_VALUE;
                turns = 0;
                return false;
            }
            if (wanted < IMPATIENT) {
                compiled.win();
            }
            return true;
        }

        /** Goes on in bytecode: to the end, or for a few turns of the race. */
        final int goOn(Frame f, Object all, long next) {
            if (compiled.isFaster()) {
                return compiled.run(f, all, next);
            }
            // The first time the nodes' turns were not timed: any time loses.
            double nodes = wanted == HEAT ? (System.nanoTime() - heatBegan) / (double) HEAT : 0;
            int end = compiled.race(f, all, next, nodes);
            wanted = HEAT;
            turns = 0;
            heatBegan = System.nanoTime();
            return end;
        }
    }

    static final class While extends Loop {
        final Expr test;
        final Stmt body;
        final Stmt orElse;
        private final Place place;

        While(Expr test, Stmt body, Stmt orElse, Place place) {
            this.test = test;
            this.body = body;
            this.orElse = orElse;
            this.place = place;
        }

        @Override
        int exec(Frame f) {
            // Where an interrupt points if the body has no place of its own.
            f.machine.place(place);
            if (faster() != null) {
                return faster().run(f, null, 0);
            }
            while (test.test(f)) {
                f.machine.step();
                int end = body.exec(f);
                if (end == BREAK) {
                    return NORMAL;
                }
                if (end > CONTINUE) {
                    return end;
                }
                if (isHot(f)) {
                    int ended = goOn(f, null, 0);
                    if (ended != CompiledLoop.AGAIN) {
                        return ended;
                    }
                }
            }
            return orElse.exec(f);
        }
    }

    static final class For extends Loop {
        final Target target;
        final Expr iterable;
        final Stmt body;
        final Stmt orElse;
        final Place place;

        For(Target target, Expr iterable, Stmt body, Stmt orElse, Place place) {
            this.target = target;
            this.iterable = iterable;
            this.body = body;
            this.orElse = orElse;
            this.place = place;
        }

        @Override
        int exec(Frame f) {
            Object all = iterable.eval(f);
            f.machine.place(place);
            if (faster() != null) {
                return faster().run(f, Fast.iterated(f.machine, place, all), 0);
            }
            int end;
            if (all instanceof RangeValue range) {
                end = overRange(f, range);
            } else if (all instanceof ListValue list && all.getClass() == ListValue.class) {
                end = overList(f, list);
            } else {
                end = overAny(f, all);
            }
            if (end == BREAK) {
                return NORMAL;
            }
            if (end >= ALL_DONE) {
                return end - ALL_DONE;
            }
            return end == NORMAL ? orElse.exec(f) : end;
        }

        private int overRange(Frame f, RangeValue range) {
            Machine m = f.machine;
            long count = range.count();
            long value = range.start();
            long step = range.step();
            for (long i = 0; i < count; i++, value += step) {
                m.step();
                target.assign(f, value);
                int end = body.exec(f);
                if (end == BREAK || end > CONTINUE) {
                    return end;
                }
                if (isHot(f)) {
                    int ended = goOn(f, range, i + 1);
                    if (ended != CompiledLoop.AGAIN) {
                        return ALL_DONE + ended;
                    }
                    value += (f.next - 1 - i) * step;
                    i = f.next - 1;
                }
            }
            return NORMAL;
        }

        private int overList(Frame f, ListValue list) {
            Machine m = f.machine;
            for (int i = 0; i < list.size(); i++) {
                m.step();
                target.assign(f, list.get(i));
                int end = body.exec(f);
                if (end == BREAK || end > CONTINUE) {
                    return end;
                }
                if (isHot(f)) {
                    int ended = goOn(f, list, i + 1);
                    if (ended != CompiledLoop.AGAIN) {
                        return ALL_DONE + ended;
                    }
                    i = (int) f.next - 1;
                }
            }
            return NORMAL;
        }

        private int overAny(Frame f, Object all) {
            Machine m = f.machine;
            m.place(place);
            Iteration elements = Semantics.iterate(m, all);
            while (true) {
                m.place(place);
                Object element = elements.next(m);
                if (element == null) {
                    return NORMAL;
                }
                m.step();
                target.assign(f, element);
                int end = body.exec(f);
                if (end == BREAK || end > CONTINUE) {
                    return end;
                }
                if (isHot(f)) {
                    int ended = goOn(f, elements, 0);
                    if (ended != CompiledLoop.AGAIN) {
                        return ALL_DONE + ended;
                    }
                }
            }
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
