package io.retrograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.retrograd.limit.Limit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The interpreter as a Java program sees it. */
class InterpreterTest {
    private final StringBuilder out = new StringBuilder();
    private final Interpreter nn = Interpreter.builder().out(out).err(out).build();

    @AfterEach
    void close() {
        nn.close();
    }

    static Stream<Arguments> intoTheScript() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a", 1);
        map.put("b", List.of(2.5, "x"));
        return Stream.of(
                Arguments.of(null, "None"),
                Arguments.of(true, "True"),
                Arguments.of((byte) 7, "7"),
                Arguments.of(1 << 20, "1048576"),
                Arguments.of(new BigInteger("123456789012345678901234567890"), "123456789012345678901234567890"),
                Arguments.of(BigInteger.TEN, "10"),
                Arguments.of(0.1, "0.1"),
                Arguments.of(0.5f, "0.5"),
                Arguments.of('c', "'c'"),
                Arguments.of("text", "'text'"),
                Arguments.of(new float[] {1, 2.5f}, "array([1. , 2.5], dtype=float32)"),
                Arguments.of(new double[][] {{1, 2}, {3, 4}}, "array([[1., 2.],\n       [3., 4.]])"),
                Arguments.of(new int[][][] {{{1}, {2}}}, "array([[[1],\n        [2]]], dtype=int32)"),
                Arguments.of(new long[] {5}, "array([5])"),
                Arguments.of(new boolean[] {true, false}, "array([ True, False])"),
                Arguments.of(new double[0][3], "array([], shape=(0, 0), dtype=float64)"),
                Arguments.of(new double[][] {{1}, {2, 3}}, "[array([1.]), array([2., 3.])]"),
                Arguments.of(new byte[] {104, 105}, "b'hi'"),
                Arguments.of(new String[] {"a", "b"}, "['a', 'b']"),
                Arguments.of(List.of(1, "a", List.of()), "[1, 'a', []]"),
                Arguments.of(Set.of(3), "{3}"),
                Arguments.of(map, "{'a': 1, 'b': [2.5, 'x']}"));
    }

    @ParameterizedTest
    @MethodSource("intoTheScript")
    void valuesGoIn(Object value, String repr) {
        nn.set("v", value);
        assertEquals(repr, nn.eval("repr(v)"));
    }

    static Stream<Arguments> outOfTheScript() {
        return Stream.of(
                Arguments.of("None", null),
                Arguments.of("True", true),
                Arguments.of("7", 7L),
                Arguments.of("2**70", BigInteger.ONE.shiftLeft(70)),
                Arguments.of("1.5", 1.5),
                Arguments.of("'text'", "text"),
                Arguments.of("[1, [2.0, None]]", Arrays.asList(1L, Arrays.asList(2.0, null))),
                Arguments.of("(1, 2)", List.of(1L, 2L)),
                Arguments.of("range(3)", List.of(0L, 1L, 2L)),
                Arguments.of("{'a': (1,), 2: 'b'}", Map.of("a", List.of(1L), 2L, "b")),
                Arguments.of("{1, 2}", Set.of(1L, 2L)),
                Arguments.of("np.float32(0.5)", 0.5f),
                Arguments.of("np.int32(5)", 5),
                Arguments.of("np.uint8(200)", (short) 200),
                Arguments.of("np.bool_(True)", true),
                Arguments.of("run(constant(2.0) + 1)", 3.0f),
                Arguments.of("run(constant([1, 2]))", new int[] {1, 2}),
                Arguments.of("np.arange(6).reshape(2, 3)", new long[][] {{0, 1, 2}, {3, 4, 5}}),
                Arguments.of("np.arange(6).reshape(2, 3).T", new long[][] {{0, 3}, {1, 4}, {2, 5}}),
                Arguments.of("np.zeros((2, 1), np.float32)", new float[][] {{0}, {0}}),
                Arguments.of("np.array([250], np.uint8)", new short[] {250}),
                Arguments.of("np.array(['a', 'bc'])", new String[] {"a", "bc"}),
                Arguments.of("b'hi'", new byte[] {104, 105}));
    }

    @ParameterizedTest
    @MethodSource("outOfTheScript")
    void valuesComeOut(String expression, Object expected) {
        nn.run("import numpy as np\nv = " + expression);
        Object found = nn.get("v");
        assertEquals(expected == null ? null : expected.getClass().isArray() ? expected.getClass() : null,
                found == null || !found.getClass().isArray() ? null : found.getClass());
        assertTrue(Arrays.deepEquals(new Object[] {expected}, new Object[] {found}), () -> expected + " but " + found);
    }

    static Stream<Arguments> asClasses() {
        return Stream.of(
                Arguments.of("7", int.class, 7),
                Arguments.of("7", Double.class, 7.0),
                Arguments.of("7.0", long.class, 7L),
                Arguments.of("np.float32(0.5)", double.class, 0.5),
                Arguments.of("np.array([[3]])", int.class, 3),
                Arguments.of("True", boolean.class, true),
                Arguments.of("'x'", char.class, 'x'),
                Arguments.of("[1, 2]", float[].class, new float[] {1, 2}),
                Arguments.of("[[1, 2], [3, 4]]", double[][].class, new double[][] {{1, 2}, {3, 4}}),
                Arguments.of("np.ones((2, 2))", int[][].class, new int[][] {{1, 1}, {1, 1}}),
                Arguments.of("('a', 'b')", String[].class, new String[] {"a", "b"}),
                Arguments.of("np.ones((2, 1))", List.class, List.of(List.of(1.0), List.of(1.0))),
                Arguments.of("{'a': 1}", Map.class, Map.of("a", 1L)),
                Arguments.of("b'hi'", byte[].class, new byte[] {104, 105}),
                Arguments.of("None", String.class, null));
    }

    @ParameterizedTest
    @MethodSource("asClasses")
    void valuesComeOutAsWhatIsAskedFor(String expression, Class<?> type, Object expected) {
        nn.run("import numpy as np\nv = " + expression);
        Object found = nn.get("v", type);
        assertTrue(Arrays.deepEquals(new Object[] {expected}, new Object[] {found}), () -> expected + " but " + found);
    }

    static Stream<Arguments> notAsClasses() {
        return Stream.of(
                Arguments.of("7.5", int.class), Arguments.of("2**40", int.class), Arguments.of("'x'", double.class),
                Arguments.of("[1, 2]", double[][].class), Arguments.of("None", int.class), Arguments.of("[1]", Map.class),
                Arguments.of("5", Function.class), Arguments.of("np.zeros(3)", double.class),
                Arguments.of("np.array([2**40])", int[].class), Arguments.of("[1, 2.5]", long[].class),
                Arguments.of("[[1, 2], [3]]", double[][].class));
    }

    @ParameterizedTest
    @MethodSource("notAsClasses")
    void valuesThatCannotBeWhatIsAskedForAreRefused(String expression, Class<?> type) {
        nn.run("import numpy as np\nv = " + expression);
        assertThrows(IllegalArgumentException.class, () -> nn.get("v", type));
    }

    @Test
    void arraysAreCopies() {
        double[] mine = {1, 2};
        nn.set("v", mine);
        nn.run("v[0] = 5");
        assertEquals(1, mine[0]);
        double[] theirs = nn.get("v", double[].class);
        theirs[1] = 7;
        assertEquals("array([5., 2.])", nn.eval("repr(v)"));
    }

    @Test
    void variablesStayAndCanBeListed() {
        nn.run("a = 1");
        nn.run("b = a + 1\n_hidden = 3");
        assertEquals(List.of("a", "b", "_hidden"), nn.names());
        assertTrue(nn.has("b") && !nn.has("c"));
        assertNull(nn.get("c"));
        assertTrue(nn.remove("a"));
        assertEquals("NameError", assertThrows(ScriptError.class, () -> nn.run("a")).kind());
        assertThrows(IllegalArgumentException.class, () -> nn.get("a", int.class));
        assertThrows(IllegalArgumentException.class, () -> nn.set("a b", 1));
    }

    @Test
    void evalAnswersTheLastExpression() {
        assertEquals(3L, nn.eval("x = 1\nx + 2"));
        assertNull(nn.eval("y = 1"));
        assertEquals(2.5, nn.eval("x * 2.5", double.class));
    }

    @Test
    void aCompiledScriptRunsManyTimes() {
        CompiledScript script = nn.compile("total = total + n\nprint(total)");
        nn.set("total", 0);
        for (int i = 1; i <= 3; i++) {
            script.run(Map.of("n", i));
        }
        assertEquals("1\n3\n6\n", out.toString());
        assertThrows(ScriptError.class, () -> nn.compile("x = = 1"));
    }

    @Test
    void aCompiledScriptMayRunHot() {
        CompiledScript script = nn.compile("s = 0\nfor i in range(200000):\n    s += i\ns");
        assertEquals(script.eval(), script.eval());
    }

    public interface Scorer {
        double score(double[] values, int times);
    }

    @Test
    void functionsOfTheScriptAreCalledFromJava() {
        nn.run("def f(a, b=2):\n    return a * b\nclass C:\n    def __init__(self, n):\n        self.n = n\n    def twice(self):\n        return self.n * 2\n");
        assertEquals(10L, nn.call("f", 5));
        ScriptFunction f = nn.function("f");
        assertEquals("f", f.name());
        assertEquals(12.0, f.call(double.class, 3, 4));
        ScriptObject c = (ScriptObject) nn.call("C", 21);
        assertEquals("C", c.type());
        assertEquals(42L, c.call("twice"));
        c.set("n", 4);
        assertEquals(4L, c.get("n"));
        assertEquals("TypeError", assertThrows(ScriptError.class, () -> nn.call("f")).kind());
        assertThrows(IllegalArgumentException.class, () -> nn.call("g"));
        nn.run("score = lambda values, times: sum(values) * times");
        assertEquals(9.0, nn.get("score", Scorer.class).score(new double[] {1, 2}, 3));
        DoubleUnaryOperator half = nn.eval("lambda x: x / 2", DoubleUnaryOperator.class);
        assertEquals(1.5, half.applyAsDouble(3));
    }

    public static final class Account {
        public int balance = 5;
        public final List<String> log = new ArrayList<>();

        public void add(int amount) {
            balance += amount;
        }

        public String add(String note) {
            log.add(note);
            return note + "!";
        }

        public int sum(int... parts) {
            return Arrays.stream(parts).sum();
        }

        public Account self() {
            return this;
        }

        void hidden() {}
    }

    @Test
    void objectsOfJavaAreUsedByScripts() {
        Account account = new Account();
        nn.set("account", account);
        nn.run("""
                account.add(3)
                r = account.add('note')
                account.balance += 10
                s = account.sum(1, 2, 3)
                same = account.self() is account
                names = dir(account)
                """);
        assertEquals(18, account.balance);
        assertEquals(List.of("note"), account.log);
        assertEquals("note!", nn.get("r"));
        assertEquals(6L, nn.get("s"));
        assertEquals(true, nn.get("same"));
        assertSame(account, nn.get("account"));
        assertSame(account, nn.get("account", Account.class));
        for (String wrong : List.of("account.hidden()", "account.getClass()", "account.wait()", "account.nothing")) {
            assertEquals("AttributeError", assertThrows(ScriptError.class, () -> nn.run(wrong)).kind(), wrong);
        }
        assertEquals("TypeError", assertThrows(ScriptError.class, () -> nn.run("account.add([1])")).kind());
    }

    @Test
    void machineryOfJavaStaysOutOfReach() {
        nn.set("c", String.class);
        nn.set("l", getClass().getClassLoader());
        nn.set("t", Thread.currentThread());
        for (String wrong : List.of("c.forName('java.lang.Runtime')", "l.loadClass('java.lang.Runtime')", "t.interrupt()")) {
            assertEquals("AttributeError", assertThrows(ScriptError.class, () -> nn.run(wrong)).kind(), wrong);
        }
        assertThrows(ScriptError.class, () -> nn.run("import java.lang"));
    }

    @Test
    void functionsOfJavaAreCalledByScripts() {
        nn.define("join", a -> a[0] + "-" + a[1]);
        nn.set("twice", (Function<Object, Object>) x -> x + "" + x);
        nn.set("add", (BiFunction<Long, Long, Long>) Long::sum);
        nn.run("a = join('x', 2)\nb = twice('y')\nc = add(1, 2)\nd = list(map(twice, ['p', 'q']))");
        assertEquals("x-2", nn.get("a"));
        assertEquals("yy", nn.get("b"));
        assertEquals(3L, nn.get("c"));
        assertEquals(List.of("pp", "qq"), nn.get("d"));
    }

    @Test
    void exceptionsOfJavaAreErrorsOfTheScript() {
        nn.define("broken", a -> {
            throw new IOException("no disk");
        });
        nn.run("try:\n    broken()\nexcept RuntimeError as e:\n    print(e)\n");
        assertEquals("java.io.IOException: no disk\n", out.toString());
        ScriptError e = assertThrows(ScriptError.class, () -> nn.run("broken()"));
        assertEquals("RuntimeError", e.kind());
        assertInstanceOf(IOException.class, e.getCause());
    }

    @Test
    void whatHasNoCounterpartIsRefused() {
        List<Object> inItself = new ArrayList<>();
        inItself.add(inItself);
        List<Object> deep = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            deep = new ArrayList<>(List.of(deep));
        }
        for (Object each : List.of(Map.of(List.of(1), 2), new Object[] {inItself}, new Object[] {deep})) {
            assertThrows(IllegalArgumentException.class, () -> nn.set("v", each));
        }
        nn.define("broken", a -> Map.of(List.of(1), 2));
        assertEquals("TypeError", assertThrows(ScriptError.class, () -> nn.run("broken()")).kind());
        nn.define("asserts", a -> {
            throw new AssertionError("no");
        });
        assertEquals("RuntimeError", assertThrows(ScriptError.class, () -> nn.run("asserts()")).kind());
        nn.run("def f(*a): return len(a)");
        assertEquals(1L, nn.call("f", (Object[]) null));
    }

    @Test
    void streamsThatFailAreErrorsOfTheScript() {
        try (Interpreter failing = Interpreter.builder().out(new OutputStream() {
            @Override
            public void write(int b) {
                throw new IllegalStateException("no room");
            }
        }).build()) {
            assertEquals("OSError", assertThrows(ScriptError.class, () -> failing.run("print('x')")).kind());
        }
        assertThrows(NullPointerException.class, () -> Interpreter.builder().in(null));
    }

    @Test
    void timeMayBeAsGoodAsUnlimited() {
        try (Interpreter patient = Interpreter.builder().limits(Limits.none().wallTime(Duration.ofSeconds(Long.MAX_VALUE))).build()) {
            assertEquals(2L, patient.eval("1 + 1"));
        }
    }

    @Test
    void closingFromWithinEndsTheRun() {
        nn.define("close", a -> {
            nn.close();
            return null;
        });
        LimitError end = assertThrows(LimitError.class, () -> nn.run("close()\nwhile True: pass"));
        assertEquals(Limit.CLOSED, end.limit());
    }

    @Test
    void aJavaFunctionMayUseTheInterpreterThatCallsIt() {
        nn.define("back", a -> nn.eval("g(" + a[0] + ")"));
        nn.run("def g(x):\n    if x < 0:\n        raise KeyError(x)\n    return x + 1\nprint(back(4))\ntry:\n    back(-1)\nexcept KeyError as e:\n    print('caught', e)\n");
        assertEquals("5\ncaught -1\n", out.toString());
    }

    @Test
    void errorsCarryWhatThereIsToSay() {
        ScriptError e = assertThrows(ScriptError.class, () -> nn.run("a = 1\nb = a / 0\n", "sum.nn"));
        assertEquals("ZeroDivisionError", e.kind());
        assertEquals("division by zero", e.getMessage());
        assertEquals(new ScriptError.Place("sum.nn", 2, 5), e.place().orElseThrow());
        assertEquals("ZeroDivisionError: division by zero\n --> sum.nn:2:5\n  |\n2 | b = a / 0\n  |     ^^^^^\n", e.rendered());
        assertEquals("ZeroDivisionError: division by zero (sum.nn:2:5)", e.toString());
        ScriptError own = assertThrows(ScriptError.class, () -> nn.run("class Odd(Exception): pass\nraise Odd('why')"));
        assertEquals("Odd", own.kind());
        assertEquals("why", own.getMessage());
        ScriptError syntax = assertThrows(ScriptError.class, () -> nn.run("x = (1,\n", "open.nn"));
        assertEquals("SyntaxError", syntax.kind());
        assertEquals(1, syntax.place().orElseThrow().line());
    }

    @Test
    void sysExitEndsTheRun() {
        nn.run("import sys\nprint('a')\nsys.exit()\nprint('b')");
        assertEquals("a\n", out.toString());
        assertEquals("SystemExit", assertThrows(ScriptError.class, () -> nn.run("sys.exit(2)")).kind());
    }

    @Test
    void streamsAreTheBuilders() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StringBuilder errors = new StringBuilder();
        try (Interpreter other = Interpreter.builder()
                .out(bytes).err(errors).in(new ByteArrayInputStream("Ada\n".getBytes(StandardCharsets.UTF_8)))
                .arguments("prog", "-v").environment(Map.of("HOME", "/h")).build()) {
            other.run("import sys, os\nprint('你好', input(), sys.argv, dict(os.environ))\nsys.stderr.write('oops')");
        }
        assertEquals("你好 Ada ['prog', '-v'] {'HOME': '/h'}\n", bytes.toString(StandardCharsets.UTF_8));
        assertEquals("oops", errors.toString());
    }

    @Test
    void seedsMakeRunsAlike() {
        String script = "import numpy as np\n[np.random.rand(), run(random_normal([]))]";
        List<Object> results = new ArrayList<>();
        for (long seed : new long[] {1, 1, 2}) {
            try (Interpreter other = Interpreter.builder().seed(seed).build()) {
                results.add(other.eval(script));
            }
        }
        assertEquals(results.get(0), results.get(1));
        assertFalse(results.get(0).equals(results.get(2)));
    }

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"none, PermissionError, PermissionError", "read, 5, PermissionError", "write, 5, 1"})
    void filesAreThosePermitted(String policy, String reading, String writing) throws IOException {
        Files.writeString(folder.resolve("in.txt"), "hello");
        FilePolicy files = switch (policy) {
            case "none" -> FilePolicy.none();
            case "read" -> FilePolicy.readOnly(folder);
            default -> FilePolicy.readWrite(folder);
        };
        try (Interpreter other = Interpreter.builder().files(files).build()) {
            assertEquals(reading, outcome(other, "len(open('in.txt').read())"));
            assertEquals(writing, outcome(other, "open('out.txt', 'w').write('x')"));
            assertEquals("PermissionError", outcome(other, "open('/etc/hostname').read()"));
        }
        assertEquals(policy.equals("write"), Files.exists(folder.resolve("out.txt")));
    }

    private static String outcome(Interpreter nn, String script) {
        try {
            return String.valueOf(nn.eval(script));
        } catch (ScriptError e) {
            return e.kind();
        }
    }

    @Test
    void modulesAreFoundInTheFolder() throws IOException {
        Files.writeString(folder.resolve("helper.py"), "def f(): return 41\n");
        Files.writeString(folder.resolve("main.nn"), "import helper\nx = helper.f() + 1\n");
        try (Interpreter other = Interpreter.builder().files(FilePolicy.readOnly(folder)).build()) {
            other.run(folder.resolve("main.nn"));
            assertEquals(42L, other.get("x"));
        }
        assertEquals("ModuleNotFoundError", outcome(nn, "import helper"));
    }

    @ParameterizedTest
    @CsvSource({
        "STATEMENTS, while True: pass",
        "STATEMENTS, sum(range(10**9))",
        "STATEMENTS, [i for i in range(10**9)]",
        "WALL_TIME, while 1: 1",
        "MEMORY, run(zeros([10000000]))",
        "MEMORY, 'x' * 30000000",
        "OUTPUT, print('x' * 3000)",
        "RECURSION, f()",
    })
    void limitsEndARun(Limit limit, String script) {
        Limits limits = switch (limit) {
            case STATEMENTS -> Limits.none().statements(5000);
            case WALL_TIME -> Limits.none().wallTime(Duration.ofMillis(50));
            case MEMORY -> Limits.none().memory(20 << 20);
            case OUTPUT -> Limits.none().output(2000);
            default -> Limits.none().recursion(50);
        };
        try (Interpreter other = Interpreter.builder().out(out).limits(limits).build()) {
            other.run("def f(): return f()");
            for (int i = 0; i < 2; i++) {
                LimitError e = assertThrows(LimitError.class, () -> other.run(script));
                assertEquals(limit, e.limit());
                assertEquals(3L, other.eval("1 + 2", Long.class), "goes on");
            }
        }
    }

    @Test
    void memoryIsGivenBack() {
        try (Interpreter other = Interpreter.builder().limits(Limits.none().memory(40 << 20)).build()) {
            other.run("import numpy as np\nfor i in range(100):\n    a = np.zeros(1000000)\n    s = 'x' * 5000000\n");
        }
    }

    @Test
    void interruptsAreKeyboardInterrupts() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        nn.define("started", a -> {
            started.countDown();
            return null;
        });
        AtomicReference<ScriptError> thrown = new AtomicReference<>();
        Thread runner = new Thread(() -> {
            try {
                nn.run("try:\n    started()\n    while True: pass\nexcept KeyboardInterrupt:\n    print('tidied')\n    raise\n");
            } catch (ScriptError e) {
                thrown.set(e);
            }
        });
        nn.interrupt();
        runner.start();
        assertTrue(started.await(20, TimeUnit.SECONDS));
        assertThrows(IllegalStateException.class, () -> nn.run("1"));
        nn.interrupt();
        runner.join(20_000);
        assertEquals("KeyboardInterrupt", thrown.get().kind());
        assertEquals("tidied\n", out.toString());
        assertEquals(2L, nn.eval("1 + 1"));
    }

    @Test
    void closingEndsWhatRuns() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        nn.define("started", a -> {
            started.countDown();
            return null;
        });
        AtomicReference<ScriptError> thrown = new AtomicReference<>();
        Thread runner = new Thread(() -> {
            try {
                nn.run("started()\nwhile True:\n    try:\n        while True: pass\n    except: pass\n");
            } catch (ScriptError e) {
                thrown.set(e);
            }
        });
        runner.start();
        assertTrue(started.await(20, TimeUnit.SECONDS));
        nn.close();
        runner.join(20_000);
        assertEquals(Limit.CLOSED, assertInstanceOf(LimitError.class, thrown.get()).limit());
        assertThrows(IllegalStateException.class, () -> nn.run("1"));
    }

    @Test
    void aSleepIsInterrupted() throws Exception {
        Thread runner = new Thread(() -> assertThrows(ScriptError.class, () -> nn.run("import time\nprint('zzz')\ntime.sleep(1000)")));
        runner.start();
        while (out.length() == 0) {
            Thread.sleep(5);
        }
        nn.interrupt();
        runner.join(20_000);
        assertFalse(runner.isAlive());
    }

    @Test
    void networksTrainWithAnyNumberOfThreads() {
        String script = """
                import tensorflow as tf
                tf.set_random_seed(1)
                a = tf.random_normal([300, 300])
                run(tf.reduce_sum(tf.matmul(a, a)))
                """;
        assertEquals(nn.eval(script), Interpreter.builder().threads(4).build().eval(script));
    }
}
