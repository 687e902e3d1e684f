package io.retrograd.lang.run;

import static org.objectweb.asm.Opcodes.*;

import io.retrograd.lang.run.Emitter.Val;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/** Additions to a variable in bytecode, which may make a text longer: see {@link GrowingText}. */
final class GrowthBytecode {
    static final String GROWING = Emitter.RUN + "GrowingText";

    private final BytecodeUnit u;
    private final Emitter e;
    private final MethodVisitor mv;

    GrowthBytecode(BytecodeUnit unit) {
        this.u = unit;
        this.e = unit.e;
        this.mv = unit.mv;
    }

    /** {@code name OP= value}, where that may make a text longer. */
    void write(Control.AugmentName x) {
        if (x.read instanceof Variables.Local local) {
            VariableBytecode.Register r = u.variables.register(local.slot);
            if (r != null && r.growing() >= 0) {
                growRegister(x, local, r);
                return;
            }
            u.variables.assign(x.target, plain(x));
            return;
        }
        growShared(x);
    }

    private Val plain(Control.AugmentName x) {
        Val a = e.copy(u.expressions.value(x.read));
        Val b = u.expressions.value(x.value);
        return u.arithmetic.binary(x.op, x.seen(), a, b, x.place, x.slowly());
    }

    private void growRegister(Control.AugmentName x, Variables.Local local, VariableBytecode.Register r) {
        // The text so far, or a mark of how long it was, taken before the value is evaluated.
        Val a = e.newMarked();
        Label open = new Label();
        Label read = new Label();
        e.load(r.o());
        mv.visitJumpInsn(IFNULL, open);
        e.storeMarked(u.variables.value(r), a.o(), a.l());
        mv.visitJumpInsn(GOTO, read);
        mv.visitLabel(open);
        Label bound = new Label();
        e.load(r.growing());
        mv.visitJumpInsn(IFNONNULL, bound);
        u.variables.throwUnbound(local);
        mv.visitLabel(bound);
        e.load(r.growing());
        mv.visitMethodInsn(INVOKEVIRTUAL, GROWING, "mark", "()L" + GROWING + "$Mark;", false);
        e.store(a.o());
        mv.visitInsn(LCONST_0);
        mv.visitVarInsn(LSTORE, a.l());
        mv.visitLabel(read);
        Val b = u.expressions.value(x.value);
        Label grown = new Label();
        Val made = u.arithmetic.binary(x.op, x.seen(), a, b, x.place, (p, q) -> {
            e.machine();
            e.node(x);
            e.loadBoxed(p);
            e.loadBoxed(q);
            e.load(r.growing());
            e.fast("grow", "(" + Emitter.MACHINE + "L" + Emitter.RUN + "Control$AugmentName;" + Emitter.OBJECT + Emitter.OBJECT
                    + "L" + GROWING + ";)" + Emitter.OBJECT);
            Val result = e.popObject();
            Label done = new Label();
            e.load(result.o());
            mv.visitTypeInsn(INSTANCEOF, GROWING);
            mv.visitJumpInsn(IFEQ, done);
            e.load(result.o());
            mv.visitTypeInsn(CHECKCAST, GROWING);
            e.store(r.growing());
            mv.visitInsn(ACONST_NULL);
            e.store(r.o());
            mv.visitJumpInsn(GOTO, grown);
            mv.visitLabel(done);
            return result;
        });
        u.variables.store(r, made);
        mv.visitLabel(grown);
    }

    /** A variable of the module, or one that functions share: whoever holds it keeps the text that grows. */
    private void growShared(Control.AugmentName x) {
        if (x.target instanceof Targets.Global t) {
            e.node(t.slot);
        } else if (x.target instanceof Targets.Free t) {
            e.load(u.cells);
            e.push(t.index);
            mv.visitInsn(AALOAD);
        } else {
            u.variables.needCell(((Targets.Boxed) x.target).slot);
        }
        int holder = e.newObject();
        e.store(holder);
        int a = e.newObject();
        Label bound = new Label();
        e.load(holder);
        mv.visitFieldInsn(GETFIELD, Emitter.RUN + "Growable", "value", Emitter.OBJECT);
        e.store(a);
        e.load(a);
        mv.visitJumpInsn(IFNONNULL, bound);
        e.load(holder);
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.RUN + "Growable", "mark", "()" + Emitter.OBJECT, false);
        e.store(a);
        e.load(a);
        mv.visitJumpInsn(IFNONNULL, bound);
        Val found = u.expressions.value(x.read);
        e.loadBoxed(found);
        e.store(a);
        mv.visitLabel(bound);
        Val b = u.expressions.value(x.value);
        Label grown = new Label();
        Val made = u.arithmetic.binary(x.op, x.seen(), e.object(a), b, x.place, (p, q) -> {
            e.machine();
            e.node(x);
            e.loadBoxed(p);
            e.loadBoxed(q);
            e.load(holder);
            e.fast("grow", "(" + Emitter.MACHINE + "L" + Emitter.RUN + "Control$AugmentName;" + Emitter.OBJECT + Emitter.OBJECT
                    + "L" + Emitter.RUN + "Growable;)" + Emitter.OBJECT);
            Val result = e.popObject();
            e.load(result.o());
            mv.visitJumpInsn(IFNULL, grown);
            return result;
        });
        e.load(holder);
        e.loadBoxed(made);
        mv.visitFieldInsn(PUTFIELD, Emitter.RUN + "Growable", "value", Emitter.OBJECT);
        mv.visitLabel(grown);
    }
}
