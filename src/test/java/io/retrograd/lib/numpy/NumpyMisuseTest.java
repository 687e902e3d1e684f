package io.retrograd.lib.numpy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.retrograd.error.NnError;
import io.retrograd.testing.ScriptRun;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever numpy is called with, indexed by or combined with, the answer is a value or an error of the script. */
class NumpyMisuseTest {
    private static final String SETUP = """
            import numpy as np
            a = np.arange(12).reshape(3, 4)
            f = np.ones((2, 2), dtype=np.float32)
            e = np.zeros((0, 3))
            z = np.array(5.0)
            s = np.array(['a', 'b'])
            o = np.array([None, 1], dtype=object)
            bo = np.array([True, False])
            m = np.matrix([[1., 2], [3, 4]])
            r = np.random.RandomState(1)
            """;
    private static final String NAMES = """
            names = []
            for owner, prefix in [(np, 'np.'), (np.linalg, 'np.linalg.'), (np.fft, 'np.fft.'), (r, 'r.'), (a, 'a.copy().'),
                                  (e, 'e.copy().'), (s, 's.copy().'), (m, 'm.copy().'), (f[0, 0], 'f[0, 0].')]:
                for n in dir(owner):
                    if not n.startswith('_') and 'save' not in n and 'load' not in n and 'file' not in n and 'options' not in n:
                        names.append(prefix + n)
            print('\\n'.join(names))
            """;
    private static final String[] ARGUMENTS = {"", "1", "-1", "1.5", "'a'", "None", "a", "e", "z", "s", "o", "[]", "[[1, 2], [3]]",
        "(2, 3)", "{}", "a, 1", "a, a", "a, -5", "e, 0", "a, None", "a, bo", "a, a, a", "1, 2, 3", "a, 0, 1", "2**70",
        "float('nan')", "f, axis=5", "m", "lambda v: v, a"};
    private static final String[] KEYS = {"0", "7", "1.5", "'a'", "None", "...", "a", "a > 5", "bo", "[]", "[[0], [1]]", "0, 0, 0",
        "::-1", "...,0", "[0, 5]", "s", "z", "True", "::0", "{}", "2**70", "[0, 1], :, [0]", "e", "[0, 1], [0, 1, 2]"};
    private static final String[] OPERANDS = {"a", "f", "e", "z", "s", "o", "bo", "m", "1", "2.5", "'x'", "None", "[1, 2]", "2**70",
        "np.float32(2)", "np.uint8(5)", "{}", "1j", "range(3)", "b'x'"};
    private static final String[] OPERATORS = {"+", "-", "*", "/", "//", "%", "**", "@", "&", "<<", "==", "<"};

    private final ScriptRun script = new ScriptRun();
    private final List<String> faults = new ArrayList<>();

    @BeforeEach
    void prepare() {
        script.run(SETUP);
    }

    private void run(String lines) {
        try {
            script.run(lines);
        } catch (NnError expected) {
            return;
        } catch (RuntimeException fault) {
            faults.add(lines + " " + fault);
        }
    }

    @Test
    void calls() {
        script.run(NAMES);
        for (String name : script.printed().split("\n")) {
            for (String arguments : ARGUMENTS) {
                run("v = " + name + "(" + arguments + ")\nrepr(v)\n");
            }
        }
        assertEquals(List.of(), faults);
    }

    @Test
    void indices() {
        for (String array : new String[] {"a", "e", "z", "s", "o", "m", "np.ones((2, 3, 4))"}) {
            for (String key : KEYS) {
                run("v = " + array + "[" + key + "]\nrepr(v)\n");
                for (String value : new String[] {"1", "[1, 2]", "a", "'x'", "None"}) {
                    run("w = np.array(" + array + ")\nw[" + key + "] = " + value + "\n");
                }
            }
        }
        assertEquals(List.of(), faults);
    }

    @Test
    void operators() {
        for (String left : OPERANDS) {
            for (String right : OPERANDS) {
                for (String operator : OPERATORS) {
                    run("v = " + left + " " + operator + " " + right + "\nrepr(v)\n");
                }
            }
        }
        assertEquals(List.of(), faults);
    }
}
