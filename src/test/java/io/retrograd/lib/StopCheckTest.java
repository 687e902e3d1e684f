package io.retrograd.lib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.retrograd.Evaluator;
import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.error.StopCheck;
import io.retrograd.lang.parse.ScriptParser;
import io.retrograd.lang.run.Program;
import io.retrograd.lang.tree.Source;
import io.retrograd.testing.TestWorld;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long computations ask in their midst whether they are still wanted; what somebody holds is changed whole. */
class StopCheckTest {
    private static final String SETUP = """
            import numpy as np
            import tensorflow as tf
            a = np.ones([300000], np.float32)
            d = np.random.RandomState(2).rand(300000)
            i = np.arange(300000)
            q = np.random.RandomState(3).rand(220, 220)
            l = [0] * 200000
            r = tf.random_uniform([])
            s = tf.Session()
            """;

    @TempDir
    Path folder;

    private Evaluator interpreter() {
        Evaluator interpreter = Evaluator.of(new TestWorld(folder).seeded(1));
        interpreter.run(new Source("setup", SETUP));
        return interpreter;
    }

    /** Runs an entry whose long loops are told to stop. */
    private static void runStopped(Evaluator interpreter, String entry) {
        Program program = Program.compile(ScriptParser.parse(new Source("entry", entry)), interpreter.variables(), null);
        Runnable stop = () -> {
            throw new NnError(ErrorKind.KEYBOARD_INTERRUPT, "");
        };
        StopCheck.during(stop, () -> {
            program.run(interpreter.machine());
            return null;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "np.exp(a)",
        "np.exp(d)",
        "a + a",
        "a * 2",
        "d / 3 + a",
        "np.maximum(i, 5)",
        "np.sum(d)",
        "np.max(d)",
        "np.sort(d)",
        "np.sort(d.reshape(3000, 100), axis=0)",
        "np.argsort(d)",
        "np.unique(d)",
        "np.cumsum(d)",
        "np.histogram(d, 10)",
        "np.random.rand(1000)",
        "np.random.RandomState(1).randn(1000)",
        "np.linalg.inv(q)",
        "np.linalg.svd(q)",
        "np.linalg.eigh(q)",
        "np.linalg.eig(q)",
        "np.linalg.det(q)",
        "np.convolve(d[:3000], d[:3000])",
        "d.reshape(500, 600).T.copy()",
        "s.run(tf.random_normal([100000]))",
        "s.run(tf.transpose(tf.zeros([1000, 300]) + r))",
        "s.run(tf.nn.top_k(tf.zeros([200000]) + r, 3))",
        "7 in l",
    })
    void asks(String expression) {
        Evaluator interpreter = interpreter();
        NnError stopped = assertThrows(NnError.class, () -> runStopped(interpreter, expression), expression);
        assertEquals(ErrorKind.KEYBOARD_INTERRUPT, stopped.kind());
    }

    @Test
    void changesArraysWhole() {
        Evaluator interpreter = interpreter();
        runStopped(interpreter, "a *= 2");
        assertEquals(true, interpreter.eval("bool((a == 2).all())"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"np.sort(x)", "np.sort(x.astype(np.float32))", "np.sort(i)"})
    void sortsInBlocks(String sorted) {
        Evaluator interpreter = interpreter();
        interpreter.run(new Source("x", "x = np.random.RandomState(5).randn(700000); x[::1000] = np.nan; i = (x * 1000).astype(int)"));
        assertEquals(true, interpreter.eval("y = " + sorted + "\nbool((y[:-1] <= y[1:])[:699000].all()) and len(y) == 700000"));
    }
}
