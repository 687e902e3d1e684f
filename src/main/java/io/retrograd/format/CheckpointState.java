package io.retrograd.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The text file {@code checkpoint}, which names the newest checkpoint of a folder and those before it, oldest
 * first. Paths are as written: relative ones are meant from the folder.
 */
public record CheckpointState(String newest, List<String> all) {
    private static final String NEWEST = "model_checkpoint_path";
    private static final String ALL = "all_model_checkpoint_paths";

    /** Writes the file under a temporary name and renames it. */
    public void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder(NEWEST + ": " + quote(newest) + "\n");
        for (String path : all) {
            text.append(ALL).append(": ").append(quote(path)).append('\n');
        }
        WholeFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** What the file says; empty if there is none or it names no checkpoint. */
    public static Optional<CheckpointState> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        String newest = "";
        List<String> all = new ArrayList<>();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                continue;
            }
            String key = line.substring(0, colon).trim();
            String value = unquote(line.substring(colon + 1).trim());
            if (key.equals(NEWEST)) {
                newest = value;
            } else if (key.equals(ALL)) {
                all.add(value);
            }
        }
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        if (all.isEmpty() || !all.get(all.size() - 1).equals(newest)) {
            all.remove(newest);
            all.add(newest);
        }
        return Optional.of(new CheckpointState(newest, List.copyOf(all)));
    }

    /** As protobuf's text format quotes: what is not printable ASCII as octal bytes. */
    private static String quote(String s) {
        StringBuilder q = new StringBuilder("\"");
        for (byte b : s.getBytes(StandardCharsets.UTF_8)) {
            int c = b & 0xff;
            if (c == '"' || c == '\\' || c == '\'') {
                q.append('\\').append((char) c);
            } else if (c >= 32 && c < 127) {
                q.append((char) c);
            } else {
                q.append('\\').append((char) ('0' + (c >> 6))).append((char) ('0' + (c >> 3 & 7))).append((char) ('0' + (c & 7)));
            }
        }
        return q.append('"').toString();
    }

    private static String unquote(String s) {
        if (s.length() < 2 || s.charAt(0) != '"' && s.charAt(0) != '\'') {
            return s;
        }
        WireBuffer out = new WireBuffer();
        for (int i = 1; i < s.length() - 1; i++) {
            char c = s.charAt(i);
            if (c != '\\') {
                out.raw(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            c = s.charAt(++i);
            if (c >= '0' && c <= '7') {
                int v = 0;
                int end = Math.min(i + 3, s.length() - 1);
                while (i < end && s.charAt(i) >= '0' && s.charAt(i) <= '7') {
                    v = v * 8 + s.charAt(i++) - '0';
                }
                i--;
                out.octet(v);
            } else {
                out.octet(c == 'n' ? '\n' : c == 't' ? '\t' : c);
            }
        }
        return new String(out.toBytes(), StandardCharsets.UTF_8);
    }
}
