package io.retrograd.lang.run;

import static org.objectweb.asm.Opcodes.*;

import io.retrograd.lang.run.Emitter.Val;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/** Comprehensions in bytecode: nested loops that gather values. */
final class ComprehensionBytecode {
    private final BytecodeUnit u;
    private final Emitter e;
    private final MethodVisitor mv;

    ComprehensionBytecode(BytecodeUnit unit) {
        this.u = unit;
        this.e = unit.e;
        this.mv = unit.mv;
    }

    Val write(Comprehensions.Comprehension c) {
        for (int slot : c.freshCells) {
            u.variables.clear(slot);
        }
        if (c instanceof Comprehensions.ListComp x) {
            String type = Emitter.VALUE + "ListValue";
            int list = made(type);
            clause(c, 0, () -> {
                Val v = e.boxed(u.expressions.value(x.element));
                e.load(list);
                e.loadBoxed(v);
                mv.visitMethodInsn(INVOKEVIRTUAL, type, "add", "(" + Emitter.OBJECT + ")V", false);
            });
            return e.object(list);
        }
        if (c instanceof Comprehensions.SetComp x) {
            String type = Emitter.VALUE + "SetValue";
            int set = made(type);
            clause(c, 0, () -> {
                Val v = e.boxed(u.expressions.value(x.element));
                u.place(x.place);
                e.load(set);
                e.machine();
                e.loadBoxed(v);
                mv.visitMethodInsn(INVOKEVIRTUAL, type, "add", "(" + Emitter.MACHINE + Emitter.OBJECT + ")Z", false);
                mv.visitInsn(POP);
            });
            return e.object(set);
        }
        Comprehensions.DictComp x = (Comprehensions.DictComp) c;
        String type = Emitter.VALUE + "DictValue";
        int dict = made(type);
        clause(c, 0, () -> {
            Val key = e.copy(u.expressions.value(x.key));
            Val value = e.boxed(u.expressions.value(x.value));
            u.place(x.place);
            e.load(dict);
            e.machine();
            e.loadBoxed(key);
            e.loadBoxed(value);
            mv.visitMethodInsn(INVOKEVIRTUAL, type, "put", "(" + Emitter.MACHINE + Emitter.OBJECT + Emitter.OBJECT + ")V", false);
        });
        return e.object(dict);
    }

    private int made(String type) {
        mv.visitTypeInsn(NEW, type);
        mv.visitInsn(DUP);
        mv.visitMethodInsn(INVOKESPECIAL, type, "<init>", "()V", false);
        int v = e.newObject();
        e.store(v);
        return v;
    }

    private void clause(Comprehensions.Comprehension c, int depth, Runnable gather) {
        if (depth == c.clauses.length) {
            gather.run();
            return;
        }
        Comprehensions.Clause clause = c.clauses[depth];
        u.loops.clause(clause, () -> {
            Label skip = u.loop().next();
            for (Expr condition : clause.conditions()) {
                u.expressions.condition(condition, skip, false);
            }
            clause(c, depth + 1, gather);
        });
    }
}
