package io.retrograd.lang.run;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/**
 * One method of bytecode while it is written: the parts that write it, each a family of nodes, and what they share.
 */
final class BytecodeUnit {
    /** What the method is. */
    enum Kind {
        FUNCTION,
        LOOP,
        GENERATOR
    }

    final Kind kind;
    final Code code;
    final SlotSurvey survey;
    final Emitter e;
    final MethodVisitor mv;
    final ArithmeticBytecode arithmetic;
    final ComparisonBytecode comparisons;
    final VariableBytecode variables;
    final GrowthBytecode growth;
    final ExpressionBytecode expressions;
    final CallBytecode calls;
    final ComprehensionBytecode comprehensions;
    final StatementBytecode statements;
    final LoopBytecode loops;
    final ExceptionBytecode exceptions;
    final YieldBytecode yields;

    /** The variables of the JVM that hold the frame, its slots and its cells. */
    int frame;
    int slots;
    int cells;

    /** The turns left to the loop that is the whole of the method; -1 elsewhere. */
    int turns = -1;

    /** Where the result of a function lies, and how a loop or generator ended. */
    int result;
    int status;

    /** The end of the method, where it leaves with what lies there. */
    Label exit;

    private final Deque<Enclosing> enclosing = new ArrayDeque<>();

    /** What lies around a statement, innermost first: a jump out of it has to know. */
    interface Enclosing {}

    /** A loop: where {@code break} and {@code continue} go. */
    record Loop(Label done, Label next) implements Enclosing {}

    /**
     * A part of the method with a handler, and what a jump out of it does first. The handler does not watch over
     * that, so that the part may be in several pieces.
     */
    static final class Guarded implements Enclosing {
        private final List<Label> bounds = new ArrayList<>();
        private final Runnable last;

        Guarded(Runnable last) {
            this.last = last;
        }

        void begin(MethodVisitor mv) {
            Label here = new Label();
            mv.visitLabel(here);
            bounds.add(here);
        }

        void end(MethodVisitor mv) {
            begin(mv);
        }

        /** Has the handler watch over the pieces; inner parts come before outer ones. */
        void handle(MethodVisitor mv, Label handler) {
            for (int i = 0; i < bounds.size(); i += 2) {
                Label start = bounds.get(i);
                Label end = bounds.get(i + 1);
                if (start.getOffset() != end.getOffset()) {
                    mv.visitTryCatchBlock(start, end, handler, "java/lang/Throwable");
                }
            }
        }
    }

    BytecodeUnit(Kind kind, Code code, SlotSurvey survey, Emitter e) {
        this.kind = kind;
        this.code = code;
        this.survey = survey;
        this.e = e;
        this.mv = e.mv;
        this.arithmetic = new ArithmeticBytecode(e);
        this.comparisons = new ComparisonBytecode(e, arithmetic);
        this.variables = new VariableBytecode(this);
        this.growth = new GrowthBytecode(this);
        this.expressions = new ExpressionBytecode(this);
        this.calls = new CallBytecode(this);
        this.comprehensions = new ComprehensionBytecode(this);
        this.statements = new StatementBytecode(this);
        this.loops = new LoopBytecode(this);
        this.exceptions = new ExceptionBytecode(this);
        this.yields = new YieldBytecode(this);
    }

    void enter(Enclosing part) {
        enclosing.push(part);
    }

    void leave() {
        enclosing.pop();
    }

    /** The loop that {@code break} and {@code continue} mean; null outside of loops. */
    Loop loop() {
        for (Enclosing each : enclosing) {
            if (each instanceof Loop loop) {
                return loop;
            }
        }
        return null;
    }

    /** Jumps to the end of the innermost loop, or to its next turn. */
    void jumpInLoop(boolean toNext) {
        if (loop() == null) {
            // In the else clause of the loop that is the whole of the method: the loop around it is meant.
            e.push(toNext ? Stmt.CONTINUE : Stmt.BREAK);
            mv.visitVarInsn(ISTORE, status);
            jumpToExit();
            return;
        }
        jump(Loop.class::isInstance, () -> {
            Loop loop = loop();
            mv.visitJumpInsn(GOTO, toNext ? loop.next() : loop.done());
        });
    }

    /** Leaves the method with what lies in its result. */
    void jumpToExit() {
        jump(part -> false, () -> mv.visitJumpInsn(GOTO, exit));
    }

    private void jump(Predicate<Enclosing> target, Runnable go) {
        Deque<Enclosing> passed = new ArrayDeque<>();
        while (!enclosing.isEmpty() && !target.test(enclosing.peek())) {
            Enclosing part = enclosing.pop();
            passed.push(part);
            if (part instanceof Guarded guarded) {
                guarded.end(mv);
                variables.maybe(guarded.last);
            }
        }
        go.run();
        for (Enclosing part : passed) {
            enclosing.push(part);
            if (part instanceof Guarded guarded) {
                guarded.begin(mv);
            }
        }
    }

    /** Counts a turn of the loop that is the whole of the method. */
    void countTurn() {
        mv.visitIincInsn(turns, -1);
    }

    /** Leaves the method where the turns are used up, to be entered again; the place of the next element is kept. */
    void pauseWhenUsedUp(int next) {
        Label goOn = new Label();
        mv.visitVarInsn(ILOAD, turns);
        mv.visitJumpInsn(IFGT, goOn);
        if (next >= 0) {
            e.load(frame);
            mv.visitVarInsn(LLOAD, next);
            mv.visitFieldInsn(PUTFIELD, Emitter.RUN + "Frame", "next", "J");
        }
        e.push(CompiledLoop.AGAIN);
        mv.visitVarInsn(ISTORE, status);
        mv.visitJumpInsn(GOTO, exit);
        mv.visitLabel(goOn);
    }

    /** Counts a turn or a call. */
    void step() {
        e.machine();
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.MACHINE_CLASS, "step", "()V", false);
    }

    void place(Object place) {
        e.machine();
        e.place(place);
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.MACHINE_CLASS, "place", "(" + Emitter.PLACE + ")V", false);
    }

    /** Pushes a field of an object of this package. */
    void field(int object, String owner, String name, String type) {
        e.load(object);
        mv.visitFieldInsn(GETFIELD, Emitter.RUN + owner, name, type);
    }
}
