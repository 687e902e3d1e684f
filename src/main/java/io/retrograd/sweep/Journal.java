package io.retrograd.sweep;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.show.JsonText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The runs that are done, one line of JSON each, behind a line that says of which sweep. A line is on the disk before
 * the next run counts, so that a killed sweep loses nothing but what was running.
 */
final class Journal implements AutoCloseable {
    private final FileChannel file;

    private Journal(FileChannel file) {
        this.file = file;
    }

    /** What makes two sweeps the same: the script's text, its arguments and the runs. */
    static Map<String, Object> head(String script, String text, List<String> arguments, List<Case> cases) {
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("sweep", script);
        head.put("script", digest(text));
        head.put("arguments", arguments);
        head.put("runs", cases.size());
        head.put("settings", digest(String.join("\n", cases.stream().map(Case::toString).toList())));
        return head;
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A new journal. */
    static Journal begin(Path path, Map<String, Object> head) throws IOException {
        Journal journal = new Journal(FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING));
        journal.line(head);
        return journal;
    }

    /**
     * Goes on with a journal; what was done is added to the list. A line that a kill cut off is taken away.
     *
     * @param m whose json module reads it
     * @throws SweepProblem if it is another sweep's
     */
    static Journal goOn(Machine m, Path path, Map<String, Object> head, List<Case> cases, List<Outcome> done) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        String[] lines = new String(bytes, 0, end, StandardCharsets.UTF_8).split("\n");
        if (lines.length == 0 || !lines[0].equals(JsonText.of(head))) {
            throw new SweepProblem("'" + path + "' is the journal of another sweep: the script, its arguments or the settings have changed");
        }
        boolean[] seen = new boolean[cases.size() + 1];
        for (int i = 1; i < lines.length; i++) {
            Outcome outcome = read(m, lines[i], cases);
            if (outcome != null && !seen[outcome.run().number()]) {
                seen[outcome.run().number()] = true;
                done.add(outcome);
            }
        }
        FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE);
        file.truncate(end);
        file.position(end);
        return new Journal(file);
    }

    /** The outcome in a line; null where the line is damaged. */
    private static Outcome read(Machine m, String line, List<Case> cases) {
        try {
            Object read = Semantics.call(m, Semantics.attribute(m, m.library().module(m, "json"), "loads"), line);
            if (!(read instanceof DictValue d) || !(d.getText("run") instanceof Long number) || number < 1 || number > cases.size()
                    || !(d.getText("values") instanceof DictValue values)) {
                return null;
            }
            Map<String, Object> found = new LinkedHashMap<>();
            for (DictValue.Entries e = values.entries(); e.next();) {
                found.put((String) e.key(), special(e.value()));
            }
            double seconds = Semantics.real(m, d.getText("seconds"));
            return new Outcome(cases.get((int) (number - 1)), seconds, found, d.getText("error") instanceof String s ? s : "");
        } catch (NnError damaged) {
            return null;
        }
    }

    /** JSON has no such numbers; they were written as text. */
    private static Object special(Object value) {
        if (value == None.NONE) {
            return "";
        }
        return value instanceof String s ? switch (s) {
            case "nan" -> (Object) Double.NaN;
            case "inf" -> (Object) Double.POSITIVE_INFINITY;
            case "-inf" -> (Object) Double.NEGATIVE_INFINITY;
            default -> s;
        } : value;
    }

    /** Adds a run that is done. */
    synchronized void add(Outcome outcome) throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("run", outcome.run().number());
        line.put("settings", outcome.run().settings());
        outcome.run().seed().ifPresent(s -> line.put("seed", s));
        line.put("seconds", Math.round(outcome.seconds() * 1000) / 1000.0);
        line.put("values", outcome.values());
        line.put("error", outcome.error());
        line(line);
    }

    private void line(Map<String, Object> values) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((JsonText.of(values) + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        file.force(false);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
