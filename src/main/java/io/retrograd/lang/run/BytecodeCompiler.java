package io.retrograd.lang.run;

import static org.objectweb.asm.Opcodes.*;

import io.retrograd.lang.value.None;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;

/**
 * Turns a hot function, loop or generator into bytecode. Local variables become variables of the JVM, numbers in them
 * without boxes; what has no bytecode of its own is run as the node it is, and the variables that it touches stay
 * in the frame. The meaning is that of the nodes, step for step.
 */
final class BytecodeCompiler {
    private static final String MACHINE = Emitter.MACHINE;
    private static final String OBJECT = Emitter.OBJECT;
    private static final String FUNCTION = "L" + Emitter.RUN + "FunctionValue;";

    /**
     * HotSpot's compilers take seconds for longer methods, or give up. Then the loops inside stay what they are:
     * methods of their own.
     */
    private static final int COMFORTABLE = 2500;

    /** A longer method would be slower than the nodes for good. */
    private static final int LONGEST = 6000;

    private final Code code;
    private final SlotSurvey survey;

    private BytecodeCompiler(Code code, SlotSurvey survey) {
        this.code = code;
        this.survey = survey;
    }

    /** A class as written, the end of its main method, and what to do with its instance. */
    private record Draft(GeneratedClass owner, Label last, Consumer<Object> finish) {
        int length() {
            return last.getOffset();
        }
    }

    /** The bytecode of a function, if it can be had. */
    static Optional<CompiledFunction> function(Code code) {
        return attempt(code, null, BytecodeCompiler::function).map(CompiledFunction.class::cast);
    }

    /** The bytecode of a {@code for} or {@code while} statement of that code, if it can be had. */
    static Optional<CompiledLoop> loop(Code code, Stmt loop) {
        return attempt(code, loop, c -> c.loop(loop)).map(CompiledLoop.class::cast);
    }

    /** The bytecode of a generator, if it can be had. */
    static Optional<CompiledGenerator> generator(Code code) {
        return attempt(code, null, BytecodeCompiler::generator).map(CompiledGenerator.class::cast);
    }

    /** A failure here must not stop a script, which runs as well without; tests, where assertions are on, see it. */
    private static Optional<Object> attempt(Code code, Stmt whole, Function<BytecodeCompiler, Optional<Draft>> write) {
        try {
            Optional<Draft> draft = write.apply(new BytecodeCompiler(code, new SlotSurvey(whole, false)));
            if (draft.isPresent() && draft.get().length() > COMFORTABLE) {
                Optional<Draft> shorter = write.apply(new BytecodeCompiler(code, new SlotSurvey(whole, true)));
                draft = shorter.isPresent() && shorter.get().length() < draft.get().length() ? shorter : draft;
            }
            return draft.filter(d -> d.length() <= LONGEST).map(d -> {
                Object made = d.owner().define();
                d.finish().accept(made);
                return made;
            });
        } catch (MethodTooLargeException tooLarge) {
            return Optional.empty();
        } catch (RuntimeException | LinkageError failure) {
            assert false : failure;
            return Optional.empty();
        }
    }

    private BytecodeUnit unit(BytecodeUnit.Kind kind, GeneratedClass owner, MethodVisitor mv, int machine, int firstFree) {
        mv.visitCode();
        return new BytecodeUnit(kind, code, survey, new Emitter(owner, mv, machine, firstFree));
    }

    // Functions

    private int parameters() {
        return code.parameters().names().length
                + (code.parameters().rest() >= 0 ? 1 : 0)
                + (code.parameters().keywords() >= 0 ? 1 : 0);
    }

