package io.retrograd.lang.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.retrograd.Evaluator;
import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.tree.Source;
import io.retrograd.limit.LimitExceeded;
import io.retrograd.testing.TestWorld;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an interpreter does between scripts: sessions, interrupts, limits, and bad input of every kind. */
class EvaluatorTest {
    private final TestWorld world = new TestWorld(Path.of("target"));
    private final Evaluator interpreter = Evaluator.of(world);

    private void run(String text) {
        interpreter.run(new Source("test.nn", text));
    }

    /** Runs on a thread with the stack that scripts may need. */
    private static void onLargeStack(Runnable body) throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(null, () -> {
            try {
                body.run();
            } catch (Throwable t) {
                failure.set(t);
            }
        }, "script", Evaluator.STACK_SIZE);
        thread.start();
        thread.join();
        if (failure.get() != null) {
            throw new AssertionError(failure.get());
        }
    }

    @Test
    void entriesShareTheirVariables() {
        run("x = 1\ndef f(): return x");
        run("x = 2");
        assertEquals(2L, interpreter.eval("f()"));
        run("print 'python two', 7 / 2");
        run("print('python three', 7 / 2)");
        assertEquals("python two 3\npython three 3.5\n", world.written());
    }

    @Test
    void expressionStatementsReachTheHook() {
        List<Object> shown = new ArrayList<>();
        interpreter.run(new Source("In [1]", "1 + 1\nx = 3\n'a'\nfor i in range(2): i"), (m, value) -> shown.add(value));
        assertEquals(List.of(2L, "a", 0L, 1L), shown);
    }

    @Test
    void anErrorLeavesTheSessionUsable() {
        assertThrows(NnError.class, () -> run("y = 5\ndef deep(n): return deep(n + 1)\ndeep(0)"));
        assertEquals(5L, interpreter.eval("y"));
        assertEquals(0, interpreter.machine().depth());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, Integer.MAX_VALUE})
    void aLoopCanBeInterrupted(int hotness) throws Exception {
        interpreter.machine().hotness(hotness, hotness);
        AtomicReference<NnError> error = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                run("n = 0\nwhile True:\n    n += 1");
            } catch (NnError e) {
                error.set(e);
            }
        });
        thread.start();
        Thread.sleep(100);
        interpreter.interrupt();
        thread.join(10_000);
        assertTrue(!thread.isAlive());
        assertEquals(ErrorKind.KEYBOARD_INTERRUPT, error.get().kind());
        assertTrue((Long) interpreter.eval("n") > 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "while True: pass",
        "def f():\n    while True:\n        try:\n            1 / 0\n        except:\n            pass\nf()",
        "def g():\n    while True: yield 1\nfor x in g(): pass",
        "[0 for a in range(10**9) for b in range(10**9)]",
        "def f(n):\n    return f(n - 1) + f(n - 2) if n > 1 else 1\nf(60)"
    })
    void limitsEndWhatNeverEnds(String script) throws Exception {
        onLargeStack(() -> {
            interpreter.machine().limitTime(200_000_000);
            assertThrows(LimitExceeded.class, () -> run(script));
        });
        onLargeStack(() -> {
            interpreter.machine().limitTime(Long.MAX_VALUE / 4);
            interpreter.machine().limitStatements(100_000);
            assertThrows(LimitExceeded.class, () -> run(script));
        });
    }

    @Test
    void expressionsNestDeepOnTheLeft() throws Exception {
        onLargeStack(() -> {
            assertEquals(20_001L, interpreter.eval("1" + " + 1".repeat(20_000)));
            run("class A:\n    pass\na = A()\na.a = a");
            run("b = a" + ".a".repeat(5_000));
        });
    }

    @Test
    void recursionIsLimitedAsInPython() throws Exception {
        onLargeStack(() -> {
            run("def f(n):\n    return 0 if n == 0 else 1 + f(n - 1)");
            assertEquals(900L, interpreter.eval("f(900)"));
            NnError e = assertThrows(NnError.class, () -> run("f(1100)"));
            assertEquals(ErrorKind.RECURSION_ERROR, e.kind());
            run("import sys\nsys.setrecursionlimit(20000)");
            assertEquals(15_000L, interpreter.eval("f(15000)"));
        });
    }

    /** Damaged scripts end with the script's own errors, never with one of Java's. */
    @Test
    void damagedScriptsEndWithScriptErrors() throws Exception {
        String[] words = {"(", ")", "[", "]", ":", ",", "=", "None", "0", "-1", "'s'", "x", "not", "*", "**", "in", "def", "1.5",
            "lambda: 0", "self", "\n", "del ", "yield ", "return ", "()", "[:]", ".x", "==", "{}", "10**20"};
        Random random = new Random(7);
        for (String name : new String[] {"functions", "classes", "generators", "exceptions", "assignment"}) {
            String text = Files.readString(Path.of("src/test/resources/lang", name + ".nn"));
            for (int i = 0; i < 60; i++) {
                StringBuilder damaged = new StringBuilder(text);
                for (int k = random.nextInt(3); k >= 0; k--) {
                    int at = random.nextInt(damaged.length());
                    int end = Math.min(damaged.length(), at + random.nextInt(6));
                    damaged.replace(at, end, random.nextBoolean() ? words[random.nextInt(words.length)] : "");
                }
                String script = damaged.toString();
                int hotness = i % 2 == 0 ? 0 : Integer.MAX_VALUE;
                onLargeStack(() -> runDamaged(script, hotness));
            }
        }
    }

    private static void runDamaged(String script, int hotness) {
        Evaluator damaged = Evaluator.of(new TestWorld(Path.of("target")));
        damaged.machine().hotness(hotness, hotness);
        damaged.machine().limitTime(2_000_000_000L);
        try {
            damaged.run(new Source("damaged.nn", script));
        } catch (NnError e) {
            assertTrue(!damaged.render(e, false).isEmpty());
        } catch (LimitExceeded e) {
            return;
        } catch (Throwable t) {
            throw new AssertionError(script, t);
        }
    }
}
