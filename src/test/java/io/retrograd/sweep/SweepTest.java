package io.retrograd.sweep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.retrograd.Evaluator;
import io.retrograd.lang.tree.Source;
import io.retrograd.testing.TestWorld;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sweeps: what is set, what is gathered, what a kill leaves. */
class SweepTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "LR=0.1,0.01            | LR | 0.1; 0.01",
        "N=1..4                 | N  | 1; 2; 3; 4",
        "N=3..1,7               | N  | 3; 2; 1; 7",
        "L=[3, 5],[7]           | L  | [3, 5]; [7]",
        "S=\"'a,b',c\"          | S  | \"'a,b',c\"",
        "F=f(1, 2),g            | F  | f(1, 2); g",
        "X = 1 , 2              | X  | 1; 2",
    })
    void settingsAreRead(String text, String name, String values) {
        Setting setting = Setting.parse(text);
        assertEquals(name, setting.name());
        assertEquals(values, String.join("; ", setting.values()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "LR      | --set wants NAME=VALUE,VALUE...: 'LR'",
        "=1      | --set wants NAME=VALUE,VALUE...: '=1'",
        "1=1     | --set wants NAME=VALUE,VALUE...: '1=1'",
        "LR=     | --set LR: a value is missing",
        "N=1..999999999 | the range 1..999999999 is too long",
    })
    void wrongSettingsAreRefused(String text, String message) {
        assertEquals(message, assertThrows(SweepProblem.class, () -> Setting.parse(text)).getMessage());
    }

    private static final String SCRIPT = """
            import os
            LR = 0.1
            NAME = 'adam'
            LAYERS = [3,
                      5]
            twice = 1
            twice = 2
            for i in range(3):
                loop = i
            step: int = 4
            print(LR, NAME, LAYERS, step)
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "LR=0.5          | 0.5 adam [3, 5] 4",
        "NAME=sgd        | 0.1 sgd [3, 5] 4",
        "NAME='x'        | 0.1 x [3, 5] 4",
        "NAME=it's       | 0.1 it's [3, 5] 4",
        "LAYERS=[7]      | 0.1 adam [7] 4",
        "LR=1e-3 * 2     | 0.002 adam [3, 5] 4",
        "step=9          | 0.1 adam [3, 5] 9",
    }, quoteCharacter = '~')
    void constantsAreOverridden(String setting, String printed) {
        Constants constants = new Constants(new Source("s.nn", SCRIPT));
        Setting checked = constants.checked(Setting.parse(setting));
        Source changed = constants.with(Map.of(checked.name(), checked.values().get(0)));
        TestWorld world = new TestWorld(folder);
        Evaluator.of(world).run(changed);
        assertEquals(printed + "\n", world.written());
        assertEquals(SCRIPT.lines().count(), changed.text().lines().count(), "lines keep their numbers");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "LRR=1   | 's.nn' has no top-level constant 'LRR'; did you mean 'LR'? (it has LAYERS, LR, NAME, step)",
        "loop=1  | 's.nn' has no top-level constant 'loop' (it has LAYERS, LR, NAME, step)",
        "twice=1 | 'twice' is no constant: 's.nn' assigns it 2 times",
        "LR=1+   | --set LR: '1+' is no expression: invalid syntax",
        "LR=a=b  | --set LR: 'a=b' is no expression: invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
    })
    void whatIsNoConstantIsRefused(String setting, String message) {
        Constants constants = new Constants(new Source("s.nn", SCRIPT));
        String found = assertThrows(SweepProblem.class, () -> constants.checked(Setting.parse(setting))).getMessage();
        assertEquals(message.substring(0, Math.min(message.length(), 40)), found.substring(0, Math.min(message.length(), 40)));
    }

    @Test
    void allCombinationsAreRun() {
        List<Case> cases = Case.all(List.of(Setting.parse("A=1,2"), Setting.parse("B=x,y")), List.of(7L, 8L));
        assertEquals(8, cases.size());
        assertEquals("A=1 B=x seed=7", cases.get(0).toString());
        assertEquals("A=1 B=x seed=8", cases.get(1).toString());
        assertEquals("A=1 B=y seed=7", cases.get(2).toString());
        assertEquals("A=2 B=y seed=8", cases.get(7).toString());
        assertEquals(OptionalLong.empty(), Case.all(List.of(Setting.parse("A=1")), List.of()).get(0).seed());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "After 0 steps, loss is 5.5~After 100 steps, loss is 0.25 | {steps, loss is=0.25}",
        "loss: 1e-3                                               | {loss=0.001}",
        "step 1 loss 2 acc 0.5                                    | {acc=0.5}",
        "train acc 0.5~test acc 0.25~train acc 0.75               | {train acc=0.75, test acc=0.25}",
        "w1 is ready~[[0.1 0.2]~ [0.3]]                           | {}",
        "a 1 x 2~b 1 x 3                                          | {a # x #=2.0, b # x #=3.0}",
        "loss nan                                                 | {loss=NaN}",
        "accuracy 95%                                             | {accuracy=95.0}",
        "0.5 done                                                 | {# done=0.5}",
    })
    void lastNumbersOfLinesAreGathered(String lines, String values) {
        Collector collector = new Collector();
        String text = lines.replace('~', '\n');
        collector.print(text.substring(0, text.length() / 2));
        collector.print(text.substring(text.length() / 2));
        assertEquals(values, collector.values().toString());
    }

    @Test
    void reportsCountMoreThanLines() {
        Collector collector = new Collector();
        collector.print("loss 1\n");
        collector.report("accuracy", 0.5);
        collector.report("accuracy", 0.75);
        assertEquals("{accuracy=0.75}", collector.values().toString());
    }

    private static final String NET = """
            import numpy as np
            import tensorflow as tf
            LR = 0.1
            BAD = False
            if BAD:
                raise ValueError('bad')
            w = tf.Variable(tf.random_normal([]))
            loss = tf.square(w - 3)
            step = tf.train.GradientDescentOptimizer(LR).minimize(loss)
            with tf.Session() as sess:
                sess.run(tf.global_variables_initializer())
                for i in range(20):
                    sess.run(step)
                report('loss', sess.run(loss))
                report('first', np.random.rand())
            """;

    private final Sweep.Watcher nobody = new Sweep.Watcher() {
        @Override
        public void ended(Outcome outcome, int done, int failed) {}

        @Override
        public void waiting(int done, int failed, int running, double seconds) {}
    };

    private Sweep open(boolean resume, String... settings) throws IOException {
        List<Setting> parsed = new ArrayList<>();
        for (String s : settings) {
            parsed.add(Setting.parse(s));
        }
        return new SweepFolder(folder.resolve("out")).open(new Source("net.nn", NET), parsed, List.of(1L, 2L), new TestWorld(folder), resume);
    }

    @Test
    void runsSideBySideAsAlone() throws IOException {
        List<Outcome> together = open(false, "LR=0.1,0.01").run(4, 1, Double.POSITIVE_INFINITY, nobody);
        Files.delete(folder.resolve("out/journal.jsonl"));
        List<Outcome> alone = open(false, "LR=0.1,0.01").run(1, 1, Double.POSITIVE_INFINITY, nobody);
        assertEquals(4, together.size());
        for (int i = 0; i < 4; i++) {
            assertTrue(together.get(i).isOk(), together.get(i).error());
            assertEquals(alone.get(i).values(), together.get(i).values());
        }
        assertFalse(alone.get(0).values().equals(alone.get(1).values()), "seeds differ");
    }

    @Test
    void oneThatFailsStopsNoOther() throws IOException {
        List<Outcome> outcomes = open(false, "BAD=True,False").run(2, 1, Double.POSITIVE_INFINITY, nobody);
        assertEquals(List.of("ValueError: bad (net.nn:6:5)", "ValueError: bad (net.nn:6:5)", "", ""),
                outcomes.stream().map(Outcome::error).toList());
        Results results = new Results(outcomes);
        String[] csv = results.csv().split("\n");
        assertEquals("run,BAD,seed,loss,first,seconds,error", csv[0]);
        assertTrue(csv[1].startsWith("1,True,1,,,") && csv[1].endsWith("ValueError: bad (net.nn:6:5)"), csv[1]);
        assertTrue(csv[3].startsWith("3,False,1,") && csv[3].endsWith(","), csv[3]);
        assertTrue(results.json().contains("\"settings\":{\"BAD\":\"False\"},\"seed\":2,\"values\":{\"loss\":"), results.json());
        String[] table = results.table().split("\n");
        assertTrue(table[1].matches(" +True +0 of 2 +- +- +\\S+"), table[1]);
        assertTrue(table[2].matches("False +2 +\\S+ ± \\S+ +\\S+ ± \\S+ +\\S+"), table[2]);
        assertEquals("run 1 failed (BAD=True seed=1): ValueError: bad (net.nn:6:5)", table[3]);
    }

    @Test
    void aKilledSweepGoesOn() throws IOException {
        List<Outcome> whole = open(false, "LR=0.1,0.01,0.001").run(1, 1, Double.POSITIVE_INFINITY, nobody);
        Path journal = folder.resolve("out/journal.jsonl");
        List<String> lines = Files.readAllLines(journal);
        assertEquals(7, lines.size());
        // Two runs were done; the line of the third was cut off.
        Files.writeString(journal, String.join("\n", lines.subList(0, 3)) + "\n" + lines.get(3).substring(0, 20));
        List<Integer> fresh = new ArrayList<>();
        List<Outcome> resumed = open(true, "LR=0.1,0.01,0.001").run(2, 1, Double.POSITIVE_INFINITY, new Sweep.Watcher() {
            @Override
            public void ended(Outcome outcome, int done, int failed) {
                fresh.add(outcome.run().number());
            }

            @Override
            public void waiting(int done, int failed, int running, double seconds) {}
        });
        assertEquals(List.of(3, 4, 5, 6), fresh.stream().sorted().toList());
        assertEquals(whole.stream().map(Outcome::values).toList(), resumed.stream().map(Outcome::values).toList());
        assertEquals(7, Files.readAllLines(journal).size());
        assertThrows(SweepProblem.class, () -> open(false, "LR=0.1,0.01,0.001"));
        assertThrows(SweepProblem.class, () -> open(true, "LR=0.1,0.02,0.001"));
    }

    @Test
    void runsThatTakeTooLongAreEnded() throws IOException {
        List<Outcome> outcomes = new SweepFolder(folder.resolve("late")).open(
                new Source("late.nn", "N = 1\nwhile N > 1:\n    try:\n        while True: pass\n    except: pass\n"),
                List.of(Setting.parse("N=1,2")), List.of(), new TestWorld(folder), false).run(2, 1, 0.5, nobody);
        assertEquals(List.of("", "TimeoutError: the run took longer than 0.5 s"), outcomes.stream().map(Outcome::error).toList());
    }

    @Test
    void aPictureIsDrawn() {
        List<Outcome> outcomes = new ArrayList<>();
        for (Case c : Case.all(List.of(Setting.parse("LR=0.1,0.001"), Setting.parse("OPT='a','b'")), List.of(1L, 2L))) {
            outcomes.add(new Outcome(c, 1, Map.of("loss", 0.5 * c.number()), c.number() == 3 ? "ValueError" : ""));
        }
        Results results = new Results(outcomes);
        assertEquals("loss", results.lastNumber());
        String svg = new String(SweepFigure.of(results, "loss", "net.nn", "svg"), StandardCharsets.UTF_8);
        assertTrue(svg.contains("<svg"));
        byte[] png = SweepFigure.of(results, "loss", "net.nn", "png");
        assertArrayEquals(new byte[] {(byte) 0x89, 'P', 'N', 'G'}, Arrays.copyOf(png, 4));
    }
}
