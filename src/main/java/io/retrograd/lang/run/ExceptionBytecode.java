package io.retrograd.lang.run;

import static org.objectweb.asm.Opcodes.*;

import io.retrograd.lang.run.BytecodeUnit.Guarded;
import io.retrograd.lang.run.Emitter.Val;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/**
 * {@code raise}, {@code try … except … else}, {@code try … finally} and {@code with} in bytecode, with the handlers of
 * the JVM.
 */
final class ExceptionBytecode {
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
    private void guarded(Guarded guarded, Stmt s, int depth) {
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
    }

    void tryStatement(Exceptions.Try x) {
        Label caught = new Label();
        Label done = new Label();
        int depth = e.newObject();
        depth(depth);
        Guarded body = new Guarded(() -> { });
        u.variables.maybe(() -> {
            guarded(body, x.body, depth);
            u.statements.write(x.orElse);
        });
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
        u.variables.maybe(() -> handlers(x, error, done));
        e.load(error);
        mv.visitInsn(ATHROW);
        body.handle(mv, caught);
        mv.visitLabel(done);
    }

    private void handlers(Exceptions.Try x, int error, Label done) {
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
            u.variables.maybe(() -> handle(handler, error, x.keepsNames));
            mv.visitJumpInsn(GOTO, done);
            mv.visitLabel(next);
        }
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
        Guarded body = new Guarded(leave);
        guarded(body, handler.body, -1);
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
        Guarded body = new Guarded(() -> u.statements.write(x.last));
        u.variables.maybe(() -> {
            guarded(body, x.body, depth);
            u.statements.write(x.last);
        });
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
        Guarded last = new Guarded(leave);
        u.variables.maybe(() -> guarded(last, x.last, -1));
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

    void withStatement(Exceptions.With x) {
        String type = Emitter.RUN + "Exceptions$With";
        Label failed = new Label();
        Label done = new Label();
        Val manager = e.boxed(u.expressions.value(x.context));
        e.node(x);
        e.machine();
        e.loadBoxed(manager);
        mv.visitMethodInsn(INVOKEVIRTUAL, type, "open", "(" + Emitter.MACHINE + Emitter.OBJECT + ")[" + Emitter.OBJECT, false);
        int pair = e.newObject();
        e.store(pair);
        int exit = part(pair, 0);
        int value = part(pair, 1);
        if (x.target != null) {
            u.variables.assign(x.target, e.object(value));
        }
        int depth = e.newObject();
        depth(depth);
        Runnable leave = () -> {
            e.node(x);
            e.machine();
            e.load(exit);
            mv.visitMethodInsn(INVOKEVIRTUAL, type, "close", "(" + Emitter.MACHINE + Emitter.OBJECT + ")V", false);
        };
        Guarded body = new Guarded(leave);
        u.variables.maybe(() -> guarded(body, x.body, depth));
        leave.run();
        mv.visitJumpInsn(GOTO, done);
        mv.visitLabel(failed);
        int thrown = e.newObject();
        e.store(thrown);
        e.machine();
        mv.visitVarInsn(ILOAD, depth);
        e.load(thrown);
        e.fast("caught", "(" + Emitter.MACHINE + "I" + THROWABLE + ")" + SCRIPT);
        int error = e.newObject();
        e.store(error);
        e.node(x);
        e.machine();
        e.load(exit);
        e.load(error);
        mv.visitMethodInsn(INVOKEVIRTUAL, type, "swallows", "(" + Emitter.MACHINE + Emitter.OBJECT + SCRIPT + ")Z", false);
        mv.visitJumpInsn(IFNE, done);
        e.load(error);
        mv.visitInsn(ATHROW);
        body.handle(mv, failed);
        mv.visitLabel(done);
    }

    private int part(int pair, int i) {
        e.load(pair);
        e.push(i);
        mv.visitInsn(AALOAD);
        int v = e.newObject();
        e.store(v);
        return v;
    }
}
