package io.retrograd.lang.run;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/**
 * Writes bytecode in the style of a register machine: every intermediate value lies in a variable of its own and
 * the operand stack is empty between steps, so that a slow path can be taken anywhere. HotSpot's compiler sees
 * through the copies.
 */
final class Emitter {
    static final String RUN = "io/retrograd/lang/run/";
    static final String GENERATED = RUN + "Generated";
    static final String FAST = RUN + "Fast";
    static final String OBJECT = "Ljava/lang/Object;";
    static final String MACHINE = "Lio/retrograd/lang/value/Machine;";
    static final String MACHINE_CLASS = "io/retrograd/lang/value/Machine";
    static final String VALUE = "io/retrograd/lang/value/";
    static final String PLACE = "Lio/retrograd/lang/value/Place;";
    static final String FRAME = "L" + RUN + "Frame;";
    static final String CELLS = "[L" + RUN + "Cell;";

    /** How a value is held. */
    enum Kind {
        /** An int in a long variable, or a constant. */
        LONG,
        /** A float in a double variable, or a constant. */
        DOUBLE,
        /** A truth value in an int variable. */
        BOOL,
        /** An object, numbers boxed. */
        OBJECT,
        /** A mark and 64 bits, as {@link Fast} explains. */
        MARKED
    }

    /**
     * A value: its kind and its variables.
     *
     * @param constant the value itself where it is known
     */
    record Val(Kind kind, int o, int l, Object constant) {
        boolean isNumber() {
            return kind == Kind.LONG || kind == Kind.DOUBLE;
        }
    }

    final MethodVisitor mv;
    final int machine;
    private final GeneratedClass owner;
    private int nextVariable;

    Emitter(GeneratedClass owner, MethodVisitor mv, int machine, int firstFree) {
        this.owner = owner;
        this.mv = mv;
        this.machine = machine;
        this.nextVariable = firstFree;
    }

    int newObject() {
        return nextVariable++;
    }

    int newWide() {
        nextVariable += 2;
        return nextVariable - 2;
    }

    /** Pushes an object of the running program, such as a node or a place. */
    void constant(Object value, String type) {
        int at = owner.constant(value, type);
        mv.visitFieldInsn(GETSTATIC, GENERATED, "k" + at, type);
    }

    void node(Object node) {
        constant(node, "L" + node.getClass().getName().replace('.', '/') + ";");
    }

    void place(Object place) {
        constant(place, PLACE);
    }

    void load(int variable) {
        mv.visitVarInsn(ALOAD, variable);
    }

    void store(int variable) {
        mv.visitVarInsn(ASTORE, variable);
    }

    void machine() {
        load(machine);
    }

    void push(int value) {
        if (value >= -1 && value <= 5) {
            mv.visitInsn(ICONST_0 + value);
        } else if (value >= Short.MIN_VALUE && value <= Short.MAX_VALUE) {
            mv.visitIntInsn(SIPUSH, value);
        } else {
            mv.visitLdcInsn(value);
        }
    }

    void fast(String name, String descriptor) {
        mv.visitMethodInsn(INVOKESTATIC, FAST, name, descriptor, false);
    }

    void mark(String name) {
        mv.visitFieldInsn(GETSTATIC, FAST, name, OBJECT);
    }

    // Values

    Val object(int variable) {
        return new Val(Kind.OBJECT, variable, -1, null);
    }

    /** What lies on the stack, moved to a variable. */
    Val popObject() {
        int v = newObject();
        store(v);
        return object(v);
    }

    Val constantValue(Object value) {
        if (value instanceof Long) {
            return new Val(Kind.LONG, -1, -1, value);
        }
        if (value instanceof Double) {
            return new Val(Kind.DOUBLE, -1, -1, value);
        }
        return new Val(Kind.OBJECT, -1, -1, value);
    }

    /** Pushes the value as an object. */
    void loadBoxed(Val v) {
        switch (v.kind()) {
            case LONG -> {
                if (v.constant() != null) {
                    constant(v.constant(), OBJECT);
                } else {
                    mv.visitVarInsn(LLOAD, v.l());
                    boxLong();
                }
            }
            case DOUBLE -> {
                if (v.constant() != null) {
                    constant(v.constant(), OBJECT);
                } else {
                    mv.visitVarInsn(DLOAD, v.l());
                    mv.visitMethodInsn(INVOKESTATIC, "java/lang/Double", "valueOf", "(D)Ljava/lang/Double;", false);
                }
            }
            case BOOL -> {
                mv.visitVarInsn(ILOAD, v.o());
                mv.visitMethodInsn(INVOKESTATIC, "java/lang/Boolean", "valueOf", "(Z)Ljava/lang/Boolean;", false);
            }
            case OBJECT -> {
                if (v.constant() != null) {
                    constant(v.constant(), OBJECT);
                } else {
                    load(v.o());
                }
            }
            default -> {
                load(v.o());
                mv.visitVarInsn(LLOAD, v.l());
                fast("box", "(" + OBJECT + "J)" + OBJECT);
            }
        }
    }

