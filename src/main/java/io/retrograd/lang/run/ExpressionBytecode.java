package io.retrograd.lang.run;

import static org.objectweb.asm.Opcodes.*;

import io.retrograd.lang.run.Emitter.Kind;
import io.retrograd.lang.run.Emitter.Val;
import io.retrograd.lang.tree.Expression.Conversion;
import io.retrograd.lang.tree.UnaryOperator;
import java.util.List;
import java.util.function.Consumer;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/** Expressions in bytecode, calls and comprehensions excepted. */
final class ExpressionBytecode {
    private static final String BUILDER = "java/lang/StringBuilder";

    private final BytecodeUnit u;
    private final Emitter e;
    private final MethodVisitor mv;

    ExpressionBytecode(BytecodeUnit unit) {
        this.u = unit;
        this.e = unit.e;
        this.mv = unit.mv;
    }

    // Conditions

    /** Jumps if the truth of the expression is {@code when}. */
    void condition(Expr x, Label target, boolean when) {
        if (x instanceof Operators.Compare c) {
            Val a = value(c.left);
            Val b = value(c.right);
            u.comparisons.compareAndJump(c, a, b, target, when);
        } else if (x instanceof Operators.Not n) {
            condition(n.operand, target, !when);
        } else if (x instanceof Operators.And a) {
            u.variables.maybe(() -> shortCircuit(a.operands, target, when, false));
        } else if (x instanceof Operators.Or o) {
            u.variables.maybe(() -> shortCircuit(o.operands, target, when, true));
        } else if (x instanceof Operators.Chain c) {
            u.variables.maybe(() -> chain(c, target, when));
        } else {
            e.truthAndJump(value(x), target, when);
        }
    }

    /** Jumps if the whole is {@code when}; an operand that is {@code decisive} decides it. */
    private void shortCircuit(Expr[] operands, Label target, boolean when, boolean decisive) {
        Label done = new Label();
        for (int i = 0; i < operands.length - 1; i++) {
            condition(operands[i], when == decisive ? target : done, decisive);
        }
        condition(operands[operands.length - 1], target, when);
        mv.visitLabel(done);
    }

    /** {@code a < b <= c} as a condition. */
    private void chain(Operators.Chain c, Label target, boolean when) {
        Label done = new Label();
        Val a = value(c.first);
        for (int i = 0; i < c.ops.length; i++) {
            Val b = value(c.rest[i]);
            boolean last = i == c.ops.length - 1;
            if (last) {
                u.comparisons.compareAndJump(c.ops[i], 0, a, b, c.place, target, when);
            } else {
                u.comparisons.compareAndJump(c.ops[i], 0, a, b, c.place, when ? done : target, false);
            }
            a = b;
        }
        mv.visitLabel(done);
    }

    // Values

    Val value(Expr x) {
        if (x instanceof Literals.Constant k) {
            return e.constantValue(k.value);
        }
        if (x instanceof Variables.Local local) {
            return u.variables.read(local);
        }
        if (x instanceof Variables.Global global) {
            return u.variables.read(global);
        }
        if (x instanceof Variables.Free free) {
            return u.variables.read(free);
        }
        if (x instanceof Variables.Boxed boxed) {
            return u.variables.read(boxed);
        }
        if (x instanceof Operators.Binary b) {
            Val left = value(b.left);
            Val right = value(b.right);
            return u.arithmetic.binary(
                    b.op, b.seen(), left, right, b.place, b instanceof Operators.OldDivide ? "oldDivide" : "binary");
        }
        if (x instanceof Operators.Compare c) {
            return comparison(c);
        }
        if (x instanceof Operators.Not) {
            return truth(target -> condition(x, target, true));
        }
        if (x instanceof Access.Item i) {
            Val object = e.boxed(value(i.object));
            return item(object, value(i.index), i.place);
        }
        if (x instanceof Access.Attribute a) {
            return attribute(a, e.boxed(value(a.object)));
        }
        if (x instanceof Calls.Call c) {
            return u.calls.call(c);
        }
        if (x instanceof Calls.MethodCall c) {
            return u.calls.methodCall(c);
        }
        return rarer(x);
    }

