package io.retrograd.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The session as somebody at a terminal meets it. */
class ReplTest {
    @TempDir
    Path folder;

    private static void shows(String wanted, String screen) {
        assertTrue(screen.contains(wanted), () -> "'" + wanted + "' is not in:\n" + screen);
    }

    private static void hides(String unwanted, String screen) {
        assertFalse(screen.contains(unwanted), () -> "'" + unwanted + "' is in:\n" + screen);
    }

    /** An entry and what its answer has in it. */
    private static final String[][] ANSWERS = {
        {":undo", "there is nothing to undo"},
        {":vars", "no names are bound"},
        {":graph", "the graph is empty"},
        {"1 + 2", "3"},
        {"'a' + \"b\"", "'ab'"},
        {"[1, 2.5]", "[1, 2.5]"},
        {"tf.nowhere", "NameError: name 'tf' is not defined"},
        {"1 +* 2", "SyntaxError: invalid syntax"},
        {"zeros([2])", "<tf.Tensor 'zeros:0' shape=(2,) dtype=float32>"},
        {":nope", "there is no command :nope"},
        {"len?", "len("},
        {"matmul?", "gradient: da = dy @ b.T, db = a.T @ dy"},
        {"help(matmul)", "shapes: (n, k) x (k, m) -> (n, m)"},
        {"help('len')", "How many elements it has."},
        {"help('tf.nn.relu')", "gradient: dx = dy where x > 0"},
        {"help('nosuch')", "no help for 'nosuch'"},
        {"?", "Type statements"},
        {":help", ":undo"},
        {":set", "formulas"},
        {":load nowhere.nn", "cannot read 'nowhere.nn': no such file"},
        {"%timeit 1 + 1", "median"},
        {"%timeit -n 10 1 + 1", "median"},
        {"%whos", "no names are bound"},
        {"%matplotlib inline", "%matplotlib is IPython's; figures need no setting here"},
        {"%nonsense", "%nonsense is IPython's; the commands here begin with a colon"},
        {"!ls", "there is no shell here"},
        {"ls", "here: os.listdir('.')"},
        {"??", "Type statements"},
        {"len??", "len("},
        {"   2 * 21", "42"},
        {"3 * 37;", ""},
        {"_ + 1", "112"},
        {"sess.run(zeros([2]) + 7)", "array([7., 7.]"},
        {"(ones([2]) * 8).eval()", "array([8., 8.]"},
        {":history zeros", "sess.run(zeros([2]) + 7)"},
        {":explain", "there is nothing to explain"},
        {":trace run(ones([3]))", "ones"},
        {":graph", "none of them named"},
        {":graph g.svg", "drawn to g.svg"},
        {":graph g.xyz", "NameError"},
        {"list(range(2000))", "(2000 elements; print shows them all)"},
        {"'x' * 30000", "(30000 characters; print shows them all)"},
    };

