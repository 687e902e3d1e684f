package io.retrograd.lang.run;

import static org.objectweb.asm.Opcodes.*;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/** A class of bytecode while it is written, with the objects of the running program that the bytecode names. */
final class GeneratedClass {
    final ClassWriter writer;
    private final List<Object> constants = new ArrayList<>();
    private final List<String> constantTypes = new ArrayList<>();

    /** A class that extends one of this package. */
    GeneratedClass(String base) {
        writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
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
    }

    /** The number of the constant that holds this very object, as that type. */
    int constant(Object value, String type) {
        for (int i = 0; i < constants.size(); i++) {
            if (constants.get(i) == value && constantTypes.get(i).equals(type)) {
                return i;
            }
        }
        constants.add(value);
        constantTypes.add(type);
        return constants.size() - 1;
    }

    /** Ends a method; answers where. */
    static Label end(MethodVisitor mv) {
        Label last = new Label();
        mv.visitLabel(last);
        mv.visitMaxs(0, 0);
        mv.visitEnd();
        return last;
    }

    /** An instance of the finished class. */
    Object define() {
        initializer();
        writer.visitEnd();
        byte[] bytes = writer.toByteArray();
        try {
            return MethodHandles.lookup()
                    .defineHiddenClassWithClassData(bytes, constants.toArray(), true)
                    .lookupClass()
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Constants are static finals, which HotSpot's compiler trusts. */
    private void initializer() {
        MethodVisitor init = writer.visitMethod(ACC_STATIC, "<clinit>", "()V", null, null);
        init.visitCode();
        String handles = "java/lang/invoke/MethodHandles";
        init.visitMethodInsn(INVOKESTATIC, handles, "lookup", "()L" + handles + "$Lookup;", false);
        init.visitLdcInsn("_");
        init.visitLdcInsn(org.objectweb.asm.Type.getType("[" + Emitter.OBJECT));
        init.visitMethodInsn(INVOKESTATIC, handles, "classData",
                "(L" + handles + "$Lookup;Ljava/lang/String;Ljava/lang/Class;)" + Emitter.OBJECT, false);
        init.visitTypeInsn(CHECKCAST, "[" + Emitter.OBJECT);
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
    }
}
