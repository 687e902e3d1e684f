package io.retrograd.lang.run;

import io.retrograd.lang.run.Emitter.Kind;
import io.retrograd.lang.run.Emitter.Val;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.UnaryOperator;
import java.lang.invoke.MethodHandles;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Turns a hot function or loop into bytecode. Local variables become variables of the JVM, numbers in them
 * without boxes; what has no bytecode of its own is run as the node it is, and the variables that it touches stay
 * in the frame. The meaning is that of the nodes, step for step.
 */
final class BytecodeCompiler implements Opcodes {
    /** HotSpot compiles no method that is longer; such a one would be slower than the nodes. */
    private static final int LONGEST_METHOD = 7900;

    private static final String RUN = Emitter.RUN;
    private static final String OBJECT = Emitter.OBJECT;
    private static final String MACHINE = Emitter.MACHINE;
    private static final String FRAME = "L" + RUN + "Frame;";
    private static final String CELLS = "[L" + RUN + "Cell;";
    private static final String FUNCTION = "L" + RUN + "FunctionValue;";
    private static final String VALUE = "io/retrograd/lang/value/";

    private final Code code;
    private final List<Object> constants = new ArrayList<>();
    private final List<String> constantTypes = new ArrayList<>();
    private final BitSet inFrame = new BitSet();
    private final BitSet numeric = new BitSet();
    private final BitSet used = new BitSet();
    private final Map<Integer, int[]> registers = new HashMap<>();
    private final Deque<Label[]> loops = new ArrayDeque<>();
    private boolean needsFrame;
    private boolean isLoop;
    private Emitter e;
    private MethodVisitor mv;
    private int frame;
    private int slots;
    private int cells;
    private int result;
    private int status;
    private Label exit;

    private BytecodeCompiler(Code code) {
        this.code = code;
    }

    /** The bytecode of a function, if it can be had. */
    static Optional<CompiledFunction> function(Code code) {
        return attempt(() -> new BytecodeCompiler(code).function()).map(CompiledFunction.class::cast);
    }

    /** The bytecode of a {@code for} or {@code while} statement of that code, if it can be had. */
    static Optional<CompiledLoop> loop(Code code, Stmt loop) {
        return attempt(() -> new BytecodeCompiler(code).loop(loop)).map(CompiledLoop.class::cast);
    }

    /** A failure here must not stop a script, which runs as well without; tests, where assertions are on, see it. */
    private static Optional<Object> attempt(Supplier<Optional<Object>> compilation) {
        try {
            return compilation.get();
        } catch (MethodTooLargeException tooLarge) {
            return Optional.empty();
        } catch (RuntimeException | LinkageError failure) {
            assert false : failure;
            return Optional.empty();
        }
    }

    // What lies where

    private void fallback(Object node) {
        needsFrame = true;
        inFrame.or(SlotUse.of(node));
    }

    private void use(int slot) {
        used.set(slot);
    }

    private void survey(Stmt s) {
        if (s instanceof Control.Block x) {
            for (Stmt each : x.statements) {
                survey(each);
            }
        } else if (s instanceof Control.Return x) {
            survey(x.value);
        } else if (s instanceof Control.Evaluate x) {
            survey(x.value);
        } else if (s instanceof Control.AssignLocal x) {
            use(x.slot);
            survey(x.value);
        } else if (s instanceof Control.Assign x) {
            survey(x.value);
            survey(x.target);
        } else if (s instanceof Control.AugmentName x) {
            surveyNumber(x.read);
            surveyNumber(x.value);
            survey(x.target);
        } else if (s instanceof Control.AugmentItem x) {
            survey(x.object);
            surveyNumber(x.index);
            surveyNumber(x.value);
        } else if (s instanceof Control.AugmentAttribute x) {
            survey(x.read.object);
            surveyNumber(x.value);
        } else if (s instanceof Control.If x) {
            for (int i = 0; i < x.tests.length; i++) {
                survey(x.tests[i]);
                survey(x.bodies[i]);
            }
            survey(x.orElse);
        } else if (s instanceof Control.While x) {
            survey(x.test);
            survey(x.body);
            survey(x.orElse);
        } else if (s instanceof Control.For x) {
            survey(x.iterable);
            surveyLoopTarget(x.target, x.iterable);
            survey(x.body);
            survey(x.orElse);
        } else if (!(s instanceof Control.Pass || s instanceof Control.Break || s instanceof Control.Continue)) {
            fallback(s);
        }
    }

    private void surveyLoopTarget(Target target, Expr iterable) {
        survey(target);
        if (target instanceof Targets.Local local && isRange(iterable)) {
            numeric.set(local.slot);
        }
    }

    private static boolean isRange(Expr iterable) {
        return iterable instanceof Calls.Call call
                && call.function instanceof Variables.Global global
                && (global.slot.name.equals("range") || global.slot.name.equals("xrange"));
    }

    private void survey(Target t) {
        if (t instanceof Targets.Local x) {
            use(x.slot);
        } else if (t instanceof Targets.Attribute x) {
            survey(x.object);
        } else if (t instanceof Targets.Item x) {
            survey(x.object);
            surveyNumber(x.index);
        } else if (t instanceof Targets.Unpack x) {
            for (Target part : x.parts) {
                survey(part);
            }
        } else if (!(t instanceof Targets.Global)) {
            fallback(t);
        }
    }

    private void surveyNumber(Expr x) {
        if (x instanceof Variables.Local local) {
            numeric.set(local.slot);
        }
        survey(x);
    }

