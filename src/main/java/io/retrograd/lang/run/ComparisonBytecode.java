package io.retrograd.lang.run;

import static org.objectweb.asm.Opcodes.*;

import io.retrograd.lang.run.Emitter.Kind;
import io.retrograd.lang.run.Emitter.Val;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.value.None;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/** Comparisons in bytecode: ints and floats on the spot, as far as the nodes have seen such, all else by a call. */
final class ComparisonBytecode {
    private static final String COMPARE = "Lio/retrograd/lang/tree/CompareOperator;";

    private final Emitter e;
    private final MethodVisitor mv;
    private final ArithmeticBytecode arithmetic;

    ComparisonBytecode(Emitter e, ArithmeticBytecode arithmetic) {
        this.e = e;
        this.mv = e.mv;
        this.arithmetic = arithmetic;
    }

    /** Jumps if the comparison's answer is {@code when}. */
    void compareAndJump(Operators.Compare c, Val left, Val right, Label target, boolean when) {
        compareAndJump(c.op, c.seen(), left, right, c.place, target, when);
    }

    void compareAndJump(CompareOperator op, int seen, Val left, Val right, Object place, Label target, boolean when) {
        boolean identity = op == CompareOperator.IS || op == CompareOperator.IS_NOT;
        if (identity && (left.constant() == None.NONE || right.constant() == None.NONE)) {
            e.loadBoxed(left);
            e.loadBoxed(right);
            mv.visitJumpInsn((op == CompareOperator.IS) == when ? IF_ACMPEQ : IF_ACMPNE, target);
            return;
        }
        boolean fast = switch (op) {
            case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> true;
            default -> false;
        };
        Label slow = new Label();
        Label done = new Label();
        Val a = left;
        Val b = right;
        Kind only = Operands.only(seen, Operands.INTS) ? Kind.LONG : Operands.only(seen, Operands.FLOATS) ? Kind.DOUBLE : null;
        if (fast && only != null && ArithmeticBytecode.canBe(left, only) && ArithmeticBytecode.canBe(right, only)) {
            Val x = arithmetic.unboxed(left, only, slow);
            Val y = arithmetic.unboxed(right, only, slow);
            if (only == Kind.LONG) {
                e.loadLong(x);
                e.loadLong(y);
                mv.visitInsn(LCMP);
            } else {
                compareDoubles(op, x, y);
            }
            mv.visitJumpInsn(when ? opcode(op) : opposite(op), target);
            mv.visitJumpInsn(GOTO, done);
        } else if (fast && !isOther(left) && !isOther(right) && seen != Operands.OTHERS) {
            a = e.marked(left);
            b = e.marked(right);
            Label doubles = new Label();
            boolean mayBeLongs = a.kind() != Kind.DOUBLE && b.kind() != Kind.DOUBLE && Operands.mayBe(seen, Operands.INTS);
            boolean mayBeDoubles = !(a.kind() == Kind.LONG && b.kind() == Kind.LONG) && Operands.mayBe(seen, Operands.FLOATS | Operands.MIXED);
            if (mayBeLongs) {
                e.jumpUnlessLong(a, mayBeDoubles ? doubles : slow);
                e.jumpUnlessLong(b, mayBeDoubles ? doubles : slow);
                e.loadLong(a);
                e.loadLong(b);
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
                compareDoubles(op, x, y);
                mv.visitJumpInsn(when ? opcode(op) : opposite(op), target);
                mv.visitJumpInsn(GOTO, done);
            }
        }
        mv.visitLabel(slow);
        e.machine();
        e.constant(op, COMPARE);
        e.place(place);
        e.loadBoxed(a);
        e.loadBoxed(b);
        e.fast("test", "(" + Emitter.MACHINE + COMPARE + Emitter.PLACE + Emitter.OBJECT + Emitter.OBJECT + ")Z");
        mv.visitJumpInsn(when ? IFNE : IFEQ, target);
        mv.visitLabel(done);
    }

    private void compareDoubles(CompareOperator op, Val x, Val y) {
        e.loadDouble(x);
        e.loadDouble(y);
        // A comparison with NaN holds for != alone.
        boolean greater = op == CompareOperator.GREATER || op == CompareOperator.GREATER_EQUAL;
        mv.visitInsn(greater ? DCMPL : DCMPG);
    }

    /** The comparison's answer, which need not be a truth value. */
    Val compare(CompareOperator op, Val a, Val b, Object place) {
        e.machine();
        e.constant(op, COMPARE);
        e.place(place);
        e.loadBoxed(a);
        e.loadBoxed(b);
        e.fast("compare", "(" + Emitter.MACHINE + COMPARE + Emitter.PLACE + Emitter.OBJECT + Emitter.OBJECT + ")" + Emitter.OBJECT);
        return e.popObject();
    }

    /** A constant int that a double holds exactly may be compared as one. */
    private static Val exactDouble(Val v) {
        return v.constant() instanceof Long n && n <= Operators.Divide.EXACT && n >= -Operators.Divide.EXACT
                ? new Val(Kind.DOUBLE, -1, -1, (double) n)
                : v;
    }

    private void jumpUnlessDouble(Val v, Label target) {
        if (v.kind() == Kind.MARKED) {
            e.load(v.o());
            e.mark("DOUBLE");
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
}
