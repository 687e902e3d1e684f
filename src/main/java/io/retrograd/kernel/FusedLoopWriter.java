package io.retrograd.kernel;

import static org.objectweb.asm.Opcodes.*;

import java.lang.invoke.MethodHandles;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/** Writes the bytecode of a {@link FusedLoop}. Apart from those that use it, so that scripts without one do not load it. */
final class FusedLoopWriter {
    private static final String BODY = "io/retrograd/kernel/FusedLoop$Body";
    private static final int ARRAYS = 1;
    private static final int MAP = 2;
    private static final int FROM = 3;
    private static final int TO = 4;
    private static final int FIRST = 5;

    private FusedLoopWriter() {}

    /** The loop for that, defined as a class of its own. */
    static FusedLoop.Body write(FusedLoops.Code code) {
        try {
            return (FusedLoop.Body) MethodHandles.lookup()
                    .defineHiddenClass(bytes(code), true)
                    .lookupClass()
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static byte[] bytes(FusedLoops.Code code) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
        writer.visit(V17, ACC_FINAL | ACC_SUPER, "io/retrograd/kernel/FusedBody", null, BODY, null);
        MethodVisitor constructor = writer.visitMethod(0, "<init>", "()V", null, null);
        constructor.visitCode();
        constructor.visitVarInsn(ALOAD, 0);
        constructor.visitMethodInsn(INVOKESPECIAL, BODY, "<init>", "()V", false);
        constructor.visitInsn(RETURN);
        constructor.visitMaxs(0, 0);
        constructor.visitEnd();
        MethodVisitor run = writer.visitMethod(0, "run", "([[F[III)V", null, null);
        run.visitCode();
        loop(code, run);
        run.visitInsn(RETURN);
        run.visitMaxs(0, 0);
        run.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void loop(FusedLoops.Code code, MethodVisitor mv) {
        int operands = code.operands().size();
        int arrays = operands + code.results().size();
        int values = FIRST + arrays;
        int index = values + operands + code.terms().size();
        for (int k = 0; k < arrays; k++) {
            mv.visitVarInsn(ALOAD, ARRAYS);
            mv.visitVarInsn(ALOAD, MAP);
            mv.visitIntInsn(SIPUSH, k);
            mv.visitInsn(IALOAD);
            mv.visitInsn(AALOAD);
            if (k < operands && code.operands().get(k)) {
                mv.visitInsn(ICONST_0);
                mv.visitInsn(FALOAD);
                mv.visitVarInsn(FSTORE, values + k);
            } else {
                mv.visitVarInsn(ASTORE, FIRST + k);
            }
        }
        mv.visitVarInsn(ILOAD, FROM);
        mv.visitVarInsn(ISTORE, index);
        Label test = new Label();
        Label body = new Label();
        mv.visitJumpInsn(GOTO, test);
        mv.visitLabel(body);
        for (int k = 0; k < operands; k++) {
            if (!code.operands().get(k)) {
                mv.visitVarInsn(ALOAD, FIRST + k);
                mv.visitVarInsn(ILOAD, index);
                mv.visitInsn(FALOAD);
                mv.visitVarInsn(FSTORE, values + k);
            }
        }
        for (int t = 0; t < code.terms().size(); t++) {
            FusedLoops.Term term = code.terms().get(t);
            for (char c : term.formula().formula.toCharArray()) {
                operator(c, values + term.a(), values + term.b(), mv);
            }
            mv.visitVarInsn(FSTORE, values + operands + t);
        }
        for (int k = operands; k < arrays; k++) {
            mv.visitVarInsn(ALOAD, FIRST + k);
            mv.visitVarInsn(ILOAD, index);
            mv.visitVarInsn(FLOAD, values + code.results().get(k - operands));
            mv.visitInsn(FASTORE);
        }
        mv.visitIincInsn(index, 1);
        mv.visitLabel(test);
        mv.visitVarInsn(ILOAD, index);
        mv.visitVarInsn(ILOAD, TO);
        mv.visitJumpInsn(IF_ICMPLT, body);
    }

    private static void operator(char c, int a, int b, MethodVisitor mv) {
        switch (c) {
            case 'a' -> mv.visitVarInsn(FLOAD, a);
            case 'b' -> mv.visitVarInsn(FLOAD, b);
            case '0' -> mv.visitInsn(FCONST_0);
            case '1' -> mv.visitInsn(FCONST_1);
            case '+' -> mv.visitInsn(FADD);
            case '-' -> mv.visitInsn(FSUB);
            case '*' -> mv.visitInsn(FMUL);
            case '/' -> mv.visitInsn(FDIV);
            case '~' -> mv.visitInsn(FNEG);
            case '|' -> math("abs", "(F)F", mv);
            case '>' -> math("max", "(FF)F", mv);
            case '<' -> math("min", "(FF)F", mv);
            case 'r' -> {
                mv.visitInsn(F2D);
                math("sqrt", "(D)D", mv);
                mv.visitInsn(D2F);
            }
            default -> throw new IllegalArgumentException(String.valueOf(c));
        }
    }

    private static void math(String name, String signature, MethodVisitor mv) {
        mv.visitMethodInsn(INVOKESTATIC, "java/lang/Math", name, signature, false);
    }
}
