package io.retrograd.lang.run;

import static org.objectweb.asm.Opcodes.*;

import io.retrograd.lang.run.Emitter.Val;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/** Statements in bytecode. One without bytecode of its own is run as the node it is. */
final class StatementBytecode {
    private final BytecodeUnit u;
    private final Emitter e;
    private final MethodVisitor mv;

    StatementBytecode(BytecodeUnit unit) {
        this.u = unit;
        this.e = unit.e;
        this.mv = unit.mv;
    }

    void write(Stmt s) {
        if (u.survey.isApart(s)) {
            node(s);
        } else if (s instanceof Control.Block x) {
            all(x.statements);
        } else if (s instanceof Control.Return x) {
            returns(u.expressions.value(x.value));
        } else if (s instanceof Control.Evaluate x) {
            u.expressions.value(x.value);
        } else if (s instanceof Control.AssignLocal x) {
            u.variables.assignSlot(x.slot, u.expressions.value(x.value));
        } else if (s instanceof Control.Assign x) {
            assign(x.target, x.value);
        } else if (s instanceof Control.AssignAll x) {
            Val v = e.copy(u.expressions.value(x.value));
            for (Target target : x.targets) {
                u.variables.assign(target, v);
            }
        } else if (s instanceof Control.AugmentName x) {
            augment(x);
        } else if (s instanceof Control.AugmentItem x) {
            augment(x);
        } else if (s instanceof Control.AugmentAttribute x) {
            augment(x);
        } else if (s instanceof Control.If x) {
            branches(x.tests, x.places, x.bodies, x.orElse);
        } else if (s instanceof Loops.While x) {
            u.loops.whileLoop(x.test, x.body, x.orElse);
        } else if (s instanceof Loops.For x) {
            u.loops.forLoop(x);
        } else if (s instanceof Control.Break) {
            u.jumpInLoop(false);
        } else if (s instanceof Control.Continue) {
            u.jumpInLoop(true);
        } else if (!(s instanceof Control.Pass)) {
            rarer(s);
        }
    }

    private void rarer(Stmt s) {
        if (s instanceof Exceptions.Raise x) {
            u.exceptions.raise(x);
        } else if (s instanceof Exceptions.Try x && ExceptionBytecode.isPossible(x.handlers)) {
            u.exceptions.tryStatement(x);
        } else if (s instanceof Exceptions.Finally x) {
            u.exceptions.finallyStatement(x);
        } else if (s instanceof Exceptions.With x) {
            u.exceptions.withStatement(x);
        } else if (s instanceof Control.Assert x) {
            asserts(x);
        } else if (s instanceof Generators.Block x) {
            all(x.statements);
        } else if (s instanceof Generators.If x) {
            branches(x.tests, null, java.util.Arrays.copyOf(x.bodies, x.tests.length), x.bodies[x.tests.length]);
        } else if (s instanceof Generators.While x) {
            u.loops.whileLoop(x.test, x.body, x.orElse);
        } else if (s instanceof Generators.For x) {
            u.loops.forLoop(x);
        } else if (s instanceof Generators.YieldStatement x) {
            u.yields.yield(x);
        } else if (s instanceof Generators.Delegate x) {
            u.yields.delegate(x);
        } else {
            node(s);
        }
    }

    private void all(Stmt[] statements) {
        for (Stmt each : statements) {
            write(each);
        }
    }

    private void assign(Target target, Expr value) {
        if (!(target instanceof Targets.Unpack unpack && value instanceof Literals.TupleDisplay tuple && !tuple.spread
                && unpack.parts.length == tuple.parts.length)) {
            u.variables.assign(target, u.expressions.value(value));
            return;
        }
        // One value for each name: no tuple in between.
        Val[] values = new Val[tuple.parts.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = e.copy(u.expressions.value(tuple.parts[i]));
        }
        for (int i = 0; i < values.length; i++) {
            u.variables.assign(unpack.parts[i], values[i]);
        }
    }

    private void augment(Control.AugmentName x) {
        if (x.grows()) {
            u.growth.write(x);
            return;
        }
        Val a = e.copy(u.expressions.value(x.read));
        Val b = u.expressions.value(x.value);
        u.variables.assign(x.target, u.arithmetic.binary(x.op, x.seen(), a, b, x.place, x.slowly()));
    }

