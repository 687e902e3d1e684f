package io.retrograd.lang.run;

import static org.objectweb.asm.Opcodes.*;

import io.retrograd.lang.run.Emitter.Kind;
import io.retrograd.lang.run.Emitter.Val;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/** Loops in bytecode. One over a range counts in a variable of the JVM, one over a list reads it in place. */
final class LoopBytecode {
    private static final String RANGE = Emitter.VALUE + "RangeValue";
    private static final String LIST = Emitter.VALUE + "ListValue";

    /** In the place of the slot that keeps how far a loop is: the loop is the whole of the method. */
    private static final int WHOLE = -2;

    private final BytecodeUnit u;
    private final Emitter e;
    private final MethodVisitor mv;

    /**
     * A loop over something: what it runs over, the place of the next element in a range or list, and what the
     * variables that follow from these hold.
     */
    private record State(int all, int next, int range, int list, int count, int value, int by) {}

    LoopBytecode(BytecodeUnit unit) {
        this.u = unit;
        this.e = unit.e;
        this.mv = unit.mv;
    }

    static boolean isRange(Expr iterable) {
        return iterable instanceof Calls.Call call
                && call.function instanceof Variables.Global global
                && (global.slot.name.equals("range") || global.slot.name.equals("xrange"));
    }

    void whileLoop(Expr test, Stmt body, Stmt orElse) {
        whileLoop(test, body, orElse, false);
    }

    /** The loop that is the whole of the method. */
    void goOn(Loops.While x) {
        whileLoop(x.test, x.body, x.orElse, true);
    }

    private void whileLoop(Expr test, Stmt body, Stmt orElse, boolean whole) {
        Label head = new Label();
        Label over = new Label();
        Label done = new Label();
        mv.visitLabel(head);
        if (whole) {
            u.pauseWhenUsedUp(-1);
        }
        u.variables.maybe(() -> {
            u.expressions.condition(test, over, false);
            turn(whole);
            u.enter(new BytecodeUnit.Loop(done, head));
            u.statements.write(body);
            u.leave();
        });
        mv.visitJumpInsn(GOTO, head);
        mv.visitLabel(over);
        u.variables.maybe(() -> u.statements.write(orElse));
        mv.visitLabel(done);
    }

    void forLoop(Loops.For x) {
        begin(x.iterable, x.target, x.place, -1, () -> u.statements.write(x.body), () -> u.statements.write(x.orElse));
    }

    /** The loop of a generator: where it yields, the frame keeps in a slot how far the loop is. */
    void forLoop(Generators.For x) {
        begin(x.iterable, x.target, x.place, x.at, () -> u.statements.write(x.body), () -> u.statements.write(x.orElse));
    }

    /** A loop under way: over what lies in {@code all}, from the place in {@code next} on. */
    void goOn(Loops.For x, int all, int next) {
        run(state(all, next), isRange(x.iterable), x.target, x.place, WHOLE, () -> u.statements.write(x.body),
                () -> u.statements.write(x.orElse));
    }

    /** One {@code for} of a comprehension. */
    void clause(Comprehensions.Clause clause, Runnable body) {
        begin(clause.iterable(), clause.target(), clause.place(), -1, body, () -> { });
    }

    private void turn(boolean whole) {
        if (whole) {
            u.countTurn();
        }
        u.step();
    }

    private void begin(Expr iterable, Target target, Object place, int keptAt, Runnable body, Runnable orElse) {
        Val v = e.boxed(u.expressions.value(iterable));
        e.machine();
        e.place(place);
        e.loadBoxed(v);
        e.fast("iterated", "(" + Emitter.MACHINE + Emitter.PLACE + Emitter.OBJECT + ")" + Emitter.OBJECT);
        int all = e.newObject();
        e.store(all);
        int next = e.newWide();
        mv.visitInsn(LCONST_0);
        mv.visitVarInsn(LSTORE, next);
        u.variables.maybe(() -> run(state(all, next), isRange(iterable), target, place, keptAt, body, orElse));
    }

    private State state(int all, int next) {
        return new State(all, next, e.newObject(), e.newObject(), e.newWide(), e.newWide(), e.newWide());
    }