    @ParameterizedTest
    @ValueSource(strings = {"xterm", "dumb"})
    void answers(String type) throws Exception {
        try (Typist typist = new Typist(type, 100, false, folder)) {
            for (String[] row : ANSWERS) {
                typist.type(row[0] + Typist.ENTER).await(row[1]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm", "dumb"})
    void keepsTheLastValueAndGoesOnAfterErrors(String type) throws Exception {
        try (Typist typist = new Typist(type, 40, false, folder)) {
            typist.enter("6 * 7", 2);
            shows("43", typist.enter("_ + 1", 3));
            shows("ZeroDivisionError", typist.enter("1 / 0", 4));
            hides("None\nNone", typist.enter("None", 5));
            shows("44", typist.enter("_ + 1", 6));
        }
    }

    @Test
    void keepsValuesByNumber() throws Exception {
        try (Typist typist = Typist.xterm(folder)) {
            typist.enter("6 * 7", 2);
            typist.enter("'other'", 3);
            shows("43", typist.enter("_1 + 1", 4));
            shows("'other'", typist.enter("__", 5));
        }
    }

    @Test
    void explainsTheTrainingStep() throws Exception {
        try (Typist typist = Typist.xterm(folder)) {
            typist.enter("w = variable(ones([2]))", 2);
            typist.enter("loss = reduce_sum(square(w))", 3);
            typist.enter("train = minimize(loss, 0.1)", 4);
            typist.enter("run(init())", 5);
            String screen = typist.enter(":explain run(train)", 5);
            shows("∂L/∂w = 2 · w ⊙ ∂L/∂Square", screen);
            shows("the step was taken", screen);
            shows("0.8", typist.enter("run(w)", 6));
            shows("stays: what it ran", typist.enter(":undo", 6));
        }
    }

    @Test
    void namesTheEntryOfAnOperand() throws Exception {
        try (Typist typist = Typist.xterm(folder)) {
            typist.enter("x = placeholder(float32, [None, 3])", 2);
            shows("= x is Tensor(\"Placeholder:0\", shape=(?, 3), dtype=float32), In [1]", typist.enter("matmul(x, ones([5, 5]))", 3));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit", "quit", "exit()", "quit()", ":q"})
    void leavesByManyWords(String word) throws Exception {
        try (Typist typist = Typist.xterm(folder)) {
            typist.type(word + Typist.ENTER);
            assertEquals(0, typist.status());
        }
    }

    @Test
    void makesIndentationForLinesTypedAtOnce() throws Exception {
        try (Typist typist = Typist.xterm(folder)) {
            typist.type("for i in range(2):\rprint('turn', i)\rif i:\rprint('odd')\r\r");
            shows("turn 0\nturn 1\nodd\n", typist.await("In [2]: "));
        }
    }

    @Test
    void addsALineWithAltEnter() throws Exception {
        try (Typist typist = Typist.xterm(folder)) {
            typist.type("a = 20\033\r").await("...: ");
            typist.enter("b = a + 1", 2);
            shows("21", typist.enter("b", 3));
        }
    }

    @Test
    void savesAScriptThatRunsAlone() throws Exception {
        try (Typist typist = Typist.xterm(folder)) {
            typist.enter("x = ones([2]) * 3", 2);
            typist.enter("print(sess.run(x))", 3);
            typist.enter(":save s.nn", 3);
            shows("[3. 3.]", typist.enter(":run s.nn", 3));
        }
    }

    @Test
    void interruptsALongKernel() throws Exception {
        try (Typist typist = Typist.xterm(folder)) {
            typist.enter("a = np_ones = ones([1])", 2);
            typist.type("run(reduce_sum(random_normal([150, 1000, 1000])))\r");
            Typist.pause(500);
            typist.type(Typist.CTRL_C);
            shows("KeyboardInterrupt", typist.await("In [3]: "));
        }
    }

    @Test
    void readsBlocksToTheBlankLine() throws Exception {
        try (Typist typist = Typist.xterm(folder)) {
            typist.type("for i in range(2):\r").await("...: ");
            typist.type("print('turn', i)\r").await("...: ");
            String screen = typist.enter("", 2);
            shows("turn 0\nturn 1\n", screen);
        }
    }

    @Test
    void takesTypedIndentationInPlaceOfItsOwn() throws Exception {
        try (Typist typist = Typist.xterm(folder)) {
            typist.type("for i in range(2):\r").await("...: ");
            typist.type("    if i:\r").await("...: ");
            typist.type("        print('odd')\r").await("...: ");
            typist.type("    else:\r").await("...: ");
            typist.type("        print('even')\r").await("...: ");
            shows("even\nodd\n", typist.enter("", 2));
        }
    }

    @Test
    void movesElseOutwards() throws Exception {
        try (Typist typist = Typist.xterm(folder)) {
            typist.type("if 0:\r").await("...: ");
            typist.type("print('yes')\r").await("...: ");
            typist.type("else:\r").await("...: ");
            typist.type("print('no')\r").await("...: ");
            shows("no\n", typist.enter("", 2));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm", "dumb"})
    void goesOnInsideBracketsAndStrings(String type) throws Exception {
        try (Typist typist = new Typist(type, 80, false, folder)) {
            typist.type("x = (1 +\r").await("...: ");
            typist.enter("2)", 2);
            shows("3", typist.enter("x", 3));
            typist.type("t = '''a\r").await("...: ");
            typist.enter("b'''", 4);
            shows("'a\\nb'", typist.enter("t", 5));
            typist.type("x = 1 + \\\r").await("...: ");
            typist.enter("5", 6);
            shows("6", typist.enter("x", 7));
        }
    }

    @Test
    void runsAPastedScriptAsAScript() throws Exception {
        try (Typist typist = Typist.xterm(folder)) {
            typist.paste("def f(n):\n    a = 1\n\n    return a + n\n\nfor i in range(2):\n    print('f', f(i))\n");
            shows("f 1\nf 2\n", typist.enter("", 2));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm", "dumb"})
    void runsLinesThatCameAtOnce(String type) throws Exception {
        try (Typist typist = new Typist(type, 80, false, folder)) {
            typist.type("def f(n):\r    a = 1\r\r    return a + n\r\rf(41)\r");
            shows("42", typist.await("In [3]: "));
        }
    }

    @Test
    void readsLinesOfWindows() throws Exception {
        try (Typist typist = Typist.dumb(folder)) {
            typist.type("for i in range(2):\r\n    print('turn', i)\r\n\r\n");
            shows("turn 0\nturn 1", typist.await("In [2]: "));
        }
    }

    @Test
    void showsHowTensorsAreComputed() throws Exception {
        try (Typist typist = Typist.xterm(folder)) {
            typist.paste("x = placeholder(float32, [None, 2])\ny_ = placeholder(float32, [None, 1])\n"
                    + "w1 = variable(zeros([2, 3]))\nw2 = variable(zeros([3, 1]))\n"
                    + "y = matmul(matmul(x, w1), w2)\nloss = reduce_mean(square(y_ - y))\nloss\n");
            shows("dtype=float32>\n  = mean((y_ - x·w1·w2)²)", typist.enter("", 2));
            shows("xᵀ · ∂L/∂", typist.enter(":grad loss w1", 2));
            shows("w1  (2, 3)  variable", typist.enter(":graph loss", 2));
            shows("w2    Variable float32  (3, 1)", typist.enter(":vars", 2));
            typist.enter("run(init())", 3);
            shows("0.25", typist.enter("run(loss, {x: [[1, 1]], y_: [[0.5]]})", 4));
        }
    }

    @Test
    void dropsTheLineAndLeaves() throws Exception {
        try (Typist typist = Typist.xterm(folder)) {
            typist.type("x = 1 +").type(Typist.CTRL_C).await("In [1]: ");
            typist.enter("x = 5", 2);
            typist.type(Typist.CTRL_D);
            assertEquals(0, typist.status());
        }
    }

    @Test
    void leavesWithTheStatusAskedFor() throws Exception {
        try (Typist typist = Typist.xterm(folder)) {
            typist.type("exit(3)\r");
            assertEquals(3, typist.status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm", "dumb"})
    void stopsWhatRunsAndKeepsEverything(String type) throws Exception {
        try (Typist typist = new Typist(type, 80, false, folder)) {
            typist.enter("n = 0", 2);
            typist.type("while True: n += 1\r").await("...: ");
            typist.type("\r");
            Typist.pause(300);
            typist.type(Typist.CTRL_C);
            shows("KeyboardInterrupt", typist.await("In [3]: "));
            shows("True", typist.enter("n > 0", 4));
        }
    }

    @Test
    void showsAStatusAndTakesItAway() throws Exception {
        try (Typist typist = Typist.xterm(folder)) {
            typist.type("import time\rfor i in range(14): time.sleep(0.1)\r\r");
            String screen = typist.await("In [3]: ");
            shows("of 14", screen);
            assertTrue(typist.raw().contains("\r\u001b[K"), "the status line is erased");
        }
    }

    @Test
    void takesEntriesBack() throws Exception {
        try (Typist typist = Typist.xterm(folder)) {
            typist.enter("a = zeros([2])", 2);
            typist.enter("b = a + 1", 3);
            shows("undone: b = a + 1", typist.enter(":undo", 3));
            shows("NameError", typist.enter("b", 4));
            shows("'zeros:0'", typist.enter("a", 5));
            shows("names and graph are as at the start", typist.enter(":reset", 5));
            shows("NameError", typist.enter("a", 6));
        }
    }

    @Test
    void leavesNothingOfAStatementThatFailed() throws Exception {
        try (Typist typist = Typist.xterm(folder)) {
            shows("Dimensions must be equal", typist.enter("c = matmul(zeros([2, 3]), zeros([2, 3]))", 2));
            shows("'zeros:0'", typist.enter("zeros([2])", 3));
        }
    }

    @Test
    void savesAndLoads() throws Exception {
        try (Typist typist = Typist.xterm(folder)) {
            typist.enter("a = 20", 2);
            typist.enter("a = wrong", 3);
            typist.enter("b = a + 1", 4);
            shows("saved 2 lines", typist.enter(":save s.nn", 4));
            assertEquals("a = 20\nb = a + 1\n", Files.readString(folder.resolve("s.nn")));
            typist.enter(":reset", 4);
            typist.enter(":load s.nn", 4);
            shows("21", typist.enter("b", 5));
            Files.writeString(folder.resolve("p.nn"), "b = 0\nprint('alone', b)\n");
            shows("alone 0", typist.enter(":run p.nn", 5));
            shows("21", typist.enter("b", 6));
            shows("median", typist.enter(":time a + b", 6));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "random_normal([2], stdd        | =2.0).shape         | TensorShape([Dimension(2)])",
        "alphabet.bit_len               | ()                  | 6",
        "alpha                          | + 1                 | 42",
        "random_nor                     | ([3]).shape         | TensorShape([Dimension(3)])",
        "len(open(\"know                | \").read())         | 5",
        "matmul(ones([1,2]), ones([2,3])).get_sha | ()        | TensorShape([Dimension(1), Dimension(3)])",
        "'abc'.upp                      | ()                  | 'ABC'",
        "[3, 4].ind                     | (4)                 | 1",
        "{'alpha': 7}['al               | ']                  | 7",
    })
    void completes(String start, String rest, String answer) throws Exception {
        Files.writeString(folder.resolve("known.txt"), "12345");
        try (Typist typist = Typist.xterm(folder)) {
            typist.enter("alphabet = 41", 2);
            typist.enter("[].append", 3);
            String tail = rest.startsWith("=2.0") ? rest.substring(1) : rest;
            typist.type(start).press(Typist.TAB);
            shows(answer, typist.enter(tail, 4));
        }
    }

    @Test
    void showsTheSignatureOfTheCall() throws Exception {
        try (Typist typist = Typist.xterm(folder)) {
            typist.type("matmul(zeros([1, 1]), ").await("transpose_a=False");
        }
    }

    @Test
    void listsWithALineAbout() throws Exception {
        try (Typist typist = Typist.xterm(folder)) {
            typist.type("train.Grad").type(Typist.TAB);
            typist.type(":").type(Typist.CTRL_C).await("In [1]: ");
            typist.type(":").type(Typist.TAB).await("takes the last entry back");
        }
    }

    @Test
    void underlinesUnknownNamesInColour() throws Exception {
        try (Typist typist = new Typist("xterm-256color", 80, true, folder)) {
            typist.enter("known = 1", 2);
            Typist.pause(2500);
            typist.type("for nowhere_known in known: pass").await("pass");
            int before = typist.raw().length();
            typist.type(Typist.CTRL_C).await("In [2]: ");
            assertTrue(typist.raw().substring(0, before).contains("\u001b[1;34m") || typist.raw().contains("\u001b[34;1m"),
                    "keywords are coloured");
            typist.type("zzyzx ").await("zzyzx");
            assertTrue(typist.gets("\u001b[4m", before), "unknown names are underlined");
        }
    }

    @Test
    void usesNoColoursWhereNoneAreWanted() throws Exception {
        try (Typist typist = Typist.xterm(folder)) {
            typist.enter("for_ = 'text' + nowhere", 2);
            assertFalse(typist.raw().matches("(?s).*\u001b\\[[0-9;]*3[0-7][0-9;]*m.*"), "no colour is set");
        }
    }

    @Test
    void recallsAnEntryOfManyLinesAsOne() throws Exception {
        try (Typist typist = Typist.xterm(folder)) {
            typist.paste("for i in range(2):\n    print('turn', i)\n");
            typist.enter("", 2);
            typist.type(Typist.CTRL_P);
            Typist.pause(300);
            shows("turn 0\nturn 1\n", typist.enter("", 3));
            typist.type(Typist.CTRL_P + Typist.CTRL_P);
            Typist.pause(300);
            // The cursor is on its first line by now; nothing was changed.
            shows("turn 0\nturn 1\n", typist.enter("", 4));
        }
    }

    @Test
    void keepsHistoryToItsUser() throws Exception {
        try (Typist typist = Typist.xterm(folder)) {
            typist.enter("secret = 1", 2);
            typist.type(Typist.CTRL_D);
            assertEquals(0, typist.status());
        }
        Path history = folder.resolve("history");
        assertTrue(Files.readString(history).contains("secret = 1"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(history)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"xterm", "dumb"})
    void givesScriptsLinesToRead(String type) throws Exception {
        try (Typist typist = new Typist(type, 80, false, folder)) {
            typist.type("name = input('who? ')\r").await("who? ");
            Typist.pause(100);
            typist.enter("me", 2);
            shows("'me'", typist.enter("name", 3));
        }
    }
}