    private void survey(Expr x) {
        if (x instanceof Variables.Local local) {
            use(local.slot);
        } else if (x instanceof Operators.Binary b) {
            surveyNumber(b.left);
            surveyNumber(b.right);
        } else if (x instanceof Operators.Compare c) {
            boolean ordered = switch (c.op) {
                case IN, NOT_IN, IS, IS_NOT -> false;
                default -> true;
            };
            if (ordered) {
                surveyNumber(c.left);
                surveyNumber(c.right);
            } else {
                survey(c.left);
                survey(c.right);
            }
        } else if (x instanceof Operators.Unary u) {
            surveyNumber(u.operand);
        } else if (x instanceof Operators.Not n) {
            survey(n.operand);
        } else if (x instanceof Operators.And a) {
            survey(a.operands);
        } else if (x instanceof Operators.Or o) {
            survey(o.operands);
        } else if (x instanceof Operators.Conditional c) {
            survey(c.test);
            survey(c.body);
            survey(c.orElse);
        } else if (x instanceof Access.Item i) {
            survey(i.object);
            surveyNumber(i.index);
        } else if (x instanceof Access.Attribute a) {
            survey(a.object);
        } else if (x instanceof Calls.Call c) {
            survey(c.function);
            survey(c.arguments);
        } else if (x instanceof Calls.MethodCall c) {
            survey(c.object);
            survey(c.arguments);
        } else if (x instanceof Literals.ListDisplay d && !d.spread) {
            survey(d.parts);
        } else if (x instanceof Literals.TupleDisplay d && !d.spread) {
            survey(d.parts);
        } else if (x instanceof Literals.Slice s) {
            survey(s.lower);
            survey(s.upper);
            survey(s.step);
        } else if (x instanceof Comprehensions.ListComp c && c.freshCells.length == 0) {
            for (Comprehensions.Clause clause : c.clauses) {
                survey(clause.iterable());
                surveyLoopTarget(clause.target(), clause.iterable());
                survey(clause.conditions());
            }
            survey(c.element);
        } else if (!(x instanceof Literals.Constant || x instanceof Variables.Global || x instanceof Variables.Free)) {
            fallback(x);
        }
    }

    private void survey(Expr[] all) {
        for (Expr each : all) {
            survey(each);
        }
    }

    /** Gives every variable that no node touches variables of the JVM, unassigned at first. */
    private void makeRegisters() {
        for (int slot = used.nextSetBit(0); slot >= 0; slot = used.nextSetBit(slot + 1)) {
            if (!inFrame.get(slot) && !registers.containsKey(slot)) {
                int o = e.newObject();
                int l = numeric.get(slot) ? e.newWide() : -1;
                registers.put(slot, new int[] {o, l});
                mv.visitInsn(ACONST_NULL);
                e.store(o);
                if (l >= 0) {
                    mv.visitInsn(LCONST_0);
                    mv.visitVarInsn(LSTORE, l);
                }
            }
        }
    }

    // Units

    private Optional<Object> function() {
        for (int i = 0; i < code.frameSize(); i++) {
            if (code.isBoxedParameter(i)) {
                return Optional.empty();
            }
        }
        survey(code.body());
        ClassWriter writer = open(RUN + "CompiledFunction");
        int parameters = code.parameters().names().length
                + (code.parameters().rest() >= 0 ? 1 : 0)
                + (code.parameters().keywords() >= 0 ? 1 : 0);
        StringBuilder types = new StringBuilder("(" + MACHINE + CELLS + "[" + OBJECT);
        types.append(OBJECT.repeat(parameters)).append(")").append(OBJECT);
        String descriptor = types.toString();
        mv = writer.visitMethod(ACC_STATIC, "body", descriptor, null, null);
        mv.visitCode();
        cells = 1;
        slots = 2;
        e = new Emitter(mv, 0, 3 + parameters, constants, constantTypes);
        frame = e.newObject();
        result = e.newObject();
        int caller = e.newObject();
        mv.visitInsn(ACONST_NULL);
        e.store(result);
        if (needsFrame) {
            newFrame();
        } else {
            mv.visitInsn(ACONST_NULL);
        }
        e.store(frame);
        for (int i = 0; i < parameters; i++) {
            used.set(i);
        }
        makeRegisters();
        for (int i = 0; i < parameters; i++) {
            int[] register = registers.get(i);
            if (register != null) {
                storeRegister(register, e.object(3 + i));
            }
        }
        e.machine();
        mv.visitMethodInsn(INVOKEVIRTUAL, VALUE + "Machine", "place", "()" + Emitter.PLACE, false);
        e.store(caller);
        e.machine();
        mv.visitMethodInsn(INVOKEVIRTUAL, VALUE + "Machine", "enter", "()V", false);
        exit = new Label();
        Label start = new Label();
        Label end = new Label();
        Label handler = new Label();
        mv.visitTryCatchBlock(start, end, handler, "java/lang/Throwable");
        mv.visitLabel(start);
        step();
        statement(code.body());
        e.constant(io.retrograd.lang.value.None.NONE, OBJECT);
        e.store(result);
        mv.visitLabel(exit);
        mv.visitLabel(end);
        e.machine();
        mv.visitMethodInsn(INVOKEVIRTUAL, VALUE + "Machine", "leave", "()V", false);
        e.machine();
        e.load(caller);
        mv.visitMethodInsn(INVOKEVIRTUAL, VALUE + "Machine", "place", "(" + Emitter.PLACE + ")V", false);
        e.load(result);
        mv.visitInsn(ARETURN);
        mv.visitLabel(handler);
        int thrown = e.newObject();
        e.store(thrown);
        if (!needsFrame) {
            e.push(code.frameSize());
            mv.visitTypeInsn(ANEWARRAY, "java/lang/Object");
            e.store(slots);
            newFrame();
            e.store(frame);
        }
        writeBack();
        e.machine();
        e.load(thrown);
        e.load(frame);
        e.load(caller);
        e.fast("leave", "(" + MACHINE + "Ljava/lang/Throwable;" + FRAME + Emitter.PLACE + ")Ljava/lang/Throwable;");
        mv.visitInsn(ATHROW);
        Label last = new Label();
        mv.visitLabel(last);
        mv.visitMaxs(0, 0);
        mv.visitEnd();
        entries(writer, descriptor, parameters);
        return define(writer, last);
    }