    private void boxLong() {
        mv.visitMethodInsn(INVOKESTATIC, "java/lang/Long", "valueOf", "(J)Ljava/lang/Long;", false);
    }

    /** The value as an object in a variable. */
    Val boxed(Val v) {
        if (v.kind() == Kind.OBJECT) {
            return v;
        }
        loadBoxed(v);
        return popObject();
    }

    void loadLong(Val v) {
        if (v.constant() != null) {
            mv.visitLdcInsn(v.constant());
        } else {
            mv.visitVarInsn(LLOAD, v.l());
        }
    }

    /** A value that a later assignment to the same variable does not change. */
    Val copy(Val v) {
        if (v.kind() == Kind.MARKED) {
            Val made = newMarked();
            storeMarked(v, made.o(), made.l());
            return made;
        }
        if (v.kind() == Kind.OBJECT && v.constant() == null) {
            load(v.o());
            return popObject();
        }
        return v;
    }

    /** The value as a number where that is known, else with a mark. */
    Val marked(Val v) {
        if (v.isNumber() || v.kind() == Kind.MARKED) {
            return v;
        }
        Val boxed = boxed(v);
        Val made = newMarked();
        storeMarked(boxed, made.o(), made.l());
        return made;
    }

    Val newMarked() {
        int o = newObject();
        return new Val(Kind.MARKED, o, newWide(), null);
    }

    /** Stores any value into a pair of variables. */
    void storeMarked(Val v, int o, int l) {
        switch (v.kind()) {
            case LONG -> {
                loadLong(v);
                mv.visitVarInsn(LSTORE, l);
                mark("LONG");
                store(o);
            }
            case DOUBLE -> {
                loadDouble(v);
                mv.visitMethodInsn(INVOKESTATIC, "java/lang/Double", "doubleToRawLongBits", "(D)J", false);
                mv.visitVarInsn(LSTORE, l);
                mark("DOUBLE");
                store(o);
            }
            case MARKED -> {
                mv.visitVarInsn(LLOAD, v.l());
                mv.visitVarInsn(LSTORE, l);
                load(v.o());
                store(o);
            }
            default -> {
                Val boxed = boxed(v);
                loadBoxed(boxed);
                fast("bits", "(" + OBJECT + ")J");
                mv.visitVarInsn(LSTORE, l);
                loadBoxed(boxed);
                fast("mark", "(" + OBJECT + ")" + OBJECT);
                store(o);
            }
        }
    }

    /** Pushes a number as a double; the value must be one. */
    void loadDouble(Val v) {
        if (v.constant() instanceof Double) {
            mv.visitLdcInsn(v.constant());
        } else if (v.constant() instanceof Long n) {
            mv.visitLdcInsn((double) n);
        } else if (v.kind() == Kind.DOUBLE) {
            mv.visitVarInsn(DLOAD, v.l());
        } else if (v.kind() == Kind.LONG) {
            mv.visitVarInsn(LLOAD, v.l());
            mv.visitInsn(L2D);
        } else {
            load(v.o());
            mv.visitVarInsn(LLOAD, v.l());
            fast("toDouble", "(" + OBJECT + "J)D");
        }
    }

    void jumpUnlessLong(Val v, Label target) {
        if (v.kind() == Kind.MARKED) {
            load(v.o());
            mark("LONG");
            mv.visitJumpInsn(IF_ACMPNE, target);
        }
    }

    void jumpUnlessNumber(Val v, Label target) {
        if (v.kind() == Kind.MARKED) {
            load(v.o());
            fast("isNumber", "(" + OBJECT + ")Z");
            mv.visitJumpInsn(IFEQ, target);
        }
    }

    /** Jumps if the truth of the value is {@code when}. */
    void truthAndJump(Val v, Label target, boolean when) {
        switch (v.kind()) {
            case BOOL -> mv.visitVarInsn(ILOAD, v.o());
            case LONG, DOUBLE, MARKED -> {
                Val pair = v;
                if (v.kind() != Kind.MARKED) {
                    pair = newMarked();
                    storeMarked(v, pair.o(), pair.l());
                }
                machine();
                load(pair.o());
                mv.visitVarInsn(LLOAD, pair.l());
                fast("truth", "(" + MACHINE + OBJECT + "J)Z");
            }
            default -> {
                machine();
                loadBoxed(v);
                fast("truth", "(" + MACHINE + OBJECT + ")Z");
            }
        }
        mv.visitJumpInsn(when ? IFNE : IFEQ, target);
    }

    /** Pushes an array of the values, from a first element on. */
    void array(int size, int from, List<Val> values) {
        push(size);
        mv.visitTypeInsn(ANEWARRAY, "java/lang/Object");
        for (int i = 0; i < values.size(); i++) {
            mv.visitInsn(DUP);
            push(from + i);
            loadBoxed(values.get(i));
            mv.visitInsn(AASTORE);
        }
    }

    static List<Val> list() {
        return new ArrayList<>();
    }
}
