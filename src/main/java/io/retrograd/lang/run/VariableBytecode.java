package io.retrograd.lang.run;

import static org.objectweb.asm.Opcodes.*;

import io.retrograd.lang.run.Emitter.Kind;
import io.retrograd.lang.run.Emitter.Val;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/**
 * Variables in bytecode, read and assigned. Those that no node touches are registers: variables of the JVM, null
 * where unassigned, numbers in them without boxes. The others lie in the frame.
 */
final class VariableBytecode {
    private static final String CELL = Emitter.RUN + "Cell";
    private static final String GROWING = GrowthBytecode.GROWING;

    /**
     * Where a variable lies.
     *
     * @param o the variable of the JVM with its value or its mark
     * @param l that with the bits of a number; -1 if it is kept as an object
     * @param growing that with the text which the variable holds while its value is null; -1 if it never grows
     */
    record Register(int o, int l, int growing) {}

    private final BytecodeUnit u;
    private final Emitter e;
    private final MethodVisitor mv;
    private final Map<Integer, Register> registers = new TreeMap<>();

    /** Registers that certainly have a value at the place that is being written. */
    private BitSet assigned = new BitSet();

    VariableBytecode(BytecodeUnit unit) {
        this.u = unit;
        this.e = unit.e;
        this.mv = unit.mv;
    }

    /** Makes the registers, unassigned. */
    void declare() {
        BitSet free = u.survey.free();
        for (int slot = free.nextSetBit(0); slot >= 0; slot = free.nextSetBit(slot + 1)) {
            boolean cell = u.survey.isCell(slot);
            Register r = new Register(
                    e.newObject(),
                    !cell && u.survey.isNumeric(slot) ? e.newWide() : -1,
                    !cell && u.survey.grows(slot) ? e.newObject() : -1);
            registers.put(slot, r);
            mv.visitInsn(ACONST_NULL);
            e.store(r.o);
            if (r.l >= 0) {
                mv.visitInsn(LCONST_0);
                mv.visitVarInsn(LSTORE, r.l);
            }
            if (r.growing >= 0) {
                mv.visitInsn(ACONST_NULL);
                e.store(r.growing);
            }
        }
    }

    boolean isRegister(int slot) {
        return registers.containsKey(slot);
    }

    Register register(int slot) {
        return registers.get(slot);
    }

    /** Writes a part that may be passed over: what it assigns is not certain behind it. */
    void maybe(Runnable part) {
        BitSet before = (BitSet) assigned.clone();
        part.run();
        assigned = before;
    }

    /** Writes parts of which exactly one will run: what all of them assign is certain behind them. */
    void oneOf(List<Runnable> parts) {
        BitSet before = assigned;
        BitSet after = null;
        for (Runnable part : parts) {
            assigned = (BitSet) before.clone();
            part.run();
            if (after == null) {
                after = assigned;
            } else {
                after.and(assigned);
            }
        }
        assigned = after;
    }

    /** Notes that a register has a value, unless that may be taken from it, or it is a text that grows. */
    private void assigned(int slot, Register r) {
        if (r.growing < 0 && !u.survey.isCleared(slot)) {
            assigned.set(slot);
        }
    }

    Val value(Register r) {
        return r.l < 0 ? e.object(r.o) : new Val(Kind.MARKED, r.o, r.l, null);
    }

    void store(Register r, Val v) {
        if (r.l >= 0) {
            e.storeMarked(v, r.o, r.l);
        } else {
            e.loadBoxed(v);
            e.store(r.o);
        }
    }

    private void loadSlot(int slot) {
        e.load(u.slots);
        e.push(slot);
        mv.visitInsn(AALOAD);
    }

    // Parameters and frames

    /** Takes a parameter, which an inner function may share. */
    void parameter(int slot, Val v, boolean shared) {
        if (!shared) {
            assignSlot(slot, v);
            return;
        }
        mv.visitTypeInsn(NEW, CELL);
        mv.visitInsn(DUP);
        e.loadBoxed(v);
        mv.visitMethodInsn(INVOKESPECIAL, CELL, "<init>", "(" + Emitter.OBJECT + ")V", false);
        storeCell(slot);
    }

    /** Takes all registers from the frame. */
    void load() {
        registers.forEach((slot, r) -> {
            loadSlot(slot);
            if (u.survey.isCell(slot)) {
                mv.visitTypeInsn(CHECKCAST, CELL);
                e.store(r.o);
            } else {
                store(r, e.popObject());
            }
        });
    }

    /** Puts all registers into the frame. */
    void writeBack() {
        registers.forEach((slot, r) -> {
            settle(r);
            e.load(u.slots);
            e.push(slot);
            e.loadBoxed(value(r));
            mv.visitInsn(AASTORE);
        });
    }

    /** Puts all registers into the frame of a pausing generator: marks into its slots, bits beside them. */
    void suspend(int bits) {
        registers.forEach((slot, r) -> {
            settle(r);
            e.load(u.slots);
            e.push(slot);
            e.load(r.o);
            mv.visitInsn(AASTORE);
            if (r.l >= 0) {
                e.load(bits);
                e.push(slot);
                mv.visitVarInsn(LLOAD, r.l);
                mv.visitInsn(LASTORE);
            }
        });
    }

