package io.retrograd.cli;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Two texts that scripts printed, compared line by line: words must be equal, numbers nearly. */
final class Printed {
    private static final Pattern NUMBER = Pattern.compile("[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?");

    /** What single precision and another order of sums may change in trained weights. */
    static final double RELATIVE = 1e-3;
    static final double ABSOLUTE = 2e-5;

    private Printed() {}

    /** A line that differs, from 1; a text that ends earlier has an empty line there. */
    record Difference(int line, String first, String second) {}

    static Optional<Difference> firstDifference(String first, String second) {
        List<String> a = first.lines().toList();
        List<String> b = second.lines().toList();
        for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
            String x = i < a.size() ? a.get(i) : "";
            String y = i < b.size() ? b.get(i) : "";
            if (i >= a.size() || i >= b.size() || !near(x, y)) {
                return Optional.of(new Difference(i + 1, x, y));
            }
        }
        return Optional.empty();
    }

    private static boolean near(String a, String b) {
        if (a.equals(b)) {
            return true;
        }
        if (!words(a).equals(words(b))) {
            return false;
        }
        List<Double> x = numbers(a);
        List<Double> y = numbers(b);
        for (int i = 0; i < x.size(); i++) {
            double gap = Math.abs(x.get(i) - y.get(i));
            if (!(gap <= ABSOLUTE + RELATIVE * Math.max(Math.abs(x.get(i)), Math.abs(y.get(i))))) {
                return false;
            }
        }
        return x.size() == y.size();
    }

    private static String words(String line) {
        return NUMBER.matcher(line).replaceAll("#").replaceAll("\\s+", "");
    }

    private static List<Double> numbers(String line) {
        return NUMBER.matcher(line).results().map(MatchResult::group).map(Double::valueOf).toList();
    }
}
