package io.retrograd.lang.run;

import static org.objectweb.asm.Opcodes.*;

import io.retrograd.lang.run.Emitter.Val;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntConsumer;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/**
 * Yields in bytecode. A generator is a method that returns at each yield, after putting what it needs later into the
 * frame, and starts with a jump behind the yield where it paused.
 */
final class YieldBytecode {
    private final BytecodeUnit u;
    private final Emitter e;
    private final MethodVisitor mv;
    private final List<Label> places = new ArrayList<>();
    private final List<Integer> paused = new ArrayList<>();
    private final Deque<Alive> alive = new ArrayDeque<>();
    private int bits = -1;

    /** What a statement around a yield keeps in the frame and takes from it again. */
    private record Alive(IntConsumer keep, IntConsumer recall) {}

    YieldBytecode(BytecodeUnit unit) {
        this.u = unit;
        this.e = unit.e;
        this.mv = unit.mv;
    }

    /** Begins a statement that has to keep something where a yield stands inside. */
    void enter(IntConsumer keep, IntConsumer recall) {
        alive.push(new Alive(keep, recall));
    }

    void leave() {
        alive.pop();
    }

    /** The slots in which the nodes note where they paused, in the order of the states. */
    int[] paused() {
        return paused.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Makes the registers what they were at the last yield, or what the frame says if nodes have run so far. */
    void restore() {
        bits = e.newObject();
        Label known = new Label();
        Label done = new Label();
        u.field(u.frame, "Frame", "bits", "[J");
        e.store(bits);
        e.load(bits);
        mv.visitJumpInsn(IFNONNULL, known);
        e.push(u.code.frameSize());
        mv.visitIntInsn(NEWARRAY, T_LONG);
        e.store(bits);
        e.load(u.frame);
        e.load(bits);
        mv.visitFieldInsn(PUTFIELD, Emitter.RUN + "Frame", "bits", "[J");
        u.variables.load();
        mv.visitJumpInsn(GOTO, done);
        mv.visitLabel(known);
        u.variables.resume(bits);
        mv.visitLabel(done);
    }

    /** Goes on behind the yield where it paused; falls through at first. Written at the end, when all are known. */
    void dispatch(Label start) {
        u.field(u.frame, "Frame", "state", "I");
        Label[] all = new Label[places.size() + 1];
        all[0] = start;
        for (int i = 0; i < places.size(); i++) {
            all[i + 1] = places.get(i);
        }
        mv.visitTableSwitchInsn(0, places.size(), start, all);
    }

    void yield(Generators.YieldStatement x) {
        Val v = e.boxed(u.expressions.value(x.value));
        pause(v, x.paused);
        e.load(u.frame);
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.RUN + "Frame", "takeSent", "()" + Emitter.OBJECT, false);
        Val sent = e.popObject();
        if (x.target != null) {
            u.variables.assign(x.target, sent);
        }
    }

    /** {@code yield from} as a statement. */
    void delegate(Generators.Delegate x) {
        String type = Emitter.RUN + "Generators$YieldFrom";
        Label again = new Label();
        Label over = new Label();
        Val all = e.boxed(u.expressions.value(x.from.iterable));
        int value = e.newObject();
        e.node(x.from);
        e.load(u.frame);
        e.loadBoxed(all);
        mv.visitMethodInsn(INVOKEVIRTUAL, type, "first", "(" + Emitter.FRAME + Emitter.OBJECT + ")" + Emitter.OBJECT, false);
        e.store(value);
        mv.visitLabel(again);
        e.load(value);
        mv.visitJumpInsn(IFNULL, over);
        pause(e.object(value), x.from.inner);
        e.node(x.from);
        e.load(u.frame);
        mv.visitMethodInsn(INVOKEVIRTUAL, type, "next", "(" + Emitter.FRAME + ")" + Emitter.OBJECT, false);
        e.store(value);
        mv.visitJumpInsn(GOTO, again);
        mv.visitLabel(over);
        if (x.target != null) {
            u.field(u.frame, "Frame", "value", Emitter.OBJECT);
            u.variables.assign(x.target, e.popObject());
        }
    }

    private void pause(Val value, int slot) {
        e.load(u.frame);
        e.loadBoxed(value);
        mv.visitFieldInsn(PUTFIELD, Emitter.RUN + "Frame", "value", Emitter.OBJECT);
        for (Alive each : alive) {
            each.keep.accept(bits);
        }
        u.variables.suspend(bits);
        Label behind = new Label();
        places.add(behind);
        paused.add(slot);
        e.load(u.frame);
        e.push(places.size());
        mv.visitFieldInsn(PUTFIELD, Emitter.RUN + "Frame", "state", "I");
        e.push(Stmt.YIELD);
        mv.visitInsn(IRETURN);
        mv.visitLabel(behind);
        for (Iterator<Alive> all = alive.descendingIterator(); all.hasNext();) {
            all.next().recall.accept(bits);
        }
    }
}
