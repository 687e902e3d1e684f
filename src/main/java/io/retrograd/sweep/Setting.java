package io.retrograd.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A constant of the script and the values that it takes in turn.
 *
 * @param values expressions of the language, as they would stand in the script
 */
public record Setting(String name, List<String> values) {
    private static final Pattern RANGE = Pattern.compile("(-?\\d{1,9})\\.\\.(-?\\d{1,9})");
    private static final int LONGEST_RANGE = 100_000;

    /**
     * Reads {@code NAME=VALUE,VALUE...}. Commas in brackets and quotes part no values; {@code 1..5} stands for 1,2,3,4,5.
     *
     * @throws SweepProblem if it is no such text
     */
    public static Setting parse(String text) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? "" : text.substring(0, equals).strip();
        if (name.isEmpty() || !Character.isUnicodeIdentifierStart(name.codePointAt(0)) && name.charAt(0) != '_') {
            throw new SweepProblem("--set wants NAME=VALUE,VALUE...: '" + text + "'");
        }
        List<String> values = values(text.substring(equals + 1));
        if (values.isEmpty()) {
            throw new SweepProblem("--set " + name + ": a value is missing");
        }
        return new Setting(name, values);
    }

    /** Reads the seeds: whole numbers and ranges. */
    public static List<Long> seeds(String text) {
        List<Long> seeds = new ArrayList<>();
        for (String value : values(text)) {
            try {
                seeds.add(Long.parseLong(value));
            } catch (NumberFormatException notANumber) {
                throw new SweepProblem("--seeds wants whole numbers or a range such as 1..5: '" + text + "'");
            }
        }
        if (seeds.isEmpty()) {
            throw new SweepProblem("--seeds wants whole numbers or a range such as 1..5");
        }
        return seeds;
    }

    private static List<String> values(String text) {
        List<String> values = new ArrayList<>();
        for (String part : parts(text)) {
            Matcher range = RANGE.matcher(part);
            if (!range.matches()) {
                values.add(part);
                continue;
            }
            long from = Long.parseLong(range.group(1));
            long to = Long.parseLong(range.group(2));
            if (Math.abs(to - from) >= LONGEST_RANGE) {
                throw new SweepProblem("the range " + part + " is too long");
            }
            for (long v = from; from <= to ? v <= to : v >= to; v += from <= to ? 1 : -1) {
                values.add(Long.toString(v));
            }
        }
        return values;
    }

    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        char quote = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if ("([{".indexOf(c) >= 0) {
                depth++;
            } else if (")]}".indexOf(c) >= 0) {
                depth--;
            } else if (c == ',' && depth == 0) {
                parts.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(text.substring(start).strip());
        parts.removeIf(String::isEmpty);
        return parts;
    }
}
