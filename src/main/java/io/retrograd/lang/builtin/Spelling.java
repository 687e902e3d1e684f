package io.retrograd.lang.builtin;

import java.util.Collection;
import java.util.Locale;

/** "Did you mean": the known name nearest to a misspelt one. */
public final class Spelling {
    private Spelling() {}

    /** {@code did you mean 'x'?}, or the empty string if nothing is near enough. */
    public static String suggest(String word, Collection<String> known) {
        String best = nearest(word, known);
        return best.isEmpty() ? "" : "did you mean '" + best + "'?";
    }

    /** The known name at the smallest edit distance (at most a third of the word), or the empty string. */
    public static String nearest(String word, Collection<String> known) {
        String best = "";
        int limit = Math.max(1, (word.length() + 1) / 3);
        String lower = word.toLowerCase(Locale.ROOT);
        for (String candidate : known) {
            if (Math.abs(candidate.length() - word.length()) > limit) {
                continue;
            }
            int d = distance(lower, candidate.toLowerCase(Locale.ROOT), limit);
            if (d < limit || d == limit && best.isEmpty()) {
                best = candidate;
                limit = d;
            }
        }
        return best;
    }

    /** Edit distance where a swap of neighbours counts one (optimal string alignment); limit + 1 if larger. */
    private static int distance(String a, String b, int limit) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            int smallest = i;
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
                smallest = Math.min(smallest, row[j]);
            }
            if (smallest > limit) {
                return limit + 1;
            }
            beforeLast = last;
            last = row;
        }
        return last[b.length()];
    }
}
