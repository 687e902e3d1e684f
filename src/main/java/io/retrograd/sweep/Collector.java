package io.retrograd.sweep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a run tells: the values that it reports, and where it reports none the last number of each pattern of printed lines. Lines that
 * differ in their numbers alone are of one pattern; the last of them counts.
 */
final class Collector {
    private static final Pattern NUMBER = Pattern.compile(
            "(?<![\\w.])[-+]?(?:(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?|nan|inf)(?![\\w])");

    /** Patterns of one run; what prints more than this prints data. */
    private static final int MOST = 50;

    private static final int LONGEST_LINE = 10_000;

    /** A pattern's names, the short one first, and its present value. */
    private record Found(String label, double value) {}

    private final Map<String, Object> reported = new LinkedHashMap<>();
    private final Map<String, Found> patterns = new LinkedHashMap<>();
    private final StringBuilder line = new StringBuilder();

    /** A value that the script reports. */
    synchronized void report(String name, Object value) {
        reported.put(name, value);
    }

    /** Text that the script prints. */
    synchronized void print(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r') {
                line(line.toString());
                line.setLength(0);
            } else if (line.length() < LONGEST_LINE) {
                line.append(c);
            }
        }
    }

    private void line(String text) {
        Matcher m = NUMBER.matcher(text);
        StringBuilder pattern = new StringBuilder();
        int before = 0;
        int from = 0;
        int to = 0;
        String last = "";
        while (m.find()) {
            pattern.append(text, to, m.start()).append('#');
            before = to;
            from = m.start();
            to = m.end();
            last = m.group();
        }
        pattern.append(text, to, text.length());
        boolean says = pattern.chars().anyMatch(Character::isLetter);
        if (last.isEmpty() || !says) {
            return;
        }
        String key = pattern.toString().strip().replaceAll("\\s+", " ");
        if (patterns.containsKey(key) || patterns.size() < MOST) {
            String label = text.substring(before, from).replaceAll("^[^\\p{L}\\p{N}_]+|[^\\p{L}\\p{N}_)\\]%]+$", "").replaceAll("\\s+", " ");
            patterns.put(key, new Found(label, number(last)));
        }
    }

    private static double number(String text) {
        return switch (text) {
            case "nan", "+nan", "-nan" -> Double.NaN;
            case "inf", "+inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /** Name and value of each; a pattern's name is what stands before its last number where that is enough to tell it. */
    synchronized Map<String, Object> values() {
        if (line.length() > 0) {
            line(line.toString());
            line.setLength(0);
        }
        if (!reported.isEmpty()) {
            return new LinkedHashMap<>(reported);
        }
        Map<String, Integer> labels = new HashMap<>();
        patterns.values().forEach(f -> labels.merge(f.label(), 1, Integer::sum));
        Map<String, Object> values = new LinkedHashMap<>();
        List<String> keys = new ArrayList<>(patterns.keySet());
        for (String key : keys) {
            Found f = patterns.get(key);
            boolean enough = f.label().chars().anyMatch(Character::isLetter) && labels.get(f.label()) == 1;
            values.put(enough ? f.label() : key, f.value());
        }
        return values;
    }
}
