package io.retrograd.cli;

import io.retrograd.show.LossRecorder;
import io.retrograd.show.Messages;
import io.retrograd.show.Sparkline;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The status on standard error while a script trains for long: which step, how many a second, the last loss, its
 * course. On a terminal one line that is drawn anew and leaves no trace; elsewhere, where it was asked for, a line
 * every few seconds.
 */
final class StatusLine implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 700;
    private static final long PERIOD_MILLIS = 200;
    private static final int PERIODS_OF_LINES = 15;
    private static final int NARROW = 80;

    private final LossRecorder recorder;
    private final Supplier<Messages> messages;
    private final ProcessWorld world;
    private final boolean terminal;
    private final Thread thread;
    private final Sparkline course = new Sparkline();

    StatusLine(LossRecorder recorder, Supplier<Messages> messages, ProcessWorld world, boolean terminal) {
        this.recorder = recorder;
        this.messages = messages;
        this.world = world;
        this.terminal = terminal;
        this.thread = new Thread(this::show, "status");
        thread.setDaemon(true);
        thread.start();
    }

    private void show() {
        try {
            Thread.sleep(PATIENCE_MILLIS);
            recorder.ask();
            Thread.sleep(PERIOD_MILLIS / 4);
            long steps = recorder.steps();
            long since = System.nanoTime();
            double speed = 0;
            int columns = terminal ? columns() : Integer.MAX_VALUE;
            FileOutputStream err = new FileOutputStream(FileDescriptor.err);
            for (int period = 1; ; period++) {
                recorder.ask();
                Thread.sleep(PERIOD_MILLIS);
                long now = System.nanoTime();
                long done = recorder.steps() - steps;
                if (done <= 0) {
                    continue;
                }
                double fresh = done / ((now - since) / 1e9);
                speed = speed == 0 ? fresh : 0.7 * speed + 0.3 * fresh;
                steps += done;
                since = now;
                course.add(recorder.lastLoss());
                if (terminal) {
                    world.line().status(err, "\u001b[2m" + cut(text(steps, speed), columns - 1) + "\u001b[0m");
                } else if (period % PERIODS_OF_LINES == 1) {
                    world.err().write(text(steps, speed) + "\n");
                }
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private String text(long steps, double speed) {
        Messages m = messages.get();
        StringBuilder text = new StringBuilder(m.get("progress.step", steps));
        String rate = String.format(Locale.ROOT, speed < 10 ? "%.1f" : "%.0f", speed);
        text.append("  ").append(m.get(recorder.isTraining() ? "progress.speed" : "progress.runs", rate));
        if (!Double.isNaN(recorder.lastLoss()) || course.text().length() > 0) {
            text.append("  ").append(m.get("progress.loss", String.format(Locale.ROOT, "%.5g", recorder.lastLoss())));
            text.append("  ").append(course.text());
        }
        return text.toString();
    }

    /** So many columns of it; what is wider than a letter takes two. */
    private static String cut(String text, int columns) {
        int used = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            used += c >= '\u2e80' && c < '\uff61' ? 2 : 1;
            if (used > columns) {
                return text.substring(0, i);
            }
        }
        return text;
    }

    /** The terminal's width, asked of stty: once, and only for a script that takes long. */
    private static int columns() throws InterruptedException {
        try {
            Process stty = new ProcessBuilder("sh", "-c", "stty size </dev/tty 2>/dev/null").start();
            stty.getOutputStream().close();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroy();
                return NARROW;
            }
            String[] size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim().split(" ");
            int columns = size.length == 2 ? Integer.parseInt(size[1]) : 0;
            return columns > 0 ? columns : NARROW;
        } catch (IOException | NumberFormatException unknown) {
            return NARROW;
        }
    }

    /** Ends it and takes the line away. */
    @Override
    public void close() {
        thread.interrupt();
        world.line().clear();
    }
}
