package io.retrograd.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A process that is ended while TensorFlow's runtime computes ends at once and without a crash report. Runs only in the
 * Maven profile {@code cluster}, and needs the add-on.
 */
final class EndedEngineTest {
    /** A step of minutes. */
    private static final String SCRIPT = String.join("\n",
            "import tensorflow as tf",
            "a = tf.ones([12000, 12000])",
            "for i in range(20):",
            "    a = tf.matmul(a, a)",
            "s = tf.Session()",
            "s.run(tf.constant(1))",
            "print('begins', flush=True)",
            "s.run(tf.reduce_sum(a))");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"INT, 2, 130", "TERM, 15, 143", "HUP, 1, 129"})
    void endsAtOnce(String signal, int number, int status) throws Exception {
        Path log = folder.resolve("log");
        Files.writeString(folder.resolve("long.py"), SCRIPT);
        Process nn = new ProcessBuilder(Path.of("nn").toAbsolutePath().toString(), "--engine", "tensorflow", "long.py")
                .directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            for (int i = 0; i < 600 && nn.isAlive() && !Files.readString(log).contains("begins"); i++) {
                Thread.sleep(100);
            }
            assertTrue(Files.readString(log).contains("begins"), () -> "no beginning: " + log);
            Thread.sleep(1500);
            assumeTrue(!isIgnored(nn, number), "this process was started where the signal is ignored");
            new ProcessBuilder("kill", "-" + signal, Long.toString(nn.pid())).start().waitFor();
            assertTrue(nn.waitFor(8, TimeUnit.SECONDS), "ends at once");
            assertEquals(status, nn.exitValue(), Files.readString(log));
            assertEquals(signal.equals("INT"), Files.readString(log).contains("KeyboardInterrupt"));
            try (var files = Files.list(folder)) {
                assertEquals(List.of("log", "long.py"), files.map(f -> f.getFileName().toString()).sorted().toList());
            }
        } finally {
            nn.destroyForcibly().waitFor();
        }
    }

    private static boolean isIgnored(Process process, int signal) throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        if (!Files.exists(status)) {
            return false;
        }
        String mask = Files.readAllLines(status).stream().filter(line -> line.startsWith("SigIgn:")).findFirst().orElse("SigIgn:0");
        return new BigInteger(mask.substring("SigIgn:".length()).strip(), 16).testBit(signal - 1);
    }
}
