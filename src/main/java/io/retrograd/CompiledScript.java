package io.retrograd;

import io.retrograd.lang.run.Program;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.value.None;
import java.util.Map;

/** A script of one interpreter, parsed once. It works on the interpreter's variables, each time it runs. */
public final class CompiledScript {
    private final Interpreter interpreter;
    private final Program program;
    private final Object[] last = {None.NONE};

    CompiledScript(Interpreter interpreter, Source source) {
        this.interpreter = interpreter;
        this.program = interpreter.worker().run(m -> interpreter.program(source, last));
    }

    /** Runs it, as {@link Interpreter#run(String)} does. */
    public void run() {
        interpreter.worker().run(m -> {
            program.run(m);
            return null;
        });
    }

    /** Sets variables, then runs it. */
    public void run(Map<String, ?> variables) {
        interpreter.setAll(variables);
        run();
    }

    /** Runs it and answers the value of the last expression statement that it ran; null if there was none. */
    public Object eval() {
        return interpreter.worker().run(m -> {
            last[0] = None.NONE;
            program.run(m);
            return interpreter.values().toJava(last[0]);
        });
    }

    /** The same, as a certain Java class. */
    public <T> T eval(Class<T> type) {
        return interpreter.worker().run(m -> {
            last[0] = None.NONE;
            program.run(m);
            return interpreter.values().toJava(last[0], type);
        });
    }

    /** The interpreter that it belongs to. */
    public Interpreter interpreter() {
        return interpreter;
    }
}