    private void newFrame() {
        mv.visitTypeInsn(NEW, RUN + "Frame");
        mv.visitInsn(DUP);
        e.machine();
        e.node(code);
        e.load(slots);
        e.load(cells);
        mv.visitMethodInsn(INVOKESPECIAL, RUN + "Frame", "<init>", "(" + MACHINE + "L" + RUN + "Code;[" + OBJECT + CELLS + ")V", false);
    }

    /** The methods through which a function is called. */
    private void entries(ClassWriter writer, String descriptor, int parameters) {
        MethodVisitor run = writer.visitMethod(0, "run", "(" + MACHINE + "[" + OBJECT + CELLS + ")" + OBJECT, null, null);
        run.visitCode();
        run.visitVarInsn(ALOAD, 1);
        run.visitVarInsn(ALOAD, 3);
        run.visitVarInsn(ALOAD, 2);
        for (int i = 0; i < parameters; i++) {
            run.visitVarInsn(ALOAD, 2);
            run.visitIntInsn(SIPUSH, i);
            run.visitInsn(AALOAD);
        }
        run.visitMethodInsn(INVOKESTATIC, Emitter.GENERATED, "body", descriptor, false);
        run.visitInsn(ARETURN);
        run.visitMaxs(0, 0);
        run.visitEnd();
        if (parameters > 3 || !code.parameters().isFilledBy(parameters)) {
            return;
        }
        MethodVisitor direct = writer.visitMethod(
                0, "run" + parameters, "(" + MACHINE + FUNCTION + OBJECT.repeat(parameters) + ")" + OBJECT, null, null);
        direct.visitCode();
        direct.visitVarInsn(ALOAD, 1);
        direct.visitVarInsn(ALOAD, 2);
        direct.visitMethodInsn(INVOKEVIRTUAL, RUN + "FunctionValue", "cells", "()" + CELLS, false);
        if (needsFrame) {
            direct.visitIntInsn(SIPUSH, code.frameSize());
            direct.visitTypeInsn(ANEWARRAY, "java/lang/Object");
            for (int i = 0; i < parameters; i++) {
                direct.visitInsn(DUP);
                direct.visitIntInsn(SIPUSH, i);
                direct.visitVarInsn(ALOAD, 3 + i);
                direct.visitInsn(AASTORE);
            }
        } else {
            direct.visitInsn(ACONST_NULL);
        }
        for (int i = 0; i < parameters; i++) {
            direct.visitVarInsn(ALOAD, 3 + i);
        }
        direct.visitMethodInsn(INVOKESTATIC, Emitter.GENERATED, "body", descriptor, false);
        direct.visitInsn(ARETURN);
        direct.visitMaxs(0, 0);
        direct.visitEnd();
    }

    private Optional<Object> loop(Stmt loop) {
        isLoop = true;
        needsFrame = true;
        survey(loop);
        ClassWriter writer = open(RUN + "CompiledLoop");
        mv = writer.visitMethod(0, "exec", "(" + FRAME + OBJECT + "J)I", null, null);
        mv.visitCode();
        frame = 1;
        e = new Emitter(mv, 5, 6, constants, constantTypes);
        slots = e.newObject();
        cells = e.newObject();
        status = e.newObject();
        field(frame, "Frame", "machine", MACHINE);
        e.store(e.machine);
        field(frame, "Frame", "slots", "[" + OBJECT);
        e.store(slots);
        field(frame, "Frame", "cells", CELLS);
        e.store(cells);
        mv.visitInsn(ICONST_0);
        mv.visitVarInsn(ISTORE, status);
        makeRegisters();
        registers.forEach((slot, register) -> {
            e.load(slots);
            e.push(slot);
            mv.visitInsn(AALOAD);
            storeRegister(register, e.popObject());
        });
        exit = new Label();
        Label start = new Label();
        Label end = new Label();
        Label handler = new Label();
        mv.visitTryCatchBlock(start, end, handler, "java/lang/Throwable");
        mv.visitLabel(start);
        if (loop instanceof Control.For x) {
            Label over = new Label();
            over(e.object(2), 3, isRange(x.iterable), x.target, x.place, () -> statement(x.body), over, () -> statement(x.orElse));
        } else {
            statement(loop);
        }
        mv.visitLabel(exit);
        mv.visitLabel(end);
        writeBack();
        mv.visitVarInsn(ILOAD, status);
        mv.visitInsn(IRETURN);
        mv.visitLabel(handler);
        int thrown = e.newObject();
        e.store(thrown);
        writeBack();
        e.load(thrown);
        mv.visitInsn(ATHROW);
        Label last = new Label();
        mv.visitLabel(last);
        mv.visitMaxs(0, 0);
        mv.visitEnd();
        return define(writer, last);
    }

    private void writeBack() {
        registers.forEach((slot, register) -> {
            e.load(slots);
            e.push(slot);
            e.loadBoxed(register[1] < 0 ? e.object(register[0]) : new Val(Kind.MARKED, register[0], register[1], null));
            mv.visitInsn(AASTORE);
        });
    }