    private void augment(Control.AugmentItem x) {
        Val object = e.boxed(u.expressions.value(x.object));
        Val index = e.copy(u.expressions.value(x.index));
        Val old = u.expressions.item(object, index, x.itemPlace);
        Val value = u.expressions.value(x.value);
        Val made = u.arithmetic.binary(x.op, x.seen(), old, value, x.place, x.slowly());
        u.variables.setItem(object, index, e.boxed(made), x.itemPlace);
    }

    private void augment(Control.AugmentAttribute x) {
        Val object = e.boxed(u.expressions.value(x.read.object));
        Val old = u.expressions.attribute(x.read, object);
        Val value = u.expressions.value(x.value);
        Val made = u.arithmetic.binary(x.op, x.seen(), old, value, x.place, x.slowly());
        u.variables.setAttribute(x.target, object, e.boxed(made));
    }

    private void branches(Expr[] tests, io.retrograd.lang.value.Place[] places, Stmt[] bodies, Stmt orElse) {
        branch(0, tests, places, bodies, orElse, new Label());
    }

    private void branch(int i, Expr[] tests, io.retrograd.lang.value.Place[] places, Stmt[] bodies, Stmt orElse, Label done) {
        if (i == tests.length) {
            write(orElse);
            mv.visitLabel(done);
            return;
        }
        Label next = new Label();
        if (places != null && !(tests[i] instanceof Operators.Compare)) {
            u.place(places[i]);
        }
        u.expressions.condition(tests[i], next, false);
        u.variables.oneOf(List.of(
                () -> {
                    write(bodies[i]);
                    mv.visitJumpInsn(GOTO, done);
                },
                () -> {
                    mv.visitLabel(next);
                    branch(i + 1, tests, places, bodies, orElse, done);
                }));
    }

    private void asserts(Control.Assert x) {
        Label holds = new Label();
        u.expressions.condition(x.test, holds, true);
        u.variables.maybe(() -> {
            Val message = x.message == null ? null : e.boxed(u.expressions.value(x.message));
            e.node(x);
            e.machine();
            if (message == null) {
                mv.visitInsn(ACONST_NULL);
            } else {
                e.loadBoxed(message);
            }
        });
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.RUN + "Control$Assert", "error",
                "(" + Emitter.MACHINE + Emitter.OBJECT + ")Lio/retrograd/error/NnError;", false);
        mv.visitInsn(ATHROW);
        mv.visitLabel(holds);
    }

    private void returns(Val v) {
        if (u.kind == BytecodeUnit.Kind.FUNCTION) {
            e.loadBoxed(v);
            e.store(u.result);
        } else {
            e.load(u.frame);
            e.loadBoxed(v);
            mv.visitFieldInsn(PUTFIELD, Emitter.RUN + "Frame", "value", Emitter.OBJECT);
            e.push(Stmt.RETURN);
            mv.visitVarInsn(ISTORE, u.status);
        }
        u.jumpToExit();
    }

    private void node(Stmt s) {
        Label done = new Label();
        int end = e.newObject();
        e.node(s);
        e.load(u.frame);
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.RUN + "Stmt", "exec", "(" + Emitter.FRAME + ")I", false);
        mv.visitVarInsn(ISTORE, end);
        mv.visitVarInsn(ILOAD, end);
        mv.visitJumpInsn(IFEQ, done);
        if (u.loop() != null) {
            for (boolean toNext : new boolean[] {false, true}) {
                Label other = new Label();
                mv.visitVarInsn(ILOAD, end);
                e.push(toNext ? Stmt.CONTINUE : Stmt.BREAK);
                mv.visitJumpInsn(IF_ICMPNE, other);
                u.jumpInLoop(toNext);
                mv.visitLabel(other);
            }
        }
        if (u.kind == BytecodeUnit.Kind.FUNCTION) {
            u.field(u.frame, "Frame", "value", Emitter.OBJECT);
            e.store(u.result);
        } else {
            mv.visitVarInsn(ILOAD, end);
            mv.visitVarInsn(ISTORE, u.status);
        }
        u.jumpToExit();
        mv.visitLabel(done);
    }
}
