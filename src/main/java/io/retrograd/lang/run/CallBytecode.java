package io.retrograd.lang.run;

import static org.objectweb.asm.Opcodes.*;

import io.retrograd.lang.builtin.BoundBuiltin;
import io.retrograd.lang.builtin.BuiltinFunction;
import io.retrograd.lang.run.Emitter.Val;
import io.retrograd.lang.value.BoundMethod;
import io.retrograd.lang.value.ClassValue;
import io.retrograd.lang.value.TypeValue;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/**
 * Calls in bytecode. A script's function that has bytecode is called straight away; so is the Java method of a builtin
 * that the place called before, if it still is the one.
 */
final class CallBytecode {
    /** The most arguments that are passed without an array. */
    static final int DIRECT = 4;

    private static final String FUNCTION = Emitter.RUN + "FunctionValue";
    private static final String COMPILED = Emitter.RUN + "CompiledFunction";

    private final BytecodeUnit u;
    private final Emitter e;
    private final MethodVisitor mv;

    CallBytecode(BytecodeUnit unit) {
        this.u = unit;
        this.e = unit.e;
        this.mv = unit.mv;
    }

    Val call(Calls.Call c) {
        Val callee = e.boxed(u.expressions.value(c.function));
        List<Val> arguments = u.expressions.values(c.arguments);
        int v = e.newObject();
        Label done = new Label();
        if (c.words.length == 0) {
            Object expected = c.function instanceof Variables.Global g ? g.slot.valueOrWord() : null;
            if (expected instanceof ClassValue type) {
                construct(type, callee, arguments, c.place, v, done);
            } else if (!builtin(expected, callee, arguments, c.place, v, done) && arguments.size() <= DIRECT) {
                Label general = new Label();
                direct(callee, arguments, c.place, v, general);
                mv.visitJumpInsn(GOTO, done);
                mv.visitLabel(general);
            }
        }
        e.node(c);
        e.machine();
        e.loadBoxed(callee);
        e.array(arguments.size(), 0, arguments);
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.RUN + "Calls$Call", "invoke",
                "(" + Emitter.MACHINE + Emitter.OBJECT + "[" + Emitter.OBJECT + ")" + Emitter.OBJECT, false);
        e.store(v);
        mv.visitLabel(done);
        return e.object(v);
    }

    /** Calls the Java method of the expected builtin if that is what is called; false where it is none of that kind. */
    private boolean builtin(Object expected, Val callee, List<Val> arguments, Object place, int into, Label done) {
        BuiltinFunction function = expected instanceof BuiltinFunction b && !b.isMethod() ? b
                : expected instanceof TypeValue t ? t.maker() : null;
        Object[] plan = function == null ? null : function.plan(arguments.size());
        if (plan == null) {
            return false;
        }
        Label other = new Label();
        e.loadBoxed(callee);
        e.constant(expected, Emitter.OBJECT);
        mv.visitJumpInsn(IF_ACMPNE, other);
        invoke(function, plan, arguments, place, into);
        mv.visitJumpInsn(GOTO, done);
        mv.visitLabel(other);
        return true;
    }

    /** Makes an instance of the expected class by its {@code __init__} alone, if that is all it takes. */
    private void construct(ClassValue type, Val callee, List<Val> arguments, Object place, int into, Label done) {
        if (!(type.onlyInit() instanceof FunctionValue init) || arguments.size() >= DIRECT) {
            return;
        }
        Label other = new Label();
        e.loadBoxed(callee);
        e.constant(type, Emitter.OBJECT);
        mv.visitJumpInsn(IF_ACMPNE, other);
        String owner = Emitter.VALUE + "ClassValue";
        e.constant(type, "L" + owner + ";");
        mv.visitMethodInsn(INVOKEVIRTUAL, owner, "version", "()I", false);
        e.push(type.version());
        mv.visitJumpInsn(IF_ICMPNE, other);
        e.constant(type, "L" + owner + ";");
        mv.visitMethodInsn(INVOKESTATIC, Emitter.VALUE + "InstanceValue", "bare",
                "(L" + owner + ";)L" + Emitter.VALUE + "InstanceValue;", false);
        Val made = e.popObject();
        List<Val> all = new ArrayList<>(arguments);
        all.add(0, made);
        direct(e.constantValue(init), all, place, into, other);
        e.load(into);
        e.fast("checkInitialized", "(" + Emitter.OBJECT + ")V");
        e.load(made.o());
        e.store(into);
        mv.visitJumpInsn(GOTO, done);
        mv.visitLabel(other);
    }

    private void invoke(BuiltinFunction function, Object[] plan, List<Val> arguments, Object place, int into) {
        u.place(place);
        e.machine();
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.MACHINE_CLASS, "checkInterrupt", "()V", false);
        e.machine();
        for (Object each : plan) {
            if (each instanceof BuiltinFunction.Argument argument) {
                e.loadBoxed(arguments.get(argument.at()));
            } else if (each instanceof BuiltinFunction.Rest rest) {
                e.array(arguments.size() - rest.from(), 0, arguments.subList(rest.from(), arguments.size()));
            } else if (each == BuiltinFunction.NoWords.NO_WORDS) {
                mv.visitTypeInsn(NEW, "java/util/LinkedHashMap");
                mv.visitInsn(DUP);
                mv.visitMethodInsn(INVOKESPECIAL, "java/util/LinkedHashMap", "<init>", "()V", false);
            } else {
                e.constant(each, Emitter.OBJECT);
            }
        }
        mv.visitMethodInsn(INVOKESTATIC, function.tableClass().replace('.', '/'), function.method(),
                "(" + Emitter.MACHINE + Emitter.OBJECT.repeat(plan.length) + ")" + Emitter.OBJECT, false);
        e.store(into);
    }

    /** Calls the bytecode of a script's function, if that is what is called and it has some. */
    private void direct(Val callee, List<Val> arguments, Object place, int into, Label general) {
        int function = e.newObject();
        int compiled = e.newObject();
        e.loadBoxed(callee);
        mv.visitTypeInsn(INSTANCEOF, FUNCTION);
        mv.visitJumpInsn(IFEQ, general);
        e.loadBoxed(callee);
        mv.visitTypeInsn(CHECKCAST, FUNCTION);
        e.store(function);
        e.load(function);
        mv.visitMethodInsn(INVOKEVIRTUAL, FUNCTION, "compiled", "()L" + COMPILED + ";", false);
        e.store(compiled);
        e.load(compiled);
        mv.visitJumpInsn(IFNULL, general);
        u.place(place);
        e.load(compiled);
        e.machine();
        e.load(function);
        for (Val argument : arguments) {
            e.loadBoxed(argument);
        }
        mv.visitMethodInsn(INVOKEVIRTUAL, COMPILED, "run" + arguments.size(),
                "(" + Emitter.MACHINE + "L" + FUNCTION + ";" + Emitter.OBJECT.repeat(arguments.size()) + ")" + Emitter.OBJECT, false);
        e.store(into);
    }

    Val methodCall(Calls.MethodCall c) {
        Val object = e.boxed(u.expressions.value(c.object));
        e.node(c);
        e.machine();
        e.loadBoxed(object);
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.RUN + "Calls$MethodCall", "find",
                "(" + Emitter.MACHINE + Emitter.OBJECT + ")" + Emitter.OBJECT, false);
        Val found = e.popObject();
        List<Val> values = new ArrayList<>(u.expressions.values(c.arguments));
        values.add(0, object);
        int v = e.newObject();
        Label done = new Label();
        Calls.Found known = c.words.length > 0 ? null : c.expectedFound();
        if (known != null) {
            found(known, found, values.subList(1, values.size()), c.place, v, done);
        } else if (c.words.length == 0) {
            BuiltinFunction expected = c.expected();
            Object[] plan = expected == null ? null : expected.plan(values.size());
            if (plan != null) {
                Label other = new Label();
                e.loadBoxed(found);
                e.constant(expected, Emitter.OBJECT);
                mv.visitJumpInsn(IF_ACMPNE, other);
                invoke(expected, plan, values, c.place, v);
                mv.visitJumpInsn(GOTO, done);
                mv.visitLabel(other);
            } else if (values.size() <= DIRECT) {
                Label general = new Label();
                direct(found, values, c.place, v, general);
                mv.visitJumpInsn(GOTO, done);
                mv.visitLabel(general);
            }
        }
        e.node(c);
        e.machine();
        e.loadBoxed(found);
        e.array(values.size(), 0, values);
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.RUN + "Calls$MethodCall", "invoke",
                "(" + Emitter.MACHINE + Emitter.OBJECT + "[" + Emitter.OBJECT + ")" + Emitter.OBJECT, false);
        e.store(v);
        mv.visitLabel(done);
        return e.object(v);
    }

    /** Calls what the place has found on a class or module, if it still finds that. */
    private void found(Calls.Found known, Val found, List<Val> arguments, Object place, int into, Label done) {
        Label other = new Label();
        e.loadBoxed(found);
        e.constant(known, Emitter.OBJECT);
        mv.visitJumpInsn(IF_ACMPNE, other);
        Val callee = e.constantValue(known.callee());
        BuiltinFunction method = known.callee() instanceof BoundBuiltin b && b.function().isMethod() ? b.function() : null;
        Object[] plan = method == null ? null : method.plan(arguments.size() + 1);
        if (plan != null) {
            List<Val> all = new ArrayList<>(arguments);
            all.add(0, e.constantValue(((BoundBuiltin) known.callee()).self()));
            invoke(method, plan, all, place, into);
            mv.visitJumpInsn(GOTO, done);
        } else if (!builtin(known.callee(), callee, arguments, place, into, done)) {
            List<Val> all = arguments;
            if (known.callee() instanceof BoundMethod bound) {
                callee = e.constantValue(bound.function());
                all = new ArrayList<>(arguments);
                all.add(0, e.constantValue(bound.self()));
            }
            if (all.size() <= DIRECT) {
                direct(callee, all, place, into, other);
                mv.visitJumpInsn(GOTO, done);
            }
        }
        mv.visitLabel(other);
    }

    /** A call with stars: what they stand for is found out in the order of the arguments. */
    Val spreadCall(SpreadCall c) {
        Val callee = e.boxed(u.expressions.value(c.function));
        List<Val> parts = new ArrayList<>();
        for (Expr argument : c.arguments) {
            parts.add(argument instanceof Literals.Spread s
                    ? opened(c, callee, s.value, "spread", "[" + Emitter.OBJECT)
                    : e.boxed(u.expressions.value(argument)));
        }
        List<Val> named = new ArrayList<>();
        for (int k = 0; k < c.words.length; k++) {
            named.add(c.words[k] == null
                    ? opened(c, callee, c.wordValues[k], "mapping", "L" + Emitter.VALUE + "DictValue;")
                    : e.boxed(u.expressions.value(c.wordValues[k])));
        }
        e.node(c);
        e.machine();
        e.loadBoxed(callee);
        e.array(parts.size(), 0, parts);
        e.array(named.size(), 0, named);
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.RUN + "SpreadCall", "invoke",
                "(" + Emitter.MACHINE + Emitter.OBJECT + ("[" + Emitter.OBJECT).repeat(2) + ")" + Emitter.OBJECT, false);
        return e.popObject();
    }

    private Val opened(SpreadCall c, Val callee, Expr argument, String how, String result) {
        Val v = e.boxed(u.expressions.value(argument));
        e.node(c);
        e.machine();
        e.loadBoxed(callee);
        e.loadBoxed(v);
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.RUN + "SpreadCall", how,
                "(" + Emitter.MACHINE + Emitter.OBJECT.repeat(2) + ")" + result, false);
        return e.popObject();
    }

    /** {@code super()}. */
    Val superCall(Calls.SuperCall c) {
        Val function = e.boxed(u.expressions.value(c.function));
        Val owner = e.boxed(u.expressions.value(c.owner));
        Val self = e.boxed(u.expressions.value(c.self));
        e.node(c);
        e.machine();
        e.loadBoxed(function);
        e.loadBoxed(owner);
        e.loadBoxed(self);
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.RUN + "Calls$SuperCall", "of",
                "(" + Emitter.MACHINE + Emitter.OBJECT.repeat(3) + ")" + Emitter.OBJECT, false);
        return e.popObject();
    }

    /** An inner function: takes cells along. */
    Val function(Definitions.MakeFunction d) {
        Val[] defaults = new Val[d.defaults.length];
        for (int i = 0; i < defaults.length; i++) {
            defaults[i] = d.defaults[i] == null ? null : e.boxed(u.expressions.value(d.defaults[i]));
        }
        u.variables.capture(d.captures);
        int cells = e.newObject();
        e.store(cells);
        e.node(d);
        e.push(defaults.length);
        mv.visitTypeInsn(ANEWARRAY, "java/lang/Object");
        for (int i = 0; i < defaults.length; i++) {
            if (defaults[i] != null) {
                mv.visitInsn(DUP);
                e.push(i);
                e.loadBoxed(defaults[i]);
                mv.visitInsn(AASTORE);
            }
        }
        e.load(cells);
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.RUN + "Definitions$MakeFunction", "make",
                "([" + Emitter.OBJECT + Emitter.CELLS + ")" + Emitter.OBJECT, false);
        return e.popObject();
    }

    /** A generator expression. */
    Val generator(Functions.GeneratorExpression g) {
        Val first = e.boxed(u.expressions.value(g.first));
        // The iterable may fail before the cells are taken, which nobody sees.
        u.variables.capture(g.captures);
        int cells = e.newObject();
        e.store(cells);
        e.node(g);
        e.machine();
        e.loadBoxed(first);
        e.load(cells);
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.RUN + "Functions$GeneratorExpression", "make",
                "(" + Emitter.MACHINE + Emitter.OBJECT + Emitter.CELLS + ")" + Emitter.OBJECT, false);
        return e.popObject();
    }
}
