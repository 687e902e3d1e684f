package io.retrograd.lang.run;

import io.retrograd.lang.run.BytecodeUnit.Guarded;
import io.retrograd.lang.run.Emitter.Val;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** {@code raise}, {@code try … except … else} and {@code try … finally} in bytecode, with the handlers of the JVM. */
final class ExceptionBytecode implements Opcodes {
    private static final String THROWABLE = "Ljava/lang/Throwable;";
    private static final String SCRIPT = "Lio/retrograd/lang/value/ScriptException;";
    private static final String EXCEPTION = "Lio/retrograd/lang/value/ExceptionValue;";

    private final BytecodeUnit u;
    private final Emitter e;
    private final MethodVisitor mv;

    ExceptionBytecode(BytecodeUnit unit) {
        this.u = unit;
        this.e = unit.e;
        this.mv = unit.mv;
    }

    /** Whether all handlers name their exceptions by plain variables. */
    static boolean isPossible(Exceptions.Handler[] handlers) {
        for (Exceptions.Handler handler : handlers) {
            if (!(handler.target == null || handler.target instanceof Targets.Local || handler.target instanceof Targets.Boxed
                    || handler.target instanceof Targets.Free || handler.target instanceof Targets.Global)) {
                return false;
            }
        }
        return true;
    }

    void raise(Exceptions.Raise x) {
        String type = Emitter.RUN + "Exceptions$Raise";
        if (x.exception == null) {
            e.node(x);
            e.machine();
            mv.visitMethodInsn(INVOKEVIRTUAL, type, "again", "(" + Emitter.MACHINE + ")Lio/retrograd/error/NnError;", false);
            mv.visitInsn(ATHROW);
            return;
        }
        Val raised = e.boxed(u.expressions.value(x.exception));
        e.node(x);
        e.machine();
        e.loadBoxed(raised);
        mv.visitMethodInsn(INVOKEVIRTUAL, type, "instance", "(" + Emitter.MACHINE + Emitter.OBJECT + ")" + EXCEPTION, false);
        int value = e.newObject();
        e.store(value);
        if (x.cause != null) {
            Val cause = e.boxed(u.expressions.value(x.cause));
            e.node(x);
            e.machine();
            e.load(value);
            e.loadBoxed(cause);
            mv.visitMethodInsn(INVOKEVIRTUAL, type, "because", "(" + Emitter.MACHINE + EXCEPTION + Emitter.OBJECT + ")V", false);
        }
        e.node(x);
        e.machine();
        e.load(value);
        mv.visitMethodInsn(INVOKEVIRTUAL, type, "thrown", "(" + Emitter.MACHINE + EXCEPTION + ")" + SCRIPT, false);
        mv.visitInsn(ATHROW);
    }

