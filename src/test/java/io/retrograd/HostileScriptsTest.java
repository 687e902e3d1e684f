package io.retrograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scripts that mean harm end with their limit's error within a second of it, and the interpreter goes on. */
class HostileScriptsTest {
    /** Enough for what time alone can end. */
    private static final Duration SHORT = Duration.ofMillis(60);

    /** Enough for all else to end by itself. */
    private static final Duration LONG = Duration.ofSeconds(2);

    @TempDir
    static Path above;

    private static final List<String> givenUp = new ArrayList<>();

    @AfterAll
    static void almostAllStopByThemselves() {
        assertTrue(givenUp.size() < 80, () -> "given up: " + givenUp);
    }

    record Case(String name, List<String> outcomes, String script) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void surroundings() throws IOException {
        Files.writeString(above.resolve("secret.txt"), "secret");
        Files.writeString(above.resolve("secretmodule.py"), "print('secret')");
    }

    /** Each script begins with the same folder. */
    @BeforeEach
    void folder() throws IOException {
        Path own = above.resolve("own");
        if (Files.exists(own)) {
            empty(own);
        }
        Files.createDirectory(own);
        Files.writeString(own.resolve("inside.txt"), "x");
        Files.createSymbolicLink(own.resolve("link"), above);
    }

    static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (String file : List.of("scripts", "language", "arrays", "world", "more", "others")) {
            read("/hostile/" + file + ".txt", cases);
        }
        return cases;
    }

    private static void read(String resource, List<Case> cases) throws IOException {
        String text;
        try (var in = HostileScriptsTest.class.getResourceAsStream(resource)) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        String[] blocks = text.split("(?m)^=== ");
        for (String block : Arrays.copyOfRange(blocks, 1, blocks.length)) {
            int end = block.indexOf('\n');
            int colon = block.lastIndexOf(" : ", end);
            cases.add(new Case(block.substring(0, colon), List.of(block.substring(colon + 3, end).split(" ")),
                    block.substring(end + 1).strip() + "\n"));
        }
    }

    /** What lies outside of the folder that scripts have, with its content. */
    private static String outside() throws IOException {
        StringBuilder all = new StringBuilder();
        try (var files = Files.walk(above)) {
            for (Path each : (Iterable<Path>) files.sorted()::iterator) {
                if (!each.startsWith(above.resolve("own"))) {
                    all.append(each).append(' ').append(Files.isRegularFile(each) ? Files.readString(each) : "").append('\n');
                }
            }
        }
        return all.toString();
    }

    private static void empty(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path each : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(each);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void endsWithItsLimit(Case each) throws IOException {
        String before = outside();
        StringBuilder out = new StringBuilder();
        Duration time = each.outcomes().get(0).equals("WALL_TIME") ? SHORT : LONG;
        Limits limits = Limits.none().wallTime(time).memory(64 << 20).output(100_000);
        try (Interpreter nn = Interpreter.builder()
                .out(out).err(out).limits(limits).files(FilePolicy.readWrite(above.resolve("own"))).build()) {
            long start = System.nanoTime();
            ScriptError error = assertThrows(ScriptError.class, () -> nn.run(each.script()));
            long took = (System.nanoTime() - start) / 1_000_000;
            String outcome = error instanceof LimitError limit ? limit.limit().name() : error.kind();
            // What grows without end reaches its memory before its time where the machine is fast.
            boolean early = outcome.equals("MEMORY") && each.outcomes().contains("WALL_TIME");
            assertTrue(early || each.outcomes().contains(outcome), () -> "ended with " + outcome + ": " + error.rendered());
            assertTrue(out.length() <= 100_000);
            assertEquals(before, outside(), "nothing outside is touched");
            if (outcome.equals("WALL_TIME") && took > time.toMillis() + 600) {
                // Left to itself on a busy machine; the caller has its answer.
                givenUp.add(each.name());
            } else {
                nn.set("after", 3);
                assertEquals(3L, nn.get("after"), "the interpreter goes on");
            }
        }
    }
}
