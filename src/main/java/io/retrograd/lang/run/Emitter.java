package io.retrograd.lang.run;

import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Writes bytecode in the style of a register machine: every intermediate value lies in a variable of its own and
 * the operand stack is empty between steps, so that a slow path can be taken anywhere. HotSpot's compiler sees
 * through the copies.
 */
final class Emitter implements Opcodes {
    static final String RUN = "io/retrograd/lang/run/";
    static final String GENERATED = RUN + "Generated";
    static final String FAST = RUN + "Fast";
    static final String OBJECT = "Ljava/lang/Object;";
    static final String MACHINE = "Lio/retrograd/lang/value/Machine;";
    static final String PLACE = "Lio/retrograd/lang/value/Place;";

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
    private final List<Object> constants;
    private final List<String> constantTypes;
    private int nextVariable;

    Emitter(MethodVisitor mv, int machine, int firstFree, List<Object> constants, List<String> constantTypes) {
        this.mv = mv;
        this.machine = machine;
        this.nextVariable = firstFree;
        this.constants = constants;
        this.constantTypes = constantTypes;
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
        int at = -1;
        for (int i = 0; i < constants.size(); i++) {
            if (constants.get(i) == value && constantTypes.get(i).equals(type)) {
                at = i;
            }
        }
        if (at < 0) {
            at = constants.size();
            constants.add(value);
            constantTypes.add(type);
        }
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

    Val popBoolean() {
        int v = newObject();
        mv.visitVarInsn(ISTORE, v);
        return new Val(Kind.BOOL, v, -1, null);
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

    private void jumpUnlessLong(Val v, Label target) {
        if (v.kind() == Kind.MARKED) {
            load(v.o());
            mark("LONG");
            mv.visitJumpInsn(IF_ACMPNE, target);
        }
    }

    private void jumpUnlessNumber(Val v, Label target) {
        if (v.kind() == Kind.MARKED) {
            load(v.o());
            fast("isNumber", "(" + OBJECT + ")Z");
            mv.visitJumpInsn(IFEQ, target);
        }
    }

    // Arithmetic

    private static boolean onLongs(BinaryOperator op) {
        return switch (op) {
            case POWER, MATRIX_MULTIPLY, LEFT_SHIFT, RIGHT_SHIFT -> false;
            default -> true;
        };
    }

    private static boolean onDoubles(BinaryOperator op) {
        return switch (op) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE -> true;
            default -> false;
        };
    }

    /** {@code left OP right}; {@code slowly} names the helper that takes over from the fast paths. */
    Val arithmetic(BinaryOperator op, Val left, Val right, Object place, String slowly) {
        boolean possible = (onLongs(op) || onDoubles(op)) && !isText(left) && !isText(right) && !slowly.equals("oldDivide");
        if (!possible) {
            return slowArithmetic(op, left, right, place, slowly);
        }
        Val a = marked(left);
        Val b = marked(right);
        boolean mayBeLongs = onLongs(op) && a.kind() != Kind.DOUBLE && b.kind() != Kind.DOUBLE;
        boolean mayBeDoubles = onDoubles(op) && !(a.kind() == Kind.LONG && b.kind() == Kind.LONG);
        Label doubles = new Label();
        Label slow = new Label();
        Label done = new Label();
        Val result = newMarked();
        if (mayBeLongs) {
            jumpUnlessLong(a, mayBeDoubles ? doubles : slow);
            jumpUnlessLong(b, mayBeDoubles ? doubles : slow);
            longs(op, a, b, result, slow);
            mv.visitJumpInsn(GOTO, done);
        }
        mv.visitLabel(doubles);
        if (mayBeDoubles) {
            jumpUnlessNumber(a, slow);
            jumpUnlessNumber(b, slow);
            int x = newWide();
            int y = newWide();
            loadDouble(a);
            mv.visitVarInsn(DSTORE, x);
            loadDouble(b);
            mv.visitVarInsn(DSTORE, y);
            if (op == BinaryOperator.DIVIDE) {
                mv.visitVarInsn(DLOAD, y);
                mv.visitInsn(DCONST_0);
                mv.visitInsn(DCMPL);
                mv.visitJumpInsn(IFEQ, slow);
            }
            mv.visitVarInsn(DLOAD, x);
            mv.visitVarInsn(DLOAD, y);
            mv.visitInsn(switch (op) {
                case ADD -> DADD;
                case SUBTRACT -> DSUB;
                case MULTIPLY -> DMUL;
                default -> DDIV;
            });
            if (!mayBeLongs && a.isNumber() && b.isNumber() && op != BinaryOperator.DIVIDE) {
                // Both are numbers for certain: no other path is left.
                int d = newWide();
                mv.visitVarInsn(DSTORE, d);
                return new Val(Kind.DOUBLE, -1, d, null);
            }
            mv.visitMethodInsn(INVOKESTATIC, "java/lang/Double", "doubleToRawLongBits", "(D)J", false);
            mv.visitVarInsn(LSTORE, result.l());
            mark("DOUBLE");
            store(result.o());
            mv.visitJumpInsn(GOTO, done);
        }
        mv.visitLabel(slow);
        storeMarked(slowArithmetic(op, a, b, place, slowly), result.o(), result.l());
        mv.visitLabel(done);
        return result;
    }

    private static boolean isText(Val v) {
        return v.constant() instanceof String;
    }

    private Val slowArithmetic(BinaryOperator op, Val a, Val b, Object place, String slowly) {
        machine();
        if (!slowly.equals("oldDivide")) {
            constant(op, "Lio/retrograd/lang/tree/BinaryOperator;");
        }
        place(place);
        loadBoxed(a);
        loadBoxed(b);
        String operator = slowly.equals("oldDivide") ? "" : "Lio/retrograd/lang/tree/BinaryOperator;";
        fast(slowly, "(" + MACHINE + operator + PLACE + OBJECT + OBJECT + ")" + OBJECT);
        return popObject();
    }

    private void longs(BinaryOperator op, Val a, Val b, Val result, Label slow) {
        switch (op) {
            case ADD, SUBTRACT -> {
                loadLong(a);
                loadLong(b);
                mv.visitInsn(op == BinaryOperator.ADD ? LADD : LSUB);
                mv.visitVarInsn(LSTORE, result.l());
                loadLong(a);
                if (op == BinaryOperator.ADD) {
                    mv.visitVarInsn(LLOAD, result.l());
                } else {
                    loadLong(b);
                }
                mv.visitInsn(LXOR);
                if (op == BinaryOperator.ADD) {
                    loadLong(b);
                } else {
                    loadLong(a);
                }
                mv.visitVarInsn(LLOAD, result.l());
                mv.visitInsn(LXOR);
                mv.visitInsn(LAND);
                mv.visitInsn(LCONST_0);
                mv.visitInsn(LCMP);
                mv.visitJumpInsn(IFLT, slow);
            }
            case MULTIPLY -> {
                loadLong(a);
                loadLong(b);
                mv.visitInsn(LMUL);
                mv.visitVarInsn(LSTORE, result.l());
                loadLong(a);
                loadLong(b);
                mv.visitMethodInsn(INVOKESTATIC, "java/lang/Math", "multiplyHigh", "(JJ)J", false);
                mv.visitVarInsn(LLOAD, result.l());
                push(63);
                mv.visitInsn(LSHR);
                mv.visitInsn(LCMP);
                mv.visitJumpInsn(IFNE, slow);
            }
            case FLOOR_DIVIDE, REMAINDER -> {
                if (!(b.constant() instanceof Long n && n > 0)) {
                    loadLong(b);
                    mv.visitInsn(LCONST_0);
                    mv.visitInsn(LCMP);
                    mv.visitJumpInsn(IFLE, slow);
                }
                loadLong(a);
                loadLong(b);
                String name = op == BinaryOperator.REMAINDER ? "floorMod" : "floorDiv";
                mv.visitMethodInsn(INVOKESTATIC, "java/lang/Math", name, "(JJ)J", false);
                mv.visitVarInsn(LSTORE, result.l());
            }
            case DIVIDE -> {
                exact(a, slow);
                exact(b, slow);
                loadLong(b);
                mv.visitInsn(LCONST_0);
                mv.visitInsn(LCMP);
                mv.visitJumpInsn(IFEQ, slow);
                loadDouble(new Val(Kind.LONG, -1, a.l(), a.constant()));
                loadDouble(new Val(Kind.LONG, -1, b.l(), b.constant()));
                mv.visitInsn(DDIV);
                mv.visitMethodInsn(INVOKESTATIC, "java/lang/Double", "doubleToRawLongBits", "(D)J", false);
                mv.visitVarInsn(LSTORE, result.l());
                mark("DOUBLE");
                store(result.o());
                return;
            }
            default -> {
                loadLong(a);
                loadLong(b);
                mv.visitInsn(op == BinaryOperator.BIT_AND ? LAND : op == BinaryOperator.BIT_OR ? LOR : LXOR);
                mv.visitVarInsn(LSTORE, result.l());
            }
        }
        mark("LONG");
        store(result.o());
    }

    /** An int beyond 2^53 is not exact as a double. */
    private void exact(Val v, Label slow) {
        if (v.constant() instanceof Long n && Math.abs(n) <= Operators.Divide.EXACT) {
            return;
        }
        loadLong(v);
        mv.visitMethodInsn(INVOKESTATIC, "java/lang/Math", "abs", "(J)J", false);
        mv.visitLdcInsn(Operators.Divide.EXACT);
        mv.visitInsn(LCMP);
        mv.visitJumpInsn(IFGT, slow);
        loadLong(v);
        mv.visitLdcInsn(Long.MIN_VALUE);
        mv.visitInsn(LCMP);
        mv.visitJumpInsn(IFEQ, slow);
    }

    // Conditions

    /** Jumps if the comparison's answer is {@code when}. */
    void compareAndJump(CompareOperator op, Val left, Val right, Object place, Label target, boolean when) {
        boolean fast = switch (op) {
            case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> true;
            default -> false;
        };
        Label slow = new Label();
        Label done = new Label();
        Val a = left;
        Val b = right;
        boolean hopeful = fast && !isOther(left) && !isOther(right);
        if (hopeful) {
            a = marked(left);
            b = marked(right);
            Label doubles = new Label();
            boolean mayBeLongs = a.kind() != Kind.DOUBLE && b.kind() != Kind.DOUBLE;
            boolean mayBeDoubles = !(a.kind() == Kind.LONG && b.kind() == Kind.LONG);
            if (mayBeLongs) {
                jumpUnlessLong(a, mayBeDoubles ? doubles : slow);
                jumpUnlessLong(b, mayBeDoubles ? doubles : slow);
                loadLong(a);
                loadLong(b);
                mv.visitInsn(LCMP);
                mv.visitJumpInsn(when ? opcode(op) : opposite(op), target);
                mv.visitJumpInsn(GOTO, done);
            }
            mv.visitLabel(doubles);
            Val x = exactDouble(a);
            Val y = exactDouble(b);
            if (mayBeDoubles && x.kind() != Kind.LONG && y.kind() != Kind.LONG) {
                jumpUnlessDouble(x, slow);
                jumpUnlessDouble(y, slow);
                loadDouble(x);
                loadDouble(y);
                // A comparison with NaN holds for != alone.
                boolean greater = op == CompareOperator.GREATER || op == CompareOperator.GREATER_EQUAL;
                mv.visitInsn(greater ? DCMPL : DCMPG);
                mv.visitJumpInsn(when ? opcode(op) : opposite(op), target);
                mv.visitJumpInsn(GOTO, done);
            }
        }
        mv.visitLabel(slow);
        machine();
        constant(op, "Lio/retrograd/lang/tree/CompareOperator;");
        place(place);
        loadBoxed(a);
        loadBoxed(b);
        fast("test", "(" + MACHINE + "Lio/retrograd/lang/tree/CompareOperator;" + PLACE + OBJECT + OBJECT + ")Z");
        mv.visitJumpInsn(when ? IFNE : IFEQ, target);
        mv.visitLabel(done);
    }

    /** A constant int that a double holds exactly may be compared as one. */
    private static Val exactDouble(Val v) {
        return v.constant() instanceof Long n && n <= Operators.Divide.EXACT && n >= -Operators.Divide.EXACT
                ? new Val(Kind.DOUBLE, -1, -1, (double) n)
                : v;
    }

    private void jumpUnlessDouble(Val v, Label target) {
        if (v.kind() == Kind.MARKED) {
            load(v.o());
            mark("DOUBLE");
            mv.visitJumpInsn(IF_ACMPNE, target);
        }
    }

    private static boolean isOther(Val v) {
        return v.kind() == Kind.BOOL || v.kind() == Kind.OBJECT && v.constant() != null;
    }

    private static int opcode(CompareOperator op) {
        return switch (op) {
            case EQUAL -> IFEQ;
            case NOT_EQUAL -> IFNE;
            case LESS -> IFLT;
            case LESS_EQUAL -> IFLE;
            case GREATER -> IFGT;
            default -> IFGE;
        };
    }

    private static int opposite(CompareOperator op) {
        return switch (op) {
            case EQUAL -> IFNE;
            case NOT_EQUAL -> IFEQ;
            case LESS -> IFGE;
            case LESS_EQUAL -> IFGT;
            case GREATER -> IFLE;
            default -> IFLT;
        };
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