    private static ClassWriter open(String base) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
            @Override
            protected String getCommonSuperClass(String a, String b) {
                return "java/lang/Object";
            }
        };
        writer.visit(V17, ACC_FINAL | ACC_SUPER, Emitter.GENERATED, null, base, null);
        MethodVisitor constructor = writer.visitMethod(0, "<init>", "()V", null, null);
        constructor.visitCode();
        constructor.visitVarInsn(ALOAD, 0);
        constructor.visitMethodInsn(INVOKESPECIAL, base, "<init>", "()V", false);
        constructor.visitInsn(RETURN);
        constructor.visitMaxs(0, 0);
        constructor.visitEnd();
        return writer;
    }

    private Optional<Object> define(ClassWriter writer, Label last) {
        MethodVisitor init = writer.visitMethod(ACC_STATIC, "<clinit>", "()V", null, null);
        init.visitCode();
        String handles = "java/lang/invoke/MethodHandles";
        init.visitMethodInsn(INVOKESTATIC, handles, "lookup", "()L" + handles + "$Lookup;", false);
        init.visitLdcInsn("_");
        init.visitLdcInsn(org.objectweb.asm.Type.getType("[" + OBJECT));
        init.visitMethodInsn(INVOKESTATIC, handles, "classData",
                "(L" + handles + "$Lookup;Ljava/lang/String;Ljava/lang/Class;)" + OBJECT, false);
        init.visitTypeInsn(CHECKCAST, "[" + OBJECT);
        init.visitVarInsn(ASTORE, 0);
        for (int i = 0; i < constants.size(); i++) {
            String type = constantTypes.get(i);
            writer.visitField(ACC_STATIC | ACC_FINAL, "k" + i, type, null, null);
            init.visitVarInsn(ALOAD, 0);
            init.visitIntInsn(SIPUSH, i);
            init.visitInsn(AALOAD);
            init.visitTypeInsn(CHECKCAST, type.startsWith("[") ? type : type.substring(1, type.length() - 1));
            init.visitFieldInsn(PUTSTATIC, Emitter.GENERATED, "k" + i, type);
        }
        init.visitInsn(RETURN);
        init.visitMaxs(0, 0);
        init.visitEnd();
        writer.visitEnd();
        byte[] bytes = writer.toByteArray();
        if (last.getOffset() > LONGEST_METHOD) {
            return Optional.empty();
        }
        try {
            return Optional.of(MethodHandles.lookup()
                    .defineHiddenClassWithClassData(bytes, constants.toArray(), true)
                    .lookupClass()
                    .getDeclaredConstructor()
                    .newInstance());
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    // Variables

    private void field(int object, String owner, String name, String type) {
        e.load(object);
        mv.visitFieldInsn(GETFIELD, RUN + owner, name, type);
    }

    private void storeRegister(int[] register, Val v) {
        if (register[1] >= 0) {
            e.storeMarked(v, register[0], register[1]);
        } else {
            e.loadBoxed(v);
            e.store(register[0]);
        }
    }

    private void assignSlot(int slot, Val v) {
        int[] register = registers.get(slot);
        if (register != null) {
            storeRegister(register, v);
        } else {
            e.load(slots);
            e.push(slot);
            e.loadBoxed(v);
            mv.visitInsn(AASTORE);
        }
    }

    private Val readLocal(Variables.Local local) {
        int[] register = registers.get(local.slot);
        Val v;
        if (register == null) {
            e.load(slots);
            e.push(local.slot);
            mv.visitInsn(AALOAD);
            v = e.popObject();
        } else {
            v = register[1] < 0 ? e.object(register[0]) : new Val(Kind.MARKED, register[0], register[1], null);
        }
        Label bound = new Label();
        e.load(v.o());
        mv.visitJumpInsn(IFNONNULL, bound);
        e.node(local);
        e.machine();
        mv.visitMethodInsn(INVOKEVIRTUAL, RUN + "Variables$Local", "unbound", "(" + MACHINE + ")Lio/retrograd/error/NnError;", false);
        mv.visitInsn(ATHROW);
        mv.visitLabel(bound);
        return v;
    }

    private Val readGlobal(Variables.Global global) {
        Label bound = new Label();
        int v = e.newObject();
        e.node(global.slot);
        mv.visitFieldInsn(GETFIELD, RUN + "GlobalSlot", "value", OBJECT);
        e.store(v);
        e.load(v);
        mv.visitJumpInsn(IFNONNULL, bound);
        e.node(global);
        e.machine();
        e.node(code);
        mv.visitMethodInsn(INVOKEVIRTUAL, RUN + "Variables$Global", "word", "(" + MACHINE + "L" + RUN + "Code;)" + OBJECT, false);
        e.store(v);
        mv.visitLabel(bound);
        return e.object(v);
    }

    private void assign(Target t, Val v) {
        if (t instanceof Targets.Local x) {
            assignSlot(x.slot, v);
        } else if (t instanceof Targets.Global x) {
            e.node(x.slot);
            e.loadBoxed(v);
            mv.visitFieldInsn(PUTFIELD, RUN + "GlobalSlot", "value", OBJECT);
        } else if (t instanceof Targets.Attribute x) {
            Val value = e.boxed(v);
            Val object = e.boxed(expression(x.object));
            setAttribute(x, object, value);
        } else if (t instanceof Targets.Item x) {
            Val value = e.boxed(v);
            Val object = e.boxed(expression(x.object));
            setItem(object, expression(x.index), value, x.place);
        } else if (t instanceof Targets.Unpack x) {
            e.machine();
            e.node(x);
            e.loadBoxed(v);
            e.fast("unpack", "(" + MACHINE + "L" + RUN + "Targets$Unpack;" + OBJECT + ")[" + OBJECT);
            int all = e.newObject();
            e.store(all);
            for (int i = 0; i < x.parts.length; i++) {
                e.load(all);
                e.push(i);
                mv.visitInsn(AALOAD);
                assign(x.parts[i], e.popObject());
            }
        } else {
            e.node(t);
            e.load(frame);
            e.loadBoxed(v);
            mv.visitMethodInsn(INVOKEVIRTUAL, RUN + "Target", "assign", "(" + FRAME + OBJECT + ")V", false);
        }
    }

    private void setAttribute(Targets.Attribute x, Val object, Val value) {
        e.node(x);
        e.machine();
        e.loadBoxed(object);
        e.loadBoxed(value);
        mv.visitMethodInsn(INVOKEVIRTUAL, RUN + "Targets$Attribute", "set", "(" + MACHINE + OBJECT + OBJECT + ")V", false);
    }

    private void setItem(Val object, Val index, Val value, Object place) {
        Label done = new Label();
        Label other = new Label();
        if (index.kind() == Kind.LONG || index.kind() == Kind.MARKED) {
            unlessLong(index, other);
            e.machine();
            e.place(place);
            e.loadBoxed(object);
            e.loadLong(index);
            e.loadBoxed(value);
            e.fast("setItem", "(" + MACHINE + Emitter.PLACE + OBJECT + "J" + OBJECT + ")V");
            mv.visitJumpInsn(GOTO, done);
        }
        mv.visitLabel(other);
        e.machine();
        e.place(place);
        e.loadBoxed(object);
        e.loadBoxed(index);
        e.loadBoxed(value);
        mv.visitMethodInsn(INVOKESTATIC, RUN + "Targets$Item", "set",
                "(" + MACHINE + Emitter.PLACE + OBJECT + OBJECT + OBJECT + ")V", false);
        mv.visitLabel(done);
    }

    private void unlessLong(Val v, Label target) {
        if (v.kind() == Kind.MARKED) {
            e.load(v.o());
            e.mark("LONG");
            mv.visitJumpInsn(IF_ACMPNE, target);
        }
    }

    private Val item(Val object, Val index, Object place) {
        int v = e.newObject();
        Label done = new Label();
        Label other = new Label();
        if (index.kind() == Kind.LONG || index.kind() == Kind.MARKED) {
            unlessLong(index, other);
            e.machine();
            e.place(place);
            e.loadBoxed(object);
            e.loadLong(index);
            e.fast("item", "(" + MACHINE + Emitter.PLACE + OBJECT + "J)" + OBJECT);
            e.store(v);
            mv.visitJumpInsn(GOTO, done);
        }
        mv.visitLabel(other);
        e.machine();
        e.place(place);
        e.loadBoxed(object);
        e.loadBoxed(index);
        mv.visitMethodInsn(INVOKESTATIC, RUN + "Access$Item", "get",
                "(" + MACHINE + Emitter.PLACE + OBJECT + OBJECT + ")" + OBJECT, false);
        e.store(v);
        mv.visitLabel(done);
        return e.object(v);
    }

    private void step() {
        e.machine();
        mv.visitMethodInsn(INVOKEVIRTUAL, VALUE + "Machine", "step", "()V", false);
    }

    // Statements

    private void statement(Stmt s) {
        if (s instanceof Control.Block x) {
            for (Stmt each : x.statements) {
                statement(each);
            }
        } else if (s instanceof Control.Return x) {
            returns(expression(x.value));
        } else if (s instanceof Control.Evaluate x) {
            expression(x.value);
        } else if (s instanceof Control.AssignLocal x) {
            assignSlot(x.slot, expression(x.value));
        } else if (s instanceof Control.Assign x) {
            assign(x.target, expression(x.value));
        } else if (s instanceof Control.AugmentName x) {
            Val a = copy(expression(x.read));
            Val b = expression(x.value);
            assign(x.target, e.arithmetic(x.op, a, b, x.place, x.isOldDivision() ? "oldDivide" : "inPlace"));
        } else if (s instanceof Control.AugmentItem x) {
            Val object = e.boxed(expression(x.object));
            Val index = copy(expression(x.index));
            Val old = item(object, index, x.itemPlace);
            Val value = expression(x.value);
            boolean oldDivision = x.oldDivision && x.op == BinaryOperator.DIVIDE;
            Val made = e.arithmetic(x.op, old, value, x.place, oldDivision ? "oldDivide" : "inPlace");
            setItem(object, index, e.boxed(made), x.itemPlace);
        } else if (s instanceof Control.AugmentAttribute x) {
            Val object = e.boxed(expression(x.read.object));
            Val old = attribute(x.read, object);
            Val value = expression(x.value);
            boolean oldDivision = x.oldDivision && x.op == BinaryOperator.DIVIDE;
            Val made = e.arithmetic(x.op, old, value, x.place, oldDivision ? "oldDivide" : "inPlace");
            setAttribute(x.target, object, e.boxed(made));
        } else if (s instanceof Control.If x) {
            branches(x);
        } else if (s instanceof Control.While x) {
            whileLoop(x);
        } else if (s instanceof Control.For x) {
            Val all = e.boxed(expression(x.iterable));
            int next = e.newWide();
            mv.visitInsn(LCONST_0);
            mv.visitVarInsn(LSTORE, next);
            Label over = new Label();
            over(iterated(all, x.place), next, isRange(x.iterable), x.target, x.place,
                    () -> statement(x.body), over, () -> statement(x.orElse));
        } else if (s instanceof Control.Break) {
            mv.visitJumpInsn(GOTO, loops.peek()[0]);
        } else if (s instanceof Control.Continue) {
            mv.visitJumpInsn(GOTO, loops.peek()[1]);
        } else if (!(s instanceof Control.Pass)) {
            node(s);
        }
    }

    /** A value that a later assignment to the same variable does not change. */
    private Val copy(Val v) {
        if (v.kind() == Kind.MARKED) {
            Val made = e.newMarked();
            e.storeMarked(v, made.o(), made.l());
            return made;
        }
        if (v.kind() == Kind.OBJECT && v.constant() == null) {
            e.load(v.o());
            return e.popObject();
        }
        return v;
    }

    private void returns(Val v) {
        if (isLoop) {
            e.load(frame);
            e.loadBoxed(v);
            mv.visitFieldInsn(PUTFIELD, RUN + "Frame", "value", OBJECT);
            e.push(Stmt.RETURN);
            mv.visitVarInsn(ISTORE, status);
        } else {
            e.loadBoxed(v);
            e.store(result);
        }
        mv.visitJumpInsn(GOTO, exit);
    }

    /** A statement without bytecode of its own. */
    private void node(Stmt s) {
        Label done = new Label();
        int end = e.newObject();
        e.node(s);
        e.load(frame);
        mv.visitMethodInsn(INVOKEVIRTUAL, RUN + "Stmt", "exec", "(" + FRAME + ")I", false);
        mv.visitVarInsn(ISTORE, end);
        mv.visitVarInsn(ILOAD, end);
        mv.visitJumpInsn(IFEQ, done);
        if (!loops.isEmpty()) {
            for (int i = 0; i < 2; i++) {
                mv.visitVarInsn(ILOAD, end);
                e.push(i == 0 ? Stmt.BREAK : Stmt.CONTINUE);
                mv.visitJumpInsn(IF_ICMPEQ, loops.peek()[i]);
            }
        }
        if (isLoop) {
            mv.visitVarInsn(ILOAD, end);
            mv.visitVarInsn(ISTORE, status);
        } else {
            e.load(frame);
            mv.visitFieldInsn(GETFIELD, RUN + "Frame", "value", OBJECT);
            e.store(result);
        }
        mv.visitJumpInsn(GOTO, exit);
        mv.visitLabel(done);
    }

    private void branches(Control.If x) {
        Label done = new Label();
        for (int i = 0; i < x.tests.length; i++) {
            Label next = new Label();
            if (!(x.tests[i] instanceof Operators.Compare)) {
                e.machine();
                e.place(x.places[i]);
                mv.visitMethodInsn(INVOKEVIRTUAL, VALUE + "Machine", "place", "(" + Emitter.PLACE + ")V", false);
            }
            condition(x.tests[i], next, false);
            statement(x.bodies[i]);
            mv.visitJumpInsn(GOTO, done);
            mv.visitLabel(next);
        }
        statement(x.orElse);
        mv.visitLabel(done);
    }

    private void whileLoop(Control.While x) {
        Label head = new Label();
        Label orElse = new Label();
        Label done = new Label();
        mv.visitLabel(head);
        condition(x.test, orElse, false);
        step();
        loops.push(new Label[] {done, head});
        statement(x.body);
        loops.pop();
        mv.visitJumpInsn(GOTO, head);
        mv.visitLabel(orElse);
        statement(x.orElse);
        mv.visitLabel(done);
    }

    /** What a loop goes over: ranges and lists as they are, an Iteration of anything else. */
    private Val iterated(Val all, Object place) {
        e.machine();
        e.place(place);
        e.loadBoxed(all);
        e.fast("iterated", "(" + MACHINE + Emitter.PLACE + OBJECT + ")" + OBJECT);
        return e.popObject();
    }

    /** A loop over a range, a list or an Iteration, from a place in it on. */
    private void over(
            Val all, int next, boolean likelyRange, Target target, Object place, Runnable body, Label done, Runnable orElse) {
        int range = e.newObject();
        int list = e.newObject();
        int count = e.newWide();
        int value = e.newWide();
        int by = e.newWide();
        Label head = new Label();
        Label end = new Label();
        Label notRange = new Label();
        Label notList = new Label();
        Label turn = new Label();
        cast(all, VALUE + "RangeValue", range);
        cast(all, VALUE + "ListValue", list);
        for (int v : new int[] {count, value, by}) {
            mv.visitInsn(LCONST_0);
            mv.visitVarInsn(LSTORE, v);
        }
        Label plain = new Label();
        e.load(range);
        mv.visitJumpInsn(IFNULL, plain);
        ofRange(range, "count", count);
        ofRange(range, "step", by);
        e.load(range);
        mv.visitVarInsn(LLOAD, next);
        mv.visitMethodInsn(INVOKEVIRTUAL, VALUE + "RangeValue", "at", "(J)J", false);
        mv.visitVarInsn(LSTORE, value);
        mv.visitLabel(plain);
        mv.visitLabel(head);
        e.load(range);
        mv.visitJumpInsn(IFNULL, notRange);
        mv.visitVarInsn(LLOAD, next);
        mv.visitVarInsn(LLOAD, count);
        mv.visitInsn(LCMP);
        mv.visitJumpInsn(IFGE, end);
        advance(next);
        step();
        int current = e.newWide();
        mv.visitVarInsn(LLOAD, value);
        mv.visitVarInsn(LSTORE, current);
        mv.visitVarInsn(LLOAD, value);
        mv.visitVarInsn(LLOAD, by);
        mv.visitInsn(LADD);
        mv.visitVarInsn(LSTORE, value);
        assign(target, new Val(Kind.LONG, -1, current, null));
        mv.visitJumpInsn(GOTO, turn);
        mv.visitLabel(notRange);
        int element = e.newObject();
        if (!likelyRange) {
            e.load(list);
            mv.visitJumpInsn(IFNULL, notList);
            mv.visitVarInsn(LLOAD, next);
            e.load(list);
            mv.visitMethodInsn(INVOKEVIRTUAL, VALUE + "ListValue", "size", "()I", false);
            mv.visitInsn(I2L);
            mv.visitInsn(LCMP);
            mv.visitJumpInsn(IFGE, end);
            e.load(list);
            mv.visitVarInsn(LLOAD, next);
            mv.visitInsn(L2I);
            mv.visitMethodInsn(INVOKEVIRTUAL, VALUE + "ListValue", "get", "(I)" + OBJECT, false);
            e.store(element);
            advance(next);
            step();
            assign(target, e.object(element));
            mv.visitJumpInsn(GOTO, turn);
        }
        mv.visitLabel(notList);
        e.machine();
        e.place(place);
        e.loadBoxed(all);
        mv.visitVarInsn(LLOAD, next);
        e.fast("next", "(" + MACHINE + Emitter.PLACE + OBJECT + "J)" + OBJECT);
        e.store(element);
        advance(next);
        e.load(element);
        mv.visitJumpInsn(IFNULL, end);
        step();
        assign(target, e.object(element));
        mv.visitLabel(turn);
        loops.push(new Label[] {done, head});
        body.run();
        loops.pop();
        mv.visitJumpInsn(GOTO, head);
        mv.visitLabel(end);
        orElse.run();
        mv.visitLabel(done);
    }

    private void advance(int next) {
        mv.visitVarInsn(LLOAD, next);
        mv.visitInsn(LCONST_1);
        mv.visitInsn(LADD);
        mv.visitVarInsn(LSTORE, next);
    }

    private void ofRange(int range, String what, int into) {
        e.load(range);
        mv.visitMethodInsn(INVOKEVIRTUAL, VALUE + "RangeValue", what, "()J", false);
        mv.visitVarInsn(LSTORE, into);
    }

    /** Stores the value as an object of that class, or null where it is none. */
    private void cast(Val v, String type, int into) {
        Label other = new Label();
        Label done = new Label();
        e.loadBoxed(v);
        mv.visitTypeInsn(INSTANCEOF, type);
        mv.visitJumpInsn(IFEQ, other);
        e.loadBoxed(v);
        mv.visitTypeInsn(CHECKCAST, type);
        e.store(into);
        mv.visitJumpInsn(GOTO, done);
        mv.visitLabel(other);
        mv.visitInsn(ACONST_NULL);
        e.store(into);
        mv.visitLabel(done);
    }

    // Expressions

    private void condition(Expr x, Label target, boolean when) {
        if (x instanceof Operators.Compare c) {
            Val a = expression(c.left);
            Val b = expression(c.right);
            e.compareAndJump(c.op, a, b, c.place, target, when);
        } else if (x instanceof Operators.Not n) {
            condition(n.operand, target, !when);
        } else if (x instanceof Operators.And a) {
            shortCircuit(a.operands, target, when, false);
        } else if (x instanceof Operators.Or o) {
            shortCircuit(o.operands, target, when, true);
        } else {
            e.truthAndJump(expression(x), target, when);
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

    private Val expression(Expr x) {
        if (x instanceof Literals.Constant k) {
            return e.constantValue(k.value);
        }
        if (x instanceof Variables.Local local) {
            return readLocal(local);
        }
        if (x instanceof Variables.Global global) {
            return readGlobal(global);
        }
        if (x instanceof Variables.Free free) {
            e.node(free);
            e.machine();
            e.load(cells);
            mv.visitMethodInsn(INVOKEVIRTUAL, RUN + "Variables$Free", "get", "(" + MACHINE + CELLS + ")" + OBJECT, false);
            return e.popObject();
        }
        if (x instanceof Operators.Binary b) {
            Val left = expression(b.left);
            Val right = expression(b.right);
            return e.arithmetic(b.op, left, right, b.place, b instanceof Operators.OldDivide ? "oldDivide" : "binary");
        }
        if (x instanceof Operators.Compare || x instanceof Operators.Not) {
            return comparison(x);
        }
        if (x instanceof Access.Item i) {
            Val object = e.boxed(expression(i.object));
            return item(object, expression(i.index), i.place);
        }
        if (x instanceof Access.Attribute a) {
            return attribute(a, e.boxed(expression(a.object)));
        }
        if (x instanceof Calls.Call c) {
            return call(c);
        }
        if (x instanceof Calls.MethodCall c) {
            return methodCall(c);
        }
        return rarer(x);
    }

    private Val rarer(Expr x) {
        if (x instanceof Operators.Unary u && u.op == UnaryOperator.NEGATIVE) {
            return negated(u);
        }
        if (x instanceof Operators.Unary u) {
            Val a = e.boxed(expression(u.operand));
            return unary(u, a);
        }
        if (x instanceof Operators.And a) {
            return firstDecisive(a.operands, false);
        }
        if (x instanceof Operators.Or o) {
            return firstDecisive(o.operands, true);
        }
        if (x instanceof Operators.Conditional c) {
            Label orElse = new Label();
            Label done = new Label();
            Val made = e.newMarked();
            condition(c.test, orElse, false);
            Val body = expression(c.body);
            e.storeMarked(body, made.o(), made.l());
            mv.visitJumpInsn(GOTO, done);
            mv.visitLabel(orElse);
            Val other = expression(c.orElse);
            e.storeMarked(other, made.o(), made.l());
            mv.visitLabel(done);
            return made;
        }
        if (x instanceof Literals.ListDisplay d && !d.spread) {
            e.array(d.parts.length, 0, values(d.parts));
            e.fast("list", "([" + OBJECT + ")" + OBJECT);
            return e.popObject();
        }
        if (x instanceof Literals.TupleDisplay d && !d.spread) {
            e.array(d.parts.length, 0, values(d.parts));
            e.fast("tuple", "([" + OBJECT + ")" + OBJECT);
            return e.popObject();
        }
        if (x instanceof Literals.Slice s) {
            Val lower = e.boxed(expression(s.lower));
            Val upper = e.boxed(expression(s.upper));
            Val by = e.boxed(expression(s.step));
            e.loadBoxed(lower);
            e.loadBoxed(upper);
            e.loadBoxed(by);
            e.fast("slice", "(" + OBJECT + OBJECT + OBJECT + ")" + OBJECT);
            return e.popObject();
        }
        if (x instanceof Comprehensions.ListComp c && c.freshCells.length == 0) {
            return listComprehension(c);
        }
        e.node(x);
        e.load(frame);
        mv.visitMethodInsn(INVOKEVIRTUAL, RUN + "Expr", "eval", "(" + FRAME + ")" + OBJECT, false);
        return e.popObject();
    }

    private List<Val> values(Expr[] parts) {
        List<Val> values = Emitter.list();
        for (Expr part : parts) {
            values.add(e.boxed(expression(part)));
        }
        return values;
    }

    private Val comparison(Expr x) {
        if (x instanceof Operators.Compare c) {
            Val a = expression(c.left);
            Val b = expression(c.right);
            // Arrays and tensors compare to something that is no truth value, so only numbers take the short way.
            boolean numbers = a.isNumber() && b.isNumber();
            if (!numbers) {
                e.machine();
                e.constant(c.op, "Lio/retrograd/lang/tree/CompareOperator;");
                e.place(c.place);
                e.loadBoxed(a);
                e.loadBoxed(b);
                e.fast("compare", "(" + MACHINE + "Lio/retrograd/lang/tree/CompareOperator;" + Emitter.PLACE + OBJECT + OBJECT
                        + ")" + OBJECT);
                return e.popObject();
            }
            return truth(target -> e.compareAndJump(c.op, a, b, c.place, target, true));
        }
        return truth(target -> condition(x, target, true));
    }

    private Val truth(java.util.function.Consumer<Label> jump) {
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

    private Val negated(Operators.Unary u) {
        Val a = e.marked(expression(u.operand));
        Label other = new Label();
        Label done = new Label();
        Val made = e.newMarked();
        if (a.kind() != Kind.DOUBLE) {
            unlessLong(a, other);
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
        e.storeMarked(unary(u, e.boxed(a)), made.o(), made.l());
        mv.visitLabel(done);
        return made;
    }

    private Val unary(Operators.Unary u, Val a) {
        e.node(u);
        e.machine();
        e.loadBoxed(a);
        mv.visitMethodInsn(INVOKEVIRTUAL, RUN + "Operators$Unary", "apply", "(" + MACHINE + OBJECT + ")" + OBJECT, false);
        return e.popObject();
    }

    private Val firstDecisive(Expr[] operands, boolean decisive) {
        Label done = new Label();
        Val made = e.newMarked();
        for (int i = 0; i < operands.length; i++) {
            Val v = expression(operands[i]);
            e.storeMarked(v, made.o(), made.l());
            if (i < operands.length - 1) {
                e.truthAndJump(made, done, decisive);
            }
        }
        mv.visitLabel(done);
        return made;
    }

    private Val attribute(Access.Attribute a, Val object) {
        e.node(a);
        e.machine();
        e.loadBoxed(object);
        mv.visitMethodInsn(INVOKEVIRTUAL, RUN + "Access$Attribute", "get", "(" + MACHINE + OBJECT + ")" + OBJECT, false);
        return e.popObject();
    }

    private Val call(Calls.Call c) {
        Val callee = e.boxed(expression(c.function));
        List<Val> arguments = values(c.arguments);
        int v = e.newObject();
        Label general = new Label();
        Label done = new Label();
        if (c.words.length == 0 && arguments.size() <= 3) {
            direct(callee, arguments, c.place, v, general);
            mv.visitJumpInsn(GOTO, done);
        }
        mv.visitLabel(general);
        e.machine();
        e.place(c.place);
        e.loadBoxed(callee);
        e.array(arguments.size(), 0, arguments);
        e.constant(c.words, "[Ljava/lang/String;");
        e.fast("call", "(" + MACHINE + Emitter.PLACE + OBJECT + "[" + OBJECT + "[Ljava/lang/String;)" + OBJECT);
        e.store(v);
        mv.visitLabel(done);
        return e.object(v);
    }

    /** Calls the bytecode of a script's function, if that is what is called and it has some. */
    private void direct(Val callee, List<Val> arguments, Object place, int into, Label general) {
        int function = e.newObject();
        int compiled = e.newObject();
        e.loadBoxed(callee);
        mv.visitTypeInsn(INSTANCEOF, RUN + "FunctionValue");
        mv.visitJumpInsn(IFEQ, general);
        e.loadBoxed(callee);
        mv.visitTypeInsn(CHECKCAST, RUN + "FunctionValue");
        e.store(function);
        e.load(function);
        mv.visitMethodInsn(INVOKEVIRTUAL, RUN + "FunctionValue", "compiled", "()L" + RUN + "CompiledFunction;", false);
        e.store(compiled);
        e.load(compiled);
        mv.visitJumpInsn(IFNULL, general);
        e.machine();
        e.place(place);
        mv.visitMethodInsn(INVOKEVIRTUAL, VALUE + "Machine", "place", "(" + Emitter.PLACE + ")V", false);
        e.load(compiled);
        e.machine();
        e.load(function);
        for (Val argument : arguments) {
            e.loadBoxed(argument);
        }
        mv.visitMethodInsn(INVOKEVIRTUAL, RUN + "CompiledFunction", "run" + arguments.size(),
                "(" + MACHINE + FUNCTION + OBJECT.repeat(arguments.size()) + ")" + OBJECT, false);
        e.store(into);
    }

    private Val methodCall(Calls.MethodCall c) {
        Val object = e.boxed(expression(c.object));
        e.node(c);
        e.machine();
        e.loadBoxed(object);
        mv.visitMethodInsn(INVOKEVIRTUAL, RUN + "Calls$MethodCall", "find", "(" + MACHINE + OBJECT + ")" + OBJECT, false);
        Val found = e.popObject();
        List<Val> values = values(c.arguments);
        values.add(0, object);
        int v = e.newObject();
        Label general = new Label();
        Label done = new Label();
        if (c.words.length == 0 && values.size() <= 3) {
            direct(found, values, c.place, v, general);
            mv.visitJumpInsn(GOTO, done);
        }
        mv.visitLabel(general);
        e.node(c);
        e.machine();
        e.loadBoxed(found);
        e.array(values.size(), 0, values);
        mv.visitMethodInsn(INVOKEVIRTUAL, RUN + "Calls$MethodCall", "invoke",
                "(" + MACHINE + OBJECT + "[" + OBJECT + ")" + OBJECT, false);
        e.store(v);
        mv.visitLabel(done);
        return e.object(v);
    }

    private Val listComprehension(Comprehensions.ListComp c) {
        int list = e.newObject();
        mv.visitTypeInsn(NEW, VALUE + "ListValue");
        mv.visitInsn(DUP);
        mv.visitMethodInsn(INVOKESPECIAL, VALUE + "ListValue", "<init>", "()V", false);
        e.store(list);
        clause(c, 0, list);
        return e.object(list);
    }

    private void clause(Comprehensions.ListComp c, int depth, int list) {
        if (depth == c.clauses.length) {
            Val v = e.boxed(expression(c.element));
            e.load(list);
            e.loadBoxed(v);
            mv.visitMethodInsn(INVOKEVIRTUAL, VALUE + "ListValue", "add", "(" + OBJECT + ")V", false);
            return;
        }
        Comprehensions.Clause clause = c.clauses[depth];
        Val all = iterated(e.boxed(expression(clause.iterable())), clause.place());
        int next = e.newWide();
        mv.visitInsn(LCONST_0);
        mv.visitVarInsn(LSTORE, next);
        Label over = new Label();
        over(all, next, isRange(clause.iterable()), clause.target(), clause.place(), () -> {
            Label skip = loops.peek()[1];
            for (Expr condition : clause.conditions()) {
                condition(condition, skip, false);
            }
            clause(c, depth + 1, list);
        }, over, () -> { });
    }
}