    private Optional<Draft> function() {
        survey.statement(code.body());
        GeneratedClass owner = new GeneratedClass(Emitter.RUN + "CompiledFunction");
        int parameters = parameters();
        String descriptor = "(" + MACHINE + Emitter.CELLS + "[" + OBJECT + OBJECT.repeat(parameters) + ")" + OBJECT;
        MethodVisitor mv = owner.writer.visitMethod(ACC_STATIC, "body", descriptor, null, null);
        BytecodeUnit u = unit(BytecodeUnit.Kind.FUNCTION, owner, mv, 0, 3 + parameters);
        Emitter e = u.e;
        u.cells = 1;
        u.slots = 2;
        u.frame = e.newObject();
        u.result = e.newObject();
        int caller = e.newObject();
        mv.visitInsn(ACONST_NULL);
        e.store(u.result);
        if (survey.needsFrame()) {
            newFrame(u);
        } else {
            mv.visitInsn(ACONST_NULL);
        }
        e.store(u.frame);
        for (int i = 0; i < parameters; i++) {
            survey.use(i);
            if (code.isBoxedParameter(i)) {
                survey.cell(i);
            }
        }
        u.variables.declare();
        for (int i = 0; i < parameters; i++) {
            if (code.isBoxedParameter(i) || u.variables.isRegister(i)) {
                u.variables.parameter(i, e.object(3 + i), code.isBoxedParameter(i));
            }
        }
        e.machine();
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.MACHINE_CLASS, "place", "()" + Emitter.PLACE, false);
        e.store(caller);
        e.machine();
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.MACHINE_CLASS, "enter", "()V", false);
        u.exit = new Label();
        BytecodeUnit.Guarded body = new BytecodeUnit.Guarded(() -> { });
        Label handler = new Label();
        body.begin(mv);
        u.step();
        u.statements.write(code.body());
        e.constant(None.NONE, OBJECT);
        e.store(u.result);
        mv.visitLabel(u.exit);
        body.end(mv);
        e.machine();
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.MACHINE_CLASS, "leave", "()V", false);
        e.machine();
        e.load(caller);
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.MACHINE_CLASS, "place", "(" + Emitter.PLACE + ")V", false);
        e.load(u.result);
        mv.visitInsn(ARETURN);
        mv.visitLabel(handler);
        leaveWithError(u, caller);
        body.handle(mv, handler);
        Label last = GeneratedClass.end(mv);
        entries(owner, descriptor, parameters);
        return Optional.of(new Draft(owner, last, made -> { }));
    }

    private void leaveWithError(BytecodeUnit u, int caller) {
        Emitter e = u.e;
        int thrown = e.newObject();
        e.store(thrown);
        if (!survey.needsFrame()) {
            e.push(code.frameSize());
            u.mv.visitTypeInsn(ANEWARRAY, "java/lang/Object");
            e.store(u.slots);
            newFrame(u);
            e.store(u.frame);
        }
        u.variables.writeBack();
        e.machine();
        e.load(thrown);
        e.load(u.frame);
        e.load(caller);
        e.fast("leave", "(" + MACHINE + "Ljava/lang/Throwable;" + Emitter.FRAME + Emitter.PLACE + ")Ljava/lang/Throwable;");
        u.mv.visitInsn(ATHROW);
    }

    /** Pushes a new frame over the slots and cells. */
    private void newFrame(BytecodeUnit u) {
        u.mv.visitTypeInsn(NEW, Emitter.RUN + "Frame");
        u.mv.visitInsn(DUP);
        u.e.machine();
        u.e.node(code);
        u.e.load(u.slots);
        u.e.load(u.cells);
        u.mv.visitMethodInsn(INVOKESPECIAL, Emitter.RUN + "Frame", "<init>",
                "(" + MACHINE + "L" + Emitter.RUN + "Code;[" + OBJECT + Emitter.CELLS + ")V", false);
    }

    /** The methods through which a function is called. */
    private void entries(GeneratedClass owner, String descriptor, int parameters) {
        MethodVisitor run = owner.writer.visitMethod(
                0, "run", "(" + MACHINE + "[" + OBJECT + Emitter.CELLS + ")" + OBJECT, null, null);
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
        GeneratedClass.end(run);
        if (parameters > CallBytecode.DIRECT || !code.parameters().isFilledBy(parameters)) {
            return;
        }
        MethodVisitor direct = owner.writer.visitMethod(
                0, "run" + parameters, "(" + MACHINE + FUNCTION + OBJECT.repeat(parameters) + ")" + OBJECT, null, null);
        direct.visitCode();
        direct.visitVarInsn(ALOAD, 1);
        direct.visitVarInsn(ALOAD, 2);
        direct.visitMethodInsn(INVOKEVIRTUAL, Emitter.RUN + "FunctionValue", "cells", "()" + Emitter.CELLS, false);
        if (survey.needsFrame()) {
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
        GeneratedClass.end(direct);
    }

    // Loops and generators, which go on with a frame

    private void openFrame(BytecodeUnit u) {
        u.slots = u.e.newObject();
        u.cells = u.e.newObject();
        u.status = u.e.newObject();
        u.field(u.frame, "Frame", "slots", "[" + OBJECT);
        u.e.store(u.slots);
        u.field(u.frame, "Frame", "cells", Emitter.CELLS);
        u.e.store(u.cells);
        u.mv.visitInsn(ICONST_0);
        u.mv.visitVarInsn(ISTORE, u.status);
        u.variables.declare();
        u.exit = new Label();
    }

    /** Ends the method with its status, and with the variables in the frame. */
    private Label closeFrame(BytecodeUnit u, BytecodeUnit.Guarded body) {
        MethodVisitor mv = u.mv;
        mv.visitLabel(u.exit);
        body.end(mv);
        u.variables.writeBack();
        if (u.turns >= 0) {
            mv.visitVarInsn(ALOAD, 0);
            mv.visitVarInsn(ILOAD, u.turns);
            mv.visitFieldInsn(PUTFIELD, Emitter.RUN + "CompiledLoop", "left", "I");
        }
        mv.visitVarInsn(ILOAD, u.status);
        mv.visitInsn(IRETURN);
        Label handler = new Label();
        mv.visitLabel(handler);
        int thrown = u.e.newObject();
        u.e.store(thrown);
        u.variables.writeBack();
        u.e.load(thrown);
        mv.visitInsn(ATHROW);
        body.handle(mv, handler);
        return GeneratedClass.end(mv);
    }

    private Optional<Draft> loop(Stmt loop) {
        survey.statement(loop);
        GeneratedClass owner = new GeneratedClass(Emitter.RUN + "CompiledLoop");
        MethodVisitor mv = owner.writer.visitMethod(0, "exec", "(" + Emitter.FRAME + OBJECT + "J)I", null, null);
        BytecodeUnit u = unit(BytecodeUnit.Kind.LOOP, owner, mv, 5, 6);
        u.frame = 1;
        u.field(u.frame, "Frame", "machine", MACHINE);
        u.e.store(u.e.machine);
        openFrame(u);
        u.variables.load();
        u.turns = u.e.newObject();
        mv.visitVarInsn(ALOAD, 0);
        mv.visitMethodInsn(INVOKEVIRTUAL, Emitter.RUN + "CompiledLoop", "turns", "()I", false);
        mv.visitVarInsn(ISTORE, u.turns);
        BytecodeUnit.Guarded body = new BytecodeUnit.Guarded(() -> { });
        body.begin(mv);
        if (loop instanceof Loops.For x) {
            u.loops.goOn(x, 2, 3);
        } else {
            u.loops.goOn((Loops.While) loop);
        }
        return Optional.of(new Draft(owner, closeFrame(u, body), made -> { }));
    }

    private Optional<Draft> generator() {
        survey.statement(code.body());
        if (survey.pausesInNodes()) {
            return Optional.empty();
        }
        GeneratedClass owner = new GeneratedClass(Emitter.RUN + "CompiledGenerator");
        MethodVisitor mv = owner.writer.visitMethod(0, "resume", "(" + MACHINE + Emitter.FRAME + ")I", null, null);
        BytecodeUnit u = unit(BytecodeUnit.Kind.GENERATOR, owner, mv, 1, 3);
        u.frame = 2;
        openFrame(u);
        u.yields.restore();
        BytecodeUnit.Guarded body = new BytecodeUnit.Guarded(() -> { });
        Label dispatch = new Label();
        Label start = new Label();
        mv.visitJumpInsn(GOTO, dispatch);
        body.begin(mv);
        mv.visitLabel(start);
        u.statements.write(code.body());
        mv.visitJumpInsn(GOTO, u.exit);
        // Where to go on is known only here, when all the yields are.
        mv.visitLabel(dispatch);
        u.yields.dispatch(start);
        Label last = closeFrame(u, body);
        return Optional.of(new Draft(owner, last, made -> ((CompiledGenerator) made).paused(u.yields.paused())));
    }
}