    private void run(State s, boolean likelyRange, Target target, Object place, int keptAt, Runnable body, Runnable orElse) {
        Label head = new Label();
        Label end = new Label();
        Label done = new Label();
        Label notRange = new Label();
        Label notList = new Label();
        Label turn = new Label();
        open(s);
        mv.visitLabel(head);
        if (keptAt == WHOLE) {
            u.pauseWhenUsedUp(s.next);
        }
        e.load(s.range);
        mv.visitJumpInsn(IFNULL, notRange);
        mv.visitVarInsn(LLOAD, s.next);
        mv.visitVarInsn(LLOAD, s.count);
        mv.visitInsn(LCMP);
        mv.visitJumpInsn(IFGE, end);
        advance(s.next);
        turn(keptAt == WHOLE);
        int current = e.newWide();
        mv.visitVarInsn(LLOAD, s.value);
        mv.visitVarInsn(LSTORE, current);
        mv.visitVarInsn(LLOAD, s.value);
        mv.visitVarInsn(LLOAD, s.by);
        mv.visitInsn(LADD);
        mv.visitVarInsn(LSTORE, s.value);
        u.variables.maybe(() -> u.variables.assign(target, new Val(Kind.LONG, -1, current, null)));
        mv.visitJumpInsn(GOTO, turn);
        mv.visitLabel(notRange);
        int element = e.newObject();
        Label found = new Label();
        if (!likelyRange) {
            overList(s, element, notList, end);
            mv.visitJumpInsn(GOTO, found);
        }
        mv.visitLabel(notList);
        e.machine();
        e.place(place);
        e.load(s.all);
        mv.visitVarInsn(LLOAD, s.next);
        e.fast("next", "(" + Emitter.MACHINE + Emitter.PLACE + Emitter.OBJECT + "J)" + Emitter.OBJECT);
        e.store(element);
        advance(s.next);
        e.load(element);
        mv.visitJumpInsn(IFNULL, end);
        mv.visitLabel(found);
        turn(keptAt == WHOLE);
        u.variables.maybe(() -> {
            u.variables.assign(target, e.object(element));
            mv.visitLabel(turn);
            u.enter(new BytecodeUnit.Loop(done, head));
            if (keptAt >= 0) {
                u.yields.enter(
                        bits -> keep(s, keptAt, bits),
                        bits -> recall(s, keptAt, bits));
            }
            body.run();
            if (keptAt >= 0) {
                u.yields.leave();
            }
            u.leave();
        });
        mv.visitJumpInsn(GOTO, head);
        mv.visitLabel(end);
        u.variables.maybe(orElse);
        mv.visitLabel(done);
    }

    private void overList(State s, int element, Label notList, Label end) {
        e.load(s.list);
        mv.visitJumpInsn(IFNULL, notList);
        e.load(s.list);
        mv.visitVarInsn(LLOAD, s.next);
        mv.visitMethodInsn(INVOKEVIRTUAL, LIST, "orNull", "(J)" + Emitter.OBJECT, false);
        e.store(element);
        advance(s.next);
        e.load(element);
        mv.visitJumpInsn(IFNULL, end);
    }

    /** Finds out what the loop runs over. */
    private void open(State s) {
        cast(s.all, RANGE, s.range);
        cast(s.all, LIST, s.list);
        for (int v : new int[] {s.count, s.value, s.by}) {
            mv.visitInsn(LCONST_0);
            mv.visitVarInsn(LSTORE, v);
        }
        Label plain = new Label();
        e.load(s.range);
        mv.visitJumpInsn(IFNULL, plain);
        ofRange(s.range, "count", s.count);
        ofRange(s.range, "step", s.by);
        e.load(s.range);
        mv.visitVarInsn(LLOAD, s.next);
        mv.visitMethodInsn(INVOKEVIRTUAL, RANGE, "at", "(J)J", false);
        mv.visitVarInsn(LSTORE, s.value);
        mv.visitLabel(plain);
    }

    private void keep(State s, int at, int bits) {
        e.load(u.slots);
        e.push(at);
        e.load(s.all);
        mv.visitInsn(AASTORE);
        e.load(bits);
        e.push(at);
        mv.visitVarInsn(LLOAD, s.next);
        mv.visitInsn(LASTORE);
    }

    private void recall(State s, int at, int bits) {
        e.load(u.slots);
        e.push(at);
        mv.visitInsn(AALOAD);
        e.store(s.all);
        e.load(bits);
        e.push(at);
        mv.visitInsn(LALOAD);
        mv.visitVarInsn(LSTORE, s.next);
        open(s);
    }

    private void advance(int next) {
        mv.visitVarInsn(LLOAD, next);
        mv.visitInsn(LCONST_1);
        mv.visitInsn(LADD);
        mv.visitVarInsn(LSTORE, next);
    }

    private void ofRange(int range, String what, int into) {
        e.load(range);
        mv.visitMethodInsn(INVOKEVIRTUAL, RANGE, what, "()J", false);
        mv.visitVarInsn(LSTORE, into);
    }

    /** Stores the object as one of that class, or null where it is none. */
    private void cast(int object, String type, int into) {
        Label other = new Label();
        Label done = new Label();
        e.load(object);
        mv.visitTypeInsn(INSTANCEOF, type);
        mv.visitJumpInsn(IFEQ, other);
        e.load(object);
        mv.visitTypeInsn(CHECKCAST, type);
        e.store(into);
        mv.visitJumpInsn(GOTO, done);
        mv.visitLabel(other);
        mv.visitInsn(ACONST_NULL);
        e.store(into);
        mv.visitLabel(done);
    }
}