    private void depth(int into) {
        e.machine();
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.MACHINE_CLASS, "depth", "()I", false);
        mv.visitVarInsn(ISTORE, into);
    }

    /** Writes statements under a handler, which {@link Guarded#handle} has to name when they are complete. */
    private Guarded guarded(Stmt s, int depth, Runnable last) {
        Guarded guarded = new Guarded(last);
        guarded.begin(mv);
        u.enter(guarded);
        if (depth >= 0) {
            u.yields.enter(bits -> { }, bits -> depth(depth));
        }
        u.statements.write(s);
        if (depth >= 0) {
            u.yields.leave();
        }
        u.leave();
        guarded.end(mv);
        return guarded;
    }

    void tryStatement(Exceptions.Try x) {
        Label caught = new Label();
        Label done = new Label();
        int depth = e.newObject();
        depth(depth);
        Guarded body = guarded(x.body, depth, () -> { });
        u.statements.write(x.orElse);
        mv.visitJumpInsn(GOTO, done);
        mv.visitLabel(caught);
        int thrown = e.newObject();
        e.store(thrown);
        e.machine();
        mv.visitVarInsn(ILOAD, depth);
        e.load(thrown);
        e.fast("caught", "(" + Emitter.MACHINE + "I" + THROWABLE + ")" + SCRIPT);
        int error = e.newObject();
        e.store(error);
        for (Exceptions.Handler handler : x.handlers) {
            Label next = new Label();
            if (handler.type != null) {
                Val wanted = e.boxed(u.expressions.value(handler.type));
                e.machine();
                e.place(handler.place);
                e.load(error);
                e.loadBoxed(wanted);
                e.fast("catches", "(" + Emitter.MACHINE + Emitter.PLACE + SCRIPT + Emitter.OBJECT + ")Z");
                mv.visitJumpInsn(IFEQ, next);
            }
            handle(handler, error, x.keepsNames);
            mv.visitJumpInsn(GOTO, done);
            mv.visitLabel(next);
        }
        e.load(error);
        mv.visitInsn(ATHROW);
        body.handle(mv, caught);
        mv.visitLabel(done);
    }

    private void handle(Exceptions.Handler handler, int error, boolean keepsNames) {
        if (handler.target != null) {
            value(error);
            u.variables.assign(handler.target, e.popObject());
        }
        int before = e.newObject();
        handled();
        e.store(before);
        e.machine();
        value(error);
        setHandled();
        Runnable leave = () -> {
            e.machine();
            e.load(before);
            setHandled();
            if (handler.target != null && !keepsNames) {
                u.variables.clear(handler.target);
            }
        };
        Guarded body = guarded(handler.body, -1, leave);
        leave.run();
        Label after = new Label();
        Label failed = new Label();
        mv.visitJumpInsn(GOTO, after);
        mv.visitLabel(failed);
        int thrown = e.newObject();
        e.store(thrown);
        leave.run();
        e.machine();
        e.load(thrown);
        e.load(error);
        e.fast("during", "(" + Emitter.MACHINE + THROWABLE + SCRIPT + ")" + THROWABLE);
        mv.visitInsn(ATHROW);
        body.handle(mv, failed);
        mv.visitLabel(after);
    }

    private void value(int error) {
        e.load(error);
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.VALUE + "ScriptException", "value", "()" + EXCEPTION, false);
    }

    private void handled() {
        e.machine();
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.MACHINE_CLASS, "handled", "()" + EXCEPTION, false);
    }

    private void setHandled() {
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.MACHINE_CLASS, "handled", "(" + EXCEPTION + ")V", false);
    }

    void finallyStatement(Exceptions.Finally x) {
        Label failed = new Label();
        Label done = new Label();
        int depth = e.newObject();
        depth(depth);
        Guarded body = guarded(x.body, depth, () -> u.statements.write(x.last));
        u.statements.write(x.last);
        mv.visitJumpInsn(GOTO, done);
        mv.visitLabel(failed);
        int thrown = e.newObject();
        e.store(thrown);
        e.machine();
        mv.visitVarInsn(ILOAD, depth);
        e.load(thrown);
        e.fast("unwound", "(" + Emitter.MACHINE + "I" + THROWABLE + ")" + THROWABLE);
        int error = e.newObject();
        e.store(error);
        int place = e.newObject();
        e.machine();
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.MACHINE_CLASS, "place", "()" + Emitter.PLACE, false);
        e.store(place);
        int before = e.newObject();
        handled();
        e.store(before);
        e.machine();
        e.load(error);
        e.fast("handling", "(" + Emitter.MACHINE + THROWABLE + ")V");
        Runnable leave = () -> {
            e.machine();
            e.load(before);
            setHandled();
        };
        Guarded last = guarded(x.last, -1, leave);
        leave.run();
        e.machine();
        e.load(place);
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.MACHINE_CLASS, "place", "(" + Emitter.PLACE + ")V", false);
        e.load(error);
        mv.visitInsn(ATHROW);
        Label again = new Label();
        mv.visitLabel(again);
        int second = e.newObject();
        e.store(second);
        leave.run();
        e.load(second);
        mv.visitInsn(ATHROW);
        last.handle(mv, again);
        body.handle(mv, failed);
        mv.visitLabel(done);
    }
}
