package io.retrograd.testing;

import io.retrograd.lang.parse.ScriptParser;
import io.retrograd.lang.run.ModuleScope;
import io.retrograd.lang.run.Program;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.world.Files;
import io.retrograd.lang.world.TextSink;
import io.retrograd.lang.world.World;
import io.retrograd.lib.StandardLibrary;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A script run in a world of its own: what it printed and its variables, for tests to look at. */
public final class ScriptRun {
    private final StringBuilder printed = new StringBuilder();
    private final Machine machine = new Machine(new Alone(), new StandardLibrary());
    private final ModuleScope scope = new ModuleScope("__main__");

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
        return printed.toString();
    }

    /** Nothing outside but what is printed. */
    private final class Alone implements World {
        private final TextSink sink = new TextSink() {
            @Override
            public void write(String text) {
                printed.append(text);
            }

            @Override
            public void flush() {}

            @Override
            public boolean isTerminal() {
                return false;
            }
        };

        @Override
        public TextSink out() {
            return sink;
        }

        @Override
        public TextSink err() {
            return sink;
        }

        @Override
        public InputStream in() {
            return InputStream.nullInputStream();
        }

        @Override
        public Files files() {
            return new Files() {
                @Override
                public Path workingFolder() {
                    return Path.of("");
                }

                @Override
                public void changeFolder(String path) {}

                @Override
                public Path readable(String path) {
                    return Path.of(path);
                }

                @Override
                public Path writable(String path) {
                    return Path.of(path);
                }
            };
        }

        @Override
        public Map<String, String> environment() {
            return new HashMap<>();
        }

        @Override
        public List<String> arguments() {
            return List.of("test.nn");
        }

        @Override
        public long nanosSinceEpoch() {
            return 0;
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void sleep(long nanos) {}

        @Override
        public OptionalLong seed() {
            return OptionalLong.empty();
        }

        @Override
        public int threads() {
            return 1;
        }
    }
}