    /** The reverse of {@link #suspend}. */
    void resume(int bits) {
        registers.forEach((slot, r) -> {
            loadSlot(slot);
            if (u.survey.isCell(slot)) {
                mv.visitTypeInsn(CHECKCAST, CELL);
            }
            e.store(r.o);
            if (r.l >= 0) {
                e.load(bits);
                e.push(slot);
                mv.visitInsn(LALOAD);
                mv.visitVarInsn(LSTORE, r.l);
            }
        });
    }

    // Reading

    Val read(Variables.Local local) {
        Register r = registers.get(local.slot);
        if (r != null && assigned.get(local.slot)) {
            return value(r);
        }
        Val v;
        if (r == null) {
            loadSlot(local.slot);
            v = e.popObject();
        } else {
            v = value(r);
        }
        Label bound = new Label();
        e.load(v.o());
        mv.visitJumpInsn(IFNONNULL, bound);
        if (r != null && r.growing >= 0) {
            settle(r);
            e.load(v.o());
            mv.visitJumpInsn(IFNONNULL, bound);
        }
        throwUnbound(local);
        mv.visitLabel(bound);
        if (r != null) {
            assigned(local.slot, r);
        }
        return v;
    }

    void throwUnbound(Variables.Local local) {
        e.node(local);
        e.machine();
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.RUN + "Variables$Local", "unbound",
                "(" + Emitter.MACHINE + ")Lio/retrograd/error/NnError;", false);
        mv.visitInsn(ATHROW);
    }

    /** Makes a text that grows the variable's value, where it is one. */
    private void settle(Register r) {
        if (r.growing < 0) {
            return;
        }
        Label done = new Label();
        e.load(r.o);
        mv.visitJumpInsn(IFNONNULL, done);
        e.load(r.growing);
        mv.visitJumpInsn(IFNULL, done);
        e.load(r.growing);
        mv.visitMethodInsn(INVOKEVIRTUAL, GROWING, "text", "()Ljava/lang/String;", false);
        e.store(r.o);
        mv.visitLabel(done);
    }

    Val read(Variables.Global global) {
        Label bound = new Label();
        int v = e.newObject();
        e.node(global.slot);
        mv.visitFieldInsn(GETFIELD, Emitter.RUN + "GlobalSlot", "value", Emitter.OBJECT);
        e.store(v);
        e.load(v);
        mv.visitJumpInsn(IFNONNULL, bound);
        e.node(global);
        e.machine();
        e.node(u.code);
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.RUN + "Variables$Global", "word",
                "(" + Emitter.MACHINE + "L" + Emitter.RUN + "Code;)" + Emitter.OBJECT, false);
        e.store(v);
        mv.visitLabel(bound);
        return e.object(v);
    }

    Val read(Variables.Free free) {
        e.node(free);
        e.machine();
        e.load(u.cells);
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.RUN + "Variables$Free", "get",
                "(" + Emitter.MACHINE + Emitter.CELLS + ")" + Emitter.OBJECT, false);
        return e.popObject();
    }

    Val read(Variables.Boxed boxed) {
        e.node(boxed);
        e.machine();
        loadCell(boxed.slot);
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.RUN + "Variables$Boxed", "get",
                "(" + Emitter.MACHINE + "L" + CELL + ";)" + Emitter.OBJECT, false);
        return e.popObject();
    }

    // Cells

    /** Pushes the cell of a slot, or null. */
    private void loadCell(int slot) {
        Register r = registers.get(slot);
        if (r != null) {
            e.load(r.o);
        } else {
            loadSlot(slot);
            mv.visitTypeInsn(CHECKCAST, CELL);
        }
    }

    /** Stores the cell on the stack. */
    private void storeCell(int slot) {
        Register r = registers.get(slot);
        if (r != null) {
            e.store(r.o);
            return;
        }
        int cell = e.newObject();
        e.store(cell);
        e.load(u.slots);
        e.push(slot);
        e.load(cell);
        mv.visitInsn(AASTORE);
    }

    /** Pushes the cell of a slot, made if there is none. */
    void needCell(int slot) {
        loadCell(slot);
        mv.visitMethodInsn(INVOKESTATIC, CELL, "orNew", "(L" + CELL + ";)L" + CELL + ";", false);
        storeCell(slot);
        loadCell(slot);
    }

    /** Pushes an array of the cells that an inner function takes along. */
    void capture(Definitions.Captures captures) {
        e.push(captures.at().length);
        mv.visitTypeInsn(ANEWARRAY, CELL);
        int all = e.newObject();
        e.store(all);
        for (int i = 0; i < captures.at().length; i++) {
            int at = captures.at()[i];
            if (captures.own()[i]) {
                needCell(at);
            } else {
                e.load(u.cells);
                e.push(at);
                mv.visitInsn(AALOAD);
            }
            int cell = e.newObject();
            e.store(cell);
            e.load(all);
            e.push(i);
            e.load(cell);
            mv.visitInsn(AASTORE);
        }
        e.load(all);
    }

    // Assigning

    void assignSlot(int slot, Val v) {
        Register r = registers.get(slot);
        if (r != null) {
            store(r, v);
            assigned(slot, r);
        } else {
            e.load(u.slots);
            e.push(slot);
            e.loadBoxed(v);
            mv.visitInsn(AASTORE);
        }
    }

    /** Forgets the value of a slot. */
    void clear(int slot) {
        Register r = registers.get(slot);
        if (r == null) {
            e.load(u.slots);
            e.push(slot);
            mv.visitInsn(ACONST_NULL);
            mv.visitInsn(AASTORE);
            return;
        }
        mv.visitInsn(ACONST_NULL);
        e.store(r.o);
        if (r.growing >= 0) {
            mv.visitInsn(ACONST_NULL);
            e.store(r.growing);
        }
    }

    /** Forgets the value of a variable that is none of an object. */
    void clear(Target t) {
        if (t instanceof Targets.Local x) {
            clear(x.slot);
            return;
        }
        if (t instanceof Targets.Global x) {
            e.node(x.slot);
        } else if (t instanceof Targets.Free x) {
            e.load(u.cells);
            e.push(x.index);
            mv.visitInsn(AALOAD);
        } else {
            needCell(((Targets.Boxed) t).slot);
        }
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.RUN + "Growable", "clear", "()V", false);
    }

    void assign(Target t, Val v) {
        if (t instanceof Targets.Local x) {
            assignSlot(x.slot, v);
        } else if (t instanceof Targets.Global x) {
            e.node(x.slot);
            e.loadBoxed(v);
            mv.visitFieldInsn(PUTFIELD, Emitter.RUN + "GlobalSlot", "value", Emitter.OBJECT);
        } else if (t instanceof Targets.Boxed x) {
            Val value = e.boxed(v);
            needCell(x.slot);
            e.loadBoxed(value);
            mv.visitFieldInsn(PUTFIELD, CELL, "value", Emitter.OBJECT);
        } else if (t instanceof Targets.Free x) {
            e.load(u.cells);
            e.push(x.index);
            mv.visitInsn(AALOAD);
            e.loadBoxed(v);
            mv.visitFieldInsn(PUTFIELD, CELL, "value", Emitter.OBJECT);
        } else if (t instanceof Targets.Attribute x) {
            Val value = e.boxed(v);
            Val object = e.boxed(u.expressions.value(x.object));
            setAttribute(x, object, value);
        } else if (t instanceof Targets.Item x) {
            Val value = e.boxed(v);
            Val object = e.boxed(u.expressions.value(x.object));
            setItem(object, u.expressions.value(x.index), value, x.place);
        } else if (t instanceof Targets.Unpack x) {
            unpack(x, v);
        } else {
            e.node(t);
            e.load(u.frame);
            e.loadBoxed(v);
            mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.RUN + "Target", "assign",
                    "(" + Emitter.FRAME + Emitter.OBJECT + ")V", false);
        }
    }

    private void unpack(Targets.Unpack x, Val v) {
        e.machine();
        e.node(x);
        e.loadBoxed(v);
        e.fast("unpack", "(" + Emitter.MACHINE + "L" + Emitter.RUN + "Targets$Unpack;" + Emitter.OBJECT + ")[" + Emitter.OBJECT);
        int all = e.newObject();
        e.store(all);
        for (int i = 0; i < x.parts.length; i++) {
            e.load(all);
            e.push(i);
            mv.visitInsn(AALOAD);
            assign(x.parts[i], e.popObject());
        }
    }

    void setAttribute(Targets.Attribute x, Val object, Val value) {
        e.node(x);
        e.machine();
        e.loadBoxed(object);
        e.loadBoxed(value);
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.RUN + "Targets$Attribute", "set",
                "(" + Emitter.MACHINE + Emitter.OBJECT + Emitter.OBJECT + ")V", false);
    }

    void setItem(Val object, Val index, Val value, Object place) {
        Label done = new Label();
        Label other = new Label();
        if (index.kind() == Kind.LONG || index.kind() == Kind.MARKED) {
            e.jumpUnlessLong(index, other);
            e.machine();
            e.place(place);
            e.loadBoxed(object);
            e.loadLong(index);
            e.loadBoxed(value);
            e.fast("setItem", "(" + Emitter.MACHINE + Emitter.PLACE + Emitter.OBJECT + "J" + Emitter.OBJECT + ")V");
            if (index.kind() == Kind.LONG) {
                return;
            }
            mv.visitJumpInsn(GOTO, done);
        }
        mv.visitLabel(other);
        e.machine();
        e.place(place);
        e.loadBoxed(object);
        e.loadBoxed(index);
        e.loadBoxed(value);
        mv.visitMethodInsn(INVOKESTATIC, Emitter.RUN + "Targets$Item", "set",
                "(" + Emitter.MACHINE + Emitter.PLACE + Emitter.OBJECT + Emitter.OBJECT + Emitter.OBJECT + ")V", false);
        mv.visitLabel(done);
    }
}
