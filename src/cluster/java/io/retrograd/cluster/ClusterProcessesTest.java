package io.retrograd.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sample of a cluster as its users run it: processes on this machine, some of them killed. Runs only in the Maven
 * profile {@code cluster}, and needs the add-on ({@code nn engine add tensorflow}).
 */
final class ClusterProcessesTest {
    private static final Path SAMPLE = Path.of("samples/cluster").toAbsolutePath();

    @TempDir
    private Path folder;

    private final List<Task> started = new ArrayList<>();
    private final String ps = "localhost:" + freePort();
    private final String workers = "localhost:" + freePort() + ",localhost:" + freePort();

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A running command and what it has printed. */
    private record Task(Process process, Path log) {
        String printed() throws IOException {
            return Files.readString(log);
        }

        void awaitText(String text) throws Exception {
            for (int i = 0; i < 600 && process.isAlive() && !printed().contains(text); i++) {
                Thread.sleep(100);
            }
            assertTrue(printed().contains(text), () -> "no '" + text + "' in " + log);
        }

        int end(int seconds) throws Exception {
            assertTrue(process.waitFor(seconds, TimeUnit.SECONDS), () -> "still running: " + log);
            return process.exitValue();
        }

        void kill() throws Exception {
            process.destroyForcibly().waitFor();
        }
    }

    private Task start(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-cp",
                System.getProperty("java.class.path"), "io.retrograd.cli.Main"));
        command.addAll(List.of(arguments));
        Path log = folder.resolve(name + ".log");
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        Task task = new Task(process, log);
        started.add(task);
        return task;
    }

    private Task worker(String name, int task, int steps, int timeout) throws IOException {
        return start(name, "--listen-on-all-interfaces", "--cluster-timeout", Integer.toString(timeout),
                SAMPLE.resolve("mnist_cluster.nn").toString(), "--job_name=worker", "--task_index=" + task, "--ps_hosts=" + ps,
                "--worker_hosts=" + workers, "--steps=" + steps);
    }

    private Task parameters() throws IOException {
        Path cluster = folder.resolve("cluster.json");
        Files.writeString(cluster, "{\"ps\": [\"" + ps + "\"], \"worker\": [\"" + workers.replace(",", "\", \"") + "\"]}");
        return start("ps", "serve", "--cluster", cluster.toString(), "--job", "ps", "--task", "0", "--listen-on-all-interfaces");
    }

    @AfterEach
    void endAll() {
        started.forEach(t -> t.process().destroyForcibly());
    }

    @Test
    void trainsWithFourProcesses() throws Exception {
        parameters();
        Task first = worker("first", 0, 300, 60);
        Task second = worker("second", 1, 300, 60);
        Task watch = start("watch", SAMPLE.resolve("mnist_watch.nn").toString(), "--ps=" + ps, "--steps=300", "--seconds=1");
        assertEquals(0, first.end(120));
        assertEquals(0, second.end(60));
        assertEquals(0, watch.end(60));
        assertTrue(watch.printed().contains("of the test digits are right"));
    }

    @Test
    void goesOnAfterAWorkerWasKilled() throws Exception {
        parameters();
        Task first = worker("first", 0, 1500, 60);
        Task second = worker("second", 1, 1500, 60);
        second.awaitText("worker 1: 100 steps");
        second.kill();
        first.awaitText("worker 0: 400 steps");
        Task again = worker("again", 1, 1500, 60);
        again.awaitText("worker 1 begins at step");
        assertTrue(!again.printed().contains("begins at step 0\n"));
        assertEquals(0, again.end(120));
        assertEquals(0, first.end(60));
    }

    @Test
    void goesOnFromACheckpointAfterTheChiefWasKilled() throws Exception {
        parameters();
        Task first = worker("first", 0, 1000, 60);
        first.awaitText("worker 0: 200 steps");
        first.kill();
        Task again = worker("again", 0, 1000, 60);
        again.awaitText("worker 0 begins at step");
        assertTrue(!again.printed().contains("begins at step 0\n"));
        assertEquals(0, again.end(120));
    }

    @Test
    void saysWhenTheParameterServerIsGone() throws Exception {
        Task parameters = parameters();
        Task first = worker("first", 0, 1_000_000, 10);
        first.awaitText("worker 0: 200 steps");
        parameters.kill();
        assertNotEquals(0, first.end(30));
        assertTrue(first.printed().contains("DeadlineExceededError: No answer from /job:ps/task:0 at " + ps + " within 10 seconds"));
        assertTrue(Files.exists(folder.resolve("cluster_model").resolve("checkpoint")));
    }

    @Test
    void refusesToListenUnasked() throws Exception {
        Task server = start("server", SAMPLE.resolve("mnist_cluster.nn").toString(), "--job_name=ps");
        assertEquals(1, server.end(60));
        assertTrue(server.printed().contains("run nn --listen-on-all-interfaces SCRIPT"));
    }
}
