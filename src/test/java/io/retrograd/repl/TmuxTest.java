package io.retrograd.repl;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole command in a real terminal, where tmux is there to be one. */
class TmuxTest {
    @TempDir
    Path folder;

    private String socket;

    private String tmux(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tmux", "-L", socket, "-f", "/dev/null"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(10, TimeUnit.SECONDS);
        return out;
    }

    private String await(String wanted) throws IOException, InterruptedException {
        String screen = "";
        for (int i = 0; i < 300; i++) {
            screen = tmux("capture-pane", "-p", "-t", "nn");
            if (screen.contains(wanted)) {
                return screen;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("'" + wanted + "' is not on the screen:\n" + screen);
    }

    @BeforeEach
    void open() throws InterruptedException {
        socket = "retrograd-" + ProcessHandle.current().pid();
        boolean there;
        try {
            there = new ProcessBuilder("tmux", "-V").start().waitFor() == 0;
        } catch (IOException missing) {
            there = false;
        }
        assumeTrue(there, "tmux is not installed: the end-to-end test of the session is skipped");
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        tmux("kill-server");
    }

    @Test
    void answersTypesInterruptsAndLeaves() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String command = "HOME='" + folder + "' '" + java + "' -Dretrograd.terminals=012 -cp '" + System.getProperty("java.class.path")
                + "' io.retrograd.cli.Main; echo left with $?; sleep 60";
        tmux("new-session", "-d", "-s", "nn", "-x", "80", "-y", "40", command);
        await("In [1]:");
        tmux("send-keys", "-t", "nn", "for i in range(3):", "Enter");
        await("...:");
        tmux("send-keys", "-t", "nn", "print('turn', i)", "Enter", "Enter");
        await("turn 2");
        await("In [2]:");
        tmux("send-keys", "-t", "nn", "while True: pass", "Enter", "Enter");
        Thread.sleep(500);
        tmux("send-keys", "-t", "nn", "C-c");
        await("KeyboardInterrupt");
        await("In [3]:");
        tmux("send-keys", "-t", "nn", "i", "Enter");
        assertTrue(await("In [4]:").contains("\n2\n"), "variables stay");
        Path script = Files.writeString(folder.resolve("note.py"), """
                import tensorflow as tf

                def double(t):
                    r = t * 2

                    return r

                w = tf.Variable([1.0, 2.0])
                loss = tf.reduce_sum(tf.square(double(w)))
                train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
                sess.run(tf.global_variables_initializer())
                print("before", sess.run(loss))
                """);
        tmux("load-buffer", script.toString());
        tmux("paste-buffer", "-p", "-t", "nn");
        tmux("send-keys", "-t", "nn", "Enter");
        await("before 20.0");
        await("In [5]:");
        tmux("send-keys", "-t", "nn", ":save '" + folder.resolve("saved.nn") + "'", "Enter");
        await("saved");
        tmux("send-keys", "-t", "nn", "C-l", ":run '" + folder.resolve("saved.nn") + "'", "Enter");
        await("before 20.0");
        tmux("send-keys", "-t", "nn", "while True: run(train)", "Enter", "Enter");
        Thread.sleep(1500);
        tmux("send-keys", "-t", "nn", "C-c");
        await("KeyboardInterrupt");
        tmux("send-keys", "-t", "nn", "C-l", "float(run(loss)) < 20", "Enter");
        await("True");
        tmux("send-keys", "-t", "nn", ":undo", "Enter");
        await("stays: what it ran");
        tmux("send-keys", "-t", "nn", "C-d");
        await("left with 0");
    }
}
