package io.retrograd.testing;

import io.retrograd.lang.run.ModuleLoader;
import io.retrograd.lang.parse.ScriptParser;
import io.retrograd.lang.run.ModuleScope;
import io.retrograd.lang.run.Program;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.value.Machine;
import io.retrograd.lib.StandardLibrary;
import java.nio.file.Path;

/** A script run in a world of its own: what it printed and its variables, for tests to look at. */
public final class ScriptRun {
    private final TestWorld world;
    private final Machine machine;
    private final ModuleScope scope = new ModuleScope("__main__");

    public ScriptRun() {
        this(new TestWorld(Path.of("")));
    }

    public ScriptRun(TestWorld world) {
        this.world = world;
        machine = new Machine(world, new StandardLibrary());
        ModuleLoader.of(machine).reader(ScriptParser::parse);
    }

    /** Runs lines of script after what was run before. */
    public void run(String script) {
        Program.compile(ScriptParser.parse(new Source("test.nn", script)), scope, null).run(machine);
    }

    public Machine machine() {
        return machine;
    }

    /** A variable's value; null if it is not bound. */
    public Object variable(String name) {
        return scope.get(name);
    }

    public String printed() {
        return world.written();
    }
}
