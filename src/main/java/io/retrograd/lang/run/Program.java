package io.retrograd.lang.run;

import io.retrograd.error.NnError;
import io.retrograd.lang.tree.Dialect;
import io.retrograd.lang.tree.Script;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Place;
import io.retrograd.lang.value.ScriptException;

/** A script, or an entry of an interactive session, tied to the scope of its module and ready to run. */
public final class Program {
    private final Code code;
    private final boolean printsWithoutNewlines;

    private Program(Code code, boolean printsWithoutNewlines) {
        this.code = code;
        this.printsWithoutNewlines = printsWithoutNewlines;
    }

    /**
     * Resolves the names of a script and makes it executable.
     *
     * @param scope the module's variables; those of earlier entries are there
     * @param hook gets the values of expression statements of the module itself; null if nobody wants them
     */
    public static Program compile(Script script, ModuleScope scope, DisplayHook hook) {
        return new Program(new Compiler(script, scope, hook).module(), script.dialect() == Dialect.PYTHON2);
    }

    /** Runs it; a {@link ScriptException} if an error is not caught. */
    public void run(Machine m) {
        Frame f = new Frame(m, code, code.frameSize());
        int depth = m.depth();
        try {
            code.body().exec(f);
        } catch (NnError | StackOverflowError | OutOfMemoryError e) {
            ScriptException s = Exceptions.caught(m, e);
            s.frame(f);
            throw s;
        } finally {
            m.unwind(depth);
            if (printsWithoutNewlines) {
                Control.Print.finish(m);
            }
        }
    }

    /** Runs it as a module that is imported there. */
    void runAsModule(Machine m, Place importedAt) {
        Frame f = new Frame(m, code, code.frameSize());
        m.enter();
        try {
            code.body().exec(f);
        } catch (NnError | StackOverflowError e) {
            throw Code.leave(m, Exceptions.caught(m, e), f, importedAt);
        } finally {
            m.leave();
        }
    }
}
