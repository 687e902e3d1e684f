package io.retrograd.lang.run;

import static org.objectweb.asm.Opcodes.*;

import io.retrograd.lang.run.Emitter.Kind;
import io.retrograd.lang.run.Emitter.Val;
import io.retrograd.lang.tree.BinaryOperator;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/**
 * Arithmetic in bytecode: ints and floats on the spot, as far as the nodes have seen such operands,
 * everything else by a call.
 */
final class ArithmeticBytecode {
    private static final String BINARY = "Lio/retrograd/lang/tree/BinaryOperator;";

    private final Emitter e;
    private final MethodVisitor mv;

    ArithmeticBytecode(Emitter e) {
        this.e = e;
        this.mv = e.mv;
    }

    /** Writes what is done with operands that are no plain numbers; answers the result. */
    interface Slow {
        Val write(Val a, Val b);
    }

    private static boolean onLongs(BinaryOperator op) {
        return switch (op) {
            case POWER, MATRIX_MULTIPLY, LEFT_SHIFT -> false;
            default -> true;
        };
    }

    private static boolean onDoubles(BinaryOperator op) {
        return switch (op) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE -> true;
            default -> false;
        };
    }

    /**
     * {@code left OP right}; {@code slowly} names the helper that takes over from the fast paths.
     *
     * @param seen the {@link Operands} that there have been so far
     */
    Val binary(BinaryOperator op, int seen, Val left, Val right, Object place, String slowly) {
        Slow slow = (a, b) -> slowly(op, a, b, place, slowly);
        return slowly.equals("oldDivide") ? slow.write(left, right) : binary(op, seen, left, right, place, slow);
    }

    Val binary(BinaryOperator op, int seen, Val left, Val right, Object place, Slow slowly) {
        boolean possible = (onLongs(op) || onDoubles(op)) && !isText(left) && !isText(right) && seen != Operands.OTHERS;
        if (!possible) {
            return slowly.write(left, right);
        }
        if (Operands.only(seen, Operands.INTS) && onLongs(op) && canBe(left, Kind.LONG) && canBe(right, Kind.LONG)) {
            Label slow = new Label();
            Val result = e.newMarked();
            longs(op, unboxed(left, Kind.LONG, slow), unboxed(right, Kind.LONG, slow), result, slow);
            return orSlowly(left, right, result, slow, slowly);
        }
        if (Operands.only(seen, Operands.FLOATS) && onDoubles(op)
                && canBe(left, Kind.DOUBLE) && canBe(right, Kind.DOUBLE) && !(left.isNumber() && right.isNumber())) {
            Label slow = new Label();
            Val result = e.newMarked();
            doubles(op, unboxed(left, Kind.DOUBLE, slow), unboxed(right, Kind.DOUBLE, slow), slow);
            storeDouble(result);
            return orSlowly(left, right, result, slow, slowly);
        }
        return either(op, seen, e.marked(left), e.marked(right), slowly);
    }

    private Val orSlowly(Val left, Val right, Val result, Label slow, Slow slowly) {
        Label done = new Label();
        mv.visitJumpInsn(GOTO, done);
        mv.visitLabel(slow);
        e.storeMarked(slowly.write(left, right), result.o(), result.l());
        mv.visitLabel(done);
        return result;
    }

    private void storeDouble(Val result) {
        mv.visitMethodInsn(INVOKESTATIC, "java/lang/Double", "doubleToRawLongBits", "(D)J", false);
        mv.visitVarInsn(LSTORE, result.l());
        e.mark("DOUBLE");
        e.store(result.o());
    }

    static boolean canBe(Val v, Kind kind) {
        return v.kind() == kind || v.kind() == Kind.MARKED || v.kind() == Kind.OBJECT && v.constant() == null;
    }

    /** The value as a number of that kind; jumps where it is none. */
    Val unboxed(Val v, Kind kind, Label otherwise) {
        if (v.kind() == kind) {
            return v;
        }
        boolean isLong = kind == Kind.LONG;
        if (v.kind() == Kind.MARKED) {
            e.load(v.o());
            e.mark(isLong ? "LONG" : "DOUBLE");
            mv.visitJumpInsn(IF_ACMPNE, otherwise);
            if (isLong) {
                return new Val(Kind.LONG, -1, v.l(), null);
            }
            mv.visitVarInsn(LLOAD, v.l());
            mv.visitMethodInsn(INVOKESTATIC, "java/lang/Double", "longBitsToDouble", "(J)D", false);
        } else {
            String box = isLong ? "java/lang/Long" : "java/lang/Double";
            e.load(v.o());
            mv.visitTypeInsn(INSTANCEOF, box);
            mv.visitJumpInsn(IFEQ, otherwise);
            e.load(v.o());
            mv.visitTypeInsn(CHECKCAST, box);
            mv.visitMethodInsn(INVOKEVIRTUAL, box, isLong ? "longValue" : "doubleValue", isLong ? "()J" : "()D", false);
        }
        int n = e.newWide();
        mv.visitVarInsn(isLong ? LSTORE : DSTORE, n);
        return new Val(kind, -1, n, null);
    }

    private Val either(BinaryOperator op, int seen, Val a, Val b, Slow slowly) {
        boolean mayBeLongs = onLongs(op) && Operands.mayBe(seen, Operands.INTS)
                && a.kind() != Kind.DOUBLE && b.kind() != Kind.DOUBLE;
        boolean mayBeDoubles = onDoubles(op) && Operands.mayBe(seen, Operands.FLOATS | Operands.MIXED)
                && !(a.kind() == Kind.LONG && b.kind() == Kind.LONG);
        Label doubles = new Label();
        Label slow = new Label();
        Label done = new Label();
        Val result = e.newMarked();
        if (mayBeLongs) {
            e.jumpUnlessLong(a, mayBeDoubles ? doubles : slow);
            e.jumpUnlessLong(b, mayBeDoubles ? doubles : slow);
            longs(op, a, b, result, slow);
            mv.visitJumpInsn(GOTO, done);
        }
        mv.visitLabel(doubles);
        if (mayBeDoubles) {
            e.jumpUnlessNumber(a, slow);
            e.jumpUnlessNumber(b, slow);
            boolean certain = !mayBeLongs && a.isNumber() && b.isNumber() && op != BinaryOperator.DIVIDE;
            doubles(op, a, b, slow);
            if (certain) {
                // Both are numbers: no other path is left.
                int d = e.newWide();
                mv.visitVarInsn(DSTORE, d);
                return new Val(Kind.DOUBLE, -1, d, null);
            }
            storeDouble(result);
            mv.visitJumpInsn(GOTO, done);
        }
        mv.visitLabel(slow);
        e.storeMarked(slowly.write(a, b), result.o(), result.l());
        mv.visitLabel(done);
        return result;
    }

    /** Pushes the result on doubles; jumps where there is none. */
    private void doubles(BinaryOperator op, Val a, Val b, Label slow) {
        if (op == BinaryOperator.DIVIDE) {
            int x = e.newWide();
            int y = e.newWide();
            e.loadDouble(a);
            mv.visitVarInsn(DSTORE, x);
            e.loadDouble(b);
            mv.visitVarInsn(DSTORE, y);
            mv.visitVarInsn(DLOAD, y);
            mv.visitInsn(DCONST_0);
            mv.visitInsn(DCMPL);
            mv.visitJumpInsn(IFEQ, slow);
            mv.visitVarInsn(DLOAD, x);
            mv.visitVarInsn(DLOAD, y);
            mv.visitInsn(DDIV);
            return;
        }
        e.loadDouble(a);
        e.loadDouble(b);
        mv.visitInsn(op == BinaryOperator.ADD ? DADD : op == BinaryOperator.SUBTRACT ? DSUB : DMUL);
    }

    private static boolean isText(Val v) {
        return v.constant() instanceof String;
    }

    private Val slowly(BinaryOperator op, Val a, Val b, Object place, String slowly) {
        boolean oldDivide = slowly.equals("oldDivide");
        e.machine();
        if (!oldDivide) {
            e.constant(op, BINARY);
        }
        e.place(place);
        e.loadBoxed(a);
        e.loadBoxed(b);
        e.fast(slowly, "(" + Emitter.MACHINE + (oldDivide ? "" : BINARY) + Emitter.PLACE + Emitter.OBJECT + Emitter.OBJECT + ")"
                + Emitter.OBJECT);
        return e.popObject();
    }

    private void longs(BinaryOperator op, Val a, Val b, Val result, Label slow) {
        switch (op) {
            case ADD, SUBTRACT -> {
                e.loadLong(a);
                e.loadLong(b);
                mv.visitInsn(op == BinaryOperator.ADD ? LADD : LSUB);
                mv.visitVarInsn(LSTORE, result.l());
                e.loadLong(a);
                if (op == BinaryOperator.ADD) {
                    mv.visitVarInsn(LLOAD, result.l());
                } else {
                    e.loadLong(b);
                }
                mv.visitInsn(LXOR);
                if (op == BinaryOperator.ADD) {
                    e.loadLong(b);
                } else {
                    e.loadLong(a);
                }
                mv.visitVarInsn(LLOAD, result.l());
                mv.visitInsn(LXOR);
                mv.visitInsn(LAND);
                mv.visitInsn(LCONST_0);
                mv.visitInsn(LCMP);
                mv.visitJumpInsn(IFLT, slow);
            }
            case MULTIPLY -> {
                e.loadLong(a);
                e.loadLong(b);
                mv.visitInsn(LMUL);
                mv.visitVarInsn(LSTORE, result.l());
                e.loadLong(a);
                e.loadLong(b);
                mv.visitMethodInsn(INVOKESTATIC, "java/lang/Math", "multiplyHigh", "(JJ)J", false);
                mv.visitVarInsn(LLOAD, result.l());
                e.push(63);
                mv.visitInsn(LSHR);
                mv.visitInsn(LCMP);
                mv.visitJumpInsn(IFNE, slow);
            }
            case FLOOR_DIVIDE, REMAINDER -> {
                if (!(b.constant() instanceof Long n && n > 0)) {
                    e.loadLong(b);
                    mv.visitInsn(LCONST_0);
                    mv.visitInsn(LCMP);
                    mv.visitJumpInsn(IFLE, slow);
                }
                e.loadLong(a);
                e.loadLong(b);
                String name = op == BinaryOperator.REMAINDER ? "floorMod" : "floorDiv";
                mv.visitMethodInsn(INVOKESTATIC, "java/lang/Math", name, "(JJ)J", false);
                mv.visitVarInsn(LSTORE, result.l());
            }
            case DIVIDE -> {
                exact(a, slow);
                exact(b, slow);
                e.loadLong(b);
                mv.visitInsn(LCONST_0);
                mv.visitInsn(LCMP);
                mv.visitJumpInsn(IFEQ, slow);
                e.loadDouble(new Val(Kind.LONG, -1, a.l(), a.constant()));
                e.loadDouble(new Val(Kind.LONG, -1, b.l(), b.constant()));
                mv.visitInsn(DDIV);
                mv.visitMethodInsn(INVOKESTATIC, "java/lang/Double", "doubleToRawLongBits", "(D)J", false);
                mv.visitVarInsn(LSTORE, result.l());
                e.mark("DOUBLE");
                e.store(result.o());
                return;
            }
            case RIGHT_SHIFT -> {
                e.loadLong(b);
                mv.visitLdcInsn(~63L);
                mv.visitInsn(LAND);
                mv.visitInsn(LCONST_0);
                mv.visitInsn(LCMP);
                mv.visitJumpInsn(IFNE, slow);
                e.loadLong(a);
                e.loadLong(b);
                mv.visitInsn(L2I);
                mv.visitInsn(LSHR);
                mv.visitVarInsn(LSTORE, result.l());
            }
            default -> {
                e.loadLong(a);
                e.loadLong(b);
                mv.visitInsn(op == BinaryOperator.BIT_AND ? LAND : op == BinaryOperator.BIT_OR ? LOR : LXOR);
                mv.visitVarInsn(LSTORE, result.l());
            }
        }
        e.mark("LONG");
        e.store(result.o());
    }

    /** An int beyond 2^53 is not exact as a double. */
    private void exact(Val v, Label slow) {
        if (v.constant() instanceof Long n && Math.abs(n) <= Operators.Divide.EXACT) {
            return;
        }
        e.loadLong(v);
        mv.visitMethodInsn(INVOKESTATIC, "java/lang/Math", "abs", "(J)J", false);
        mv.visitLdcInsn(Operators.Divide.EXACT);
        mv.visitInsn(LCMP);
        mv.visitJumpInsn(IFGT, slow);
        e.loadLong(v);
        mv.visitLdcInsn(Long.MIN_VALUE);
        mv.visitInsn(LCMP);
        mv.visitJumpInsn(IFEQ, slow);
    }
}