    private Val rarer(Expr x) {
        if (x instanceof Operators.Unary n && n.op == UnaryOperator.NEGATIVE) {
            return negated(n);
        }
        if (x instanceof Operators.Unary n) {
            return unary(n, e.boxed(value(n.operand)));
        }
        if (x instanceof Operators.And a) {
            return firstDecisive(a.operands, false);
        }
        if (x instanceof Operators.Or o) {
            return firstDecisive(o.operands, true);
        }
        if (x instanceof Operators.Conditional c) {
            return conditional(c);
        }
        if (x instanceof Literals.ListDisplay d && !d.spread) {
            e.array(d.parts.length, 0, values(d.parts));
            e.fast("list", "([" + Emitter.OBJECT + ")" + Emitter.OBJECT);
            return e.popObject();
        }
        if (x instanceof Literals.TupleDisplay d && !d.spread) {
            e.array(d.parts.length, 0, values(d.parts));
            e.fast("tuple", "([" + Emitter.OBJECT + ")" + Emitter.OBJECT);
            return e.popObject();
        }
        if (x instanceof Literals.SetDisplay d && !Literals.anySpread(d.parts)) {
            List<Val> values = values(d.parts);
            e.node(d);
            e.machine();
            e.array(d.parts.length, 0, values);
            mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.RUN + "Literals$SetDisplay", "of",
                    "(" + Emitter.MACHINE + "[" + Emitter.OBJECT + ")" + Emitter.OBJECT, false);
            return e.popObject();
        }
        if (x instanceof Literals.DictDisplay d && d.isPlain()) {
            return dict(d);
        }
        if (x instanceof Literals.Slice s) {
            Val lower = e.boxed(value(s.lower));
            Val upper = e.boxed(value(s.upper));
            Val by = e.boxed(value(s.step));
            e.loadBoxed(lower);
            e.loadBoxed(upper);
            e.loadBoxed(by);
            e.fast("slice", "(" + Emitter.OBJECT + Emitter.OBJECT + Emitter.OBJECT + ")" + Emitter.OBJECT);
            return e.popObject();
        }
        if (x instanceof Literals.FormattedString s) {
            return formatted(s.parts);
        }
        return rarest(x);
    }

    private Val rarest(Expr x) {
        if (x instanceof Comprehensions.Comprehension c) {
            return u.comprehensions.write(c);
        }
        if (x instanceof Definitions.MakeFunction d) {
            return u.calls.function(d);
        }
        if (x instanceof Functions.GeneratorExpression g) {
            return u.calls.generator(g);
        }
        if (x instanceof SpreadCall c) {
            return u.calls.spreadCall(c);
        }
        if (x instanceof Calls.SuperCall c) {
            return u.calls.superCall(c);
        }
        if (x instanceof Operators.Tail t) {
            List<Val> parts = values(t.parts);
            e.node(t);
            e.array(parts.size(), 0, parts);
            mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.RUN + "Operators$Tail", "of", "([" + Emitter.OBJECT + ")" + Emitter.OBJECT, false);
            return e.popObject();
        }
        if (x instanceof Operators.Chain c) {
            return chain(c);
        }
        e.node(x);
        e.load(u.frame);
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.RUN + "Expr", "eval", "(" + Emitter.FRAME + ")" + Emitter.OBJECT, false);
        return e.popObject();
    }

    List<Val> values(Expr[] parts) {
        List<Val> values = Emitter.list();
        for (Expr part : parts) {
            values.add(e.boxed(value(part)));
        }
        return values;
    }

    private Val comparison(Operators.Compare c) {
        Val a = value(c.left);
        Val b = value(c.right);
        // Arrays and tensors compare to something that is no truth value, so only numbers take the short way.
        return a.isNumber() && b.isNumber()
                ? truth(target -> u.comparisons.compareAndJump(c, a, b, target, true))
                : u.comparisons.compare(c.op, a, b, c.place);
    }

    private Val chain(Operators.Chain c) {
        Label done = new Label();
        int answer = e.newObject();
        u.variables.maybe(() -> {
            Val a = value(c.first);
            for (int i = 0; i < c.ops.length; i++) {
                Val b = value(c.rest[i]);
                Val holds = u.comparisons.compare(c.ops[i], a, b, c.place);
                e.loadBoxed(holds);
                e.store(answer);
                if (i < c.ops.length - 1) {
                    e.truthAndJump(e.object(answer), done, false);
                }
                a = b;
            }
        });
        mv.visitLabel(done);
        return e.object(answer);
    }

    private Val truth(Consumer<Label> jump) {
        Label yes = new Label();
        Label done = new Label();
        int v = e.newObject();
        jump.accept(yes);
        mv.visitInsn(ICONST_0);
        mv.visitVarInsn(ISTORE, v);
        mv.visitJumpInsn(GOTO, done);
        mv.visitLabel(yes);
        mv.visitInsn(ICONST_1);
        mv.visitVarInsn(ISTORE, v);
        mv.visitLabel(done);
        return new Val(Kind.BOOL, v, -1, null);
    }

    private Val conditional(Operators.Conditional c) {
        Label orElse = new Label();
        Label done = new Label();
        Val made = e.newMarked();
        condition(c.test, orElse, false);
        u.variables.maybe(() -> e.storeMarked(value(c.body), made.o(), made.l()));
        mv.visitJumpInsn(GOTO, done);
        mv.visitLabel(orElse);
        u.variables.maybe(() -> e.storeMarked(value(c.orElse), made.o(), made.l()));
        mv.visitLabel(done);
        return made;
    }

    private Val negated(Operators.Unary x) {
        Val a = e.marked(value(x.operand));
        Label other = new Label();
        Label done = new Label();
        Val made = e.newMarked();
        if (a.kind() != Kind.DOUBLE) {
            e.jumpUnlessLong(a, other);
            e.loadLong(a);
            mv.visitLdcInsn(Long.MIN_VALUE);
            mv.visitInsn(LCMP);
            mv.visitJumpInsn(IFEQ, other);
            e.loadLong(a);
            mv.visitInsn(LNEG);
            mv.visitVarInsn(LSTORE, made.l());
            e.mark("LONG");
            e.store(made.o());
            mv.visitJumpInsn(GOTO, done);
        }
        mv.visitLabel(other);
        e.storeMarked(unary(x, e.boxed(a)), made.o(), made.l());
        mv.visitLabel(done);
        return made;
    }

    private Val unary(Operators.Unary x, Val a) {
        e.node(x);
        e.machine();
        e.loadBoxed(a);
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.RUN + "Operators$Unary", "apply",
                "(" + Emitter.MACHINE + Emitter.OBJECT + ")" + Emitter.OBJECT, false);
        return e.popObject();
    }

    private Val firstDecisive(Expr[] operands, boolean decisive) {
        Label done = new Label();
        Val made = e.newMarked();
        u.variables.maybe(() -> {
            for (int i = 0; i < operands.length; i++) {
                e.storeMarked(value(operands[i]), made.o(), made.l());
                if (i < operands.length - 1) {
                    e.truthAndJump(made, done, decisive);
                }
            }
        });
        mv.visitLabel(done);
        return made;
    }

    Val attribute(Access.Attribute a, Val object) {
        e.node(a);
        e.machine();
        e.loadBoxed(object);
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.RUN + "Access$Attribute", "get",
                "(" + Emitter.MACHINE + Emitter.OBJECT + ")" + Emitter.OBJECT, false);
        return e.popObject();
    }

    Val item(Val object, Val index, Object place) {
        int v = e.newObject();
        Label done = new Label();
        Label other = new Label();
        if (index.kind() == Kind.LONG || index.kind() == Kind.MARKED) {
            e.jumpUnlessLong(index, other);
            e.machine();
            e.place(place);
            e.loadBoxed(object);
            e.loadLong(index);
            e.fast("item", "(" + Emitter.MACHINE + Emitter.PLACE + Emitter.OBJECT + "J)" + Emitter.OBJECT);
            e.store(v);
            if (index.kind() == Kind.LONG) {
                return e.object(v);
            }
            mv.visitJumpInsn(GOTO, done);
        }
        mv.visitLabel(other);
        e.machine();
        e.place(place);
        e.loadBoxed(object);
        e.loadBoxed(index);
        mv.visitMethodInsn(INVOKESTATIC, Emitter.RUN + "Access$Item", "get",
                "(" + Emitter.MACHINE + Emitter.PLACE + Emitter.OBJECT + Emitter.OBJECT + ")" + Emitter.OBJECT, false);
        e.store(v);
        mv.visitLabel(done);
        return e.object(v);
    }

    private Val dict(Literals.DictDisplay d) {
        String type = Emitter.VALUE + "DictValue";
        mv.visitTypeInsn(NEW, type);
        mv.visitInsn(DUP);
        mv.visitMethodInsn(INVOKESPECIAL, type, "<init>", "()V", false);
        int dict = e.newObject();
        e.store(dict);
        for (int i = 0; i < d.keys.length; i++) {
            Val key = e.boxed(value(d.keys[i]));
            Val v = e.boxed(value(d.values[i]));
            if (!(key.constant() instanceof String)) {
                u.place(d.place);
            }
            e.load(dict);
            e.machine();
            e.loadBoxed(key);
            e.loadBoxed(v);
            mv.visitMethodInsn(INVOKEVIRTUAL, type, "put", "(" + Emitter.MACHINE + Emitter.OBJECT + Emitter.OBJECT + ")V", false);
        }
        return e.object(dict);
    }

    private Val formatted(Literals.Part[] parts) {
        int out = e.newObject();
        mv.visitTypeInsn(NEW, BUILDER);
        mv.visitInsn(DUP);
        mv.visitMethodInsn(INVOKESPECIAL, BUILDER, "<init>", "()V", false);
        e.store(out);
        for (Literals.Part part : parts) {
            Val text = part(part);
            e.load(out);
            e.loadBoxed(text);
            mv.visitTypeInsn(CHECKCAST, "java/lang/String");
            mv.visitMethodInsn(INVOKEVIRTUAL, BUILDER, "append", "(Ljava/lang/String;)L" + BUILDER + ";", false);
            mv.visitInsn(POP);
        }
        e.load(out);
        mv.visitMethodInsn(INVOKEVIRTUAL, BUILDER, "toString", "()Ljava/lang/String;", false);
        return e.popObject();
    }

    private Val part(Literals.Part part) {
        if (part instanceof Literals.Text text) {
            return e.constantValue(text.text());
        }
        Literals.Field field = (Literals.Field) part;
        Val v = e.boxed(value(field.value()));
        Val spec = field.format().length == 0
                ? e.constantValue("")
                : field.format().length == 1 && field.format()[0] instanceof Literals.Text text
                        ? e.constantValue(text.text())
                        : formatted(field.format());
        e.machine();
        e.place(field.place());
        e.loadBoxed(v);
        e.loadBoxed(spec);
        e.constant(field.conversion(), "L" + Conversion.class.getName().replace('.', '/') + ";");
        e.fast("formatted", "(" + Emitter.MACHINE + Emitter.PLACE + Emitter.OBJECT + Emitter.OBJECT
                + "L" + Conversion.class.getName().replace('.', '/') + ";)Ljava/lang/String;");
        return e.popObject();
    }
}
