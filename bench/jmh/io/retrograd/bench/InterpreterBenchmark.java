package io.retrograd.bench;

import io.retrograd.lang.value.Semantics;
import io.retrograd.testing.ScriptRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The tasks of bench/interpreter.py: milliseconds each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class InterpreterBenchmark {
    @Param({"loops", "whiles", "calls", "arithmetic", "lists", "dicts", "text_keys", "generators", "strings",
        "comprehensions", "classes", "exceptions", "closures", "sorting", "keywords", "tuple_keys", "building", "formatting",
        "pipelines", "tree_walk", "operators", "life", "nbody", "library"})
    public String task;

    private ScriptRun script;
    private Object function;

    @Setup
    public void define() throws IOException {
        String text = Files.readString(Path.of("bench", "interpreter.py"));
        script = new ScriptRun();
        script.run(text.substring(text.indexOf("def loops"), text.indexOf("# Functions that others call")));
        function = script.variable(task);
    }

    @Benchmark
    public Object task() {
        return Semantics.call(script.machine(), function, new Object[0]);
    }
}
