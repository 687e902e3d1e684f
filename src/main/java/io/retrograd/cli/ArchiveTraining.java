package io.retrograd.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jline.nativ.JLineNativeLoader;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.impl.jni.JniTerminalProvider;
import org.jline.terminal.spi.Pty;

/**
 * What the launcher runs once after a build: starts the command with the JVM archiving whatever classes it loads, on a
 * script that trains and then on a session at a terminal made for the purpose, so that both start quickly. Arguments:
 * the script, the folder to keep the terminal's native library in, the JVM's options for the archive.
 */
final class ArchiveTraining {
    private static final long LONGEST_SECONDS = 60;
    private static final String CTRL_U = "\u0015";

    /** What is typed: an expression, a tensor, a completion, a mistake, a block. */
    private static final List<String> KEYS = List.of(
            "1 + 2\r", "w1\r", "loss\r", "tf.matmul(a, \t", CTRL_U, ":vars\r", "nowhere\r", "for i in [1]: i\r", "\r", ":quit\r");

    private ArchiveTraining() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Dfile.encoding=UTF-8",
                "-Dlibrary.jline.path=" + args[1], "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(args).subList(2, args.length));
        try {
            Pty terminal = new JniTerminalProvider().open(new Attributes(), new Size(100, 40));
            keepLibrary(Path.of(args[1]));
            command.addAll(List.of("-Dretrograd.terminals=012", "io.retrograd.cli.Main", "-i", args[0]));
            halt(session(command, terminal));
        } catch (IOException | LinkageError noTerminal) {
            command.addAll(List.of("io.retrograd.cli.Main", args[0]));
            ProcessBuilder script = new ProcessBuilder(command);
            script.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
            halt(script.start());
        }
    }

    private static void keepLibrary(Path folder) throws IOException {
        Path unpacked = Path.of(JLineNativeLoader.getNativeLibraryPath());
        Path kept = folder.resolve(System.mapLibraryName("jlinenative"));
        Files.createDirectories(folder);
        if (!unpacked.toAbsolutePath().equals(kept.toAbsolutePath())) {
            Files.copy(unpacked, kept, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static Process session(List<String> command, Pty terminal) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        File line = new File(terminal.toString().replaceAll(".*\\[(.*)\\].*", "$1"));
        builder.redirectInput(line).redirectOutput(line).redirectError(line);
        Map<String, String> environment = builder.environment();
        environment.put("TERM", "xterm-256color");
        environment.put("NN_HISTORY", "");
        environment.remove("NO_COLOR");
        Process process = builder.start();
        StringBuffer seen = new StringBuffer();
        InputStream screen = terminal.getMasterInput();
        Thread reader = new Thread(() -> {
            byte[] bytes = new byte[8192];
            try {
                for (int n = screen.read(bytes); n >= 0; n = screen.read(bytes)) {
                    seen.append(new String(bytes, 0, n, StandardCharsets.ISO_8859_1));
                }
            } catch (IOException closed) {
                return;
            }
        });
        reader.setDaemon(true);
        reader.start();
        OutputStream keyboard = terminal.getMasterOutput();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        while (seen.indexOf("In [") < 0 && process.isAlive() && System.nanoTime() < end) {
            Thread.sleep(50);
        }
        for (String each : KEYS) {
            keyboard.write(each.getBytes(StandardCharsets.UTF_8));
            keyboard.flush();
            Thread.sleep(300);
        }
        return process;
    }

    /** Ends as the process does: only one that came to its end has written a whole archive. */
    private static void halt(Process process) throws InterruptedException {
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            Runtime.getRuntime().halt(1);
        }
        Runtime.getRuntime().halt(process.exitValue());
    }
}
