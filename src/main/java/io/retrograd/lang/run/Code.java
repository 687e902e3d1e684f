package io.retrograd.lang.run;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.resolve.Scope;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Place;
import io.retrograd.lang.value.ScriptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The executable form of a function, a class body or a module: what all its runs share. */
final class Code {
    private final String name;
    private final String qualifiedName;
    private final Source source;
    private final Scope scope;
    private final ModuleScope module;
    private final ParameterList parameters;
    private final boolean generator;
    private String doc;
    private Stmt body;
    private int[] boxedParameters = {};
    private int frameSize;
    private CompiledFunction compiled;
    private CompiledGenerator compiledGenerator;
    private int calls;

    Code(
            String name,
            String qualifiedName,
            Source source,
            Scope scope,
            ModuleScope module,
            ParameterList parameters,
            boolean generator) {
        this.name = name;
        this.qualifiedName = qualifiedName;
        this.source = source;
        this.scope = scope;
        this.module = module;
        this.parameters = parameters;
        this.generator = generator;
    }

    /** Completes it once its statements are compiled. */
    void body(Stmt statements, int[] boxed, String docText) {
        body = statements;
        boxedParameters = boxed;
        doc = docText;
        frameSize = scope.frameSize();
    }

    String name() {
        return name;
    }

    String qualifiedName() {
        return qualifiedName;
    }

    /** The docstring, or null. */
    String doc() {
        return doc;
    }

    Source source() {
        return source;
    }

    Scope scope() {
        return scope;
    }

    ModuleScope module() {
        return module;
    }

    ParameterList parameters() {
        return parameters;
    }

    int frameSize() {
        return frameSize;
    }

    Stmt body() {
        return body;
    }

    /** Names of the function's own variables; none for a module, whose names the module scope knows. */
    List<String> localNames() {
        return scope.kind() == Scope.Kind.MODULE ? List.of() : new ArrayList<>(scope.slots().keySet());
    }

    /** The variable of its own that has that slot. */
    String localName(int slot) {
        for (Map.Entry<String, Integer> each : scope.slots().entrySet()) {
            if (each.getValue() == slot) {
                return each.getKey();
            }
        }
        throw new IllegalArgumentException("slot " + slot);
    }

    /** The value that a local or captured variable has in a frame of this code, or null. */
    Object local(Frame f, String variable) {
        Map<String, Integer> slots = scope.slots();
        Integer slot = slots.get(variable);
        if (slot != null && slot < f.slots.length) {
            Object v = f.slots[slot];
            return v instanceof Cell c ? c.get() : v;
        }
        int free = scope.freeNames().indexOf(variable);
        return free < 0 || free >= f.cells.length ? null : f.cells[free].get();
    }

    boolean isBoxedParameter(int slot) {
        for (int each : boxedParameters) {
            if (each == slot) {
                return true;
            }
        }
        return false;
    }

    /** The bytecode, once the function is hot; null before. */
    CompiledFunction compiled() {
        return compiled;
    }

    /** Runs a generator to its next yield; answers how it ended, as {@link Stmt#exec} does. */
    int resume(Machine m, Frame f) {
        if (compiledGenerator == null && ++calls > m.hotCalls()) {
            calls = Integer.MIN_VALUE;
            compiledGenerator = BytecodeCompiler.generator(this).orElse(null);
        }
        return compiledGenerator != null ? compiledGenerator.run(m, f) : body.exec(f);
    }

    /** Runs a function whose parameters lie in the first slots. */
    Object run(Machine m, Object[] slots, Cell[] cells) {
        if (compiled != null) {
            return compiled.run(m, slots, cells);
        }
        if (!generator && ++calls > m.hotCalls()) {
            calls = Integer.MIN_VALUE;
            compiled = BytecodeCompiler.function(this).orElse(null);
            if (compiled != null) {
                return compiled.run(m, slots, cells);
            }
        }
        Frame f = new Frame(m, this, slots, cells);
        for (int slot : boxedParameters) {
            slots[slot] = new Cell(slots[slot]);
        }
        if (generator) {
            return new GeneratorValue(f);
        }
        Place caller = m.place();
        m.enter();
        try {
            m.step();
            Object result = body.exec(f) == Stmt.RETURN ? f.value : None.NONE;
            m.place(caller);
            return result;
        } catch (NnError e) {
            throw leave(m, e, f, caller);
        } catch (StackOverflowError e) {
            throw leave(m, tooDeep(), f, caller);
        } finally {
            m.leave();
        }
    }

    static NnError tooDeep() {
        return new NnError(ErrorKind.RECURSION_ERROR, "maximum recursion depth exceeded");
    }

    /** Notes on an error that it leaves a function called from a place, and makes that the present place again. */
    static ScriptException leave(Machine m, NnError e, Frame f, Place caller) {
        ScriptException s = ScriptException.of(m, e);
        if (!f.code.source().ofLibrary()) {
            s.frame(f);
            s.left(caller);
        }
        m.place(caller);
        return s;
    }
}
