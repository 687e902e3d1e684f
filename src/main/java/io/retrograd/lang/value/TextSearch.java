package io.retrograd.lang.value;

import io.retrograd.error.StopCheck;

/**
 * Looks for a text in another one. The JDK's search is the fastest for what scripts usually look for, but takes the product of
 * both lengths where a script means harm; there the search of Knuth, Morris and Pratt (SIAM J. Comput. 6, 1977) is used.
 */
final class TextSearch {
    private static final long LARGE = 1L << 26;

    private TextSearch() {}

    /** Where it first begins, from that place on; -1 if nowhere. */
    static int first(String text, String part, int from) {
        return isLarge(text, part) ? linear(text, part, from, text.length() - part.length(), true) : text.indexOf(part, from);
    }

    /** Where it last begins, up to that place; -1 if nowhere. */
    static int last(String text, String part, int upTo) {
        return isLarge(text, part) ? linear(text, part, 0, upTo, false) : text.lastIndexOf(part, upTo);
    }

    private static boolean isLarge(String text, String part) {
        return (long) text.length() * part.length() > LARGE;
    }

    private static int linear(String text, String part, int from, int upTo, boolean first) {
        int[] shorter = new int[part.length() + 1];
        shorter[0] = -1;
        for (int i = 0, k = -1; i < part.length(); ) {
            if ((i & StopCheck.INTERVAL - 1) == 0) {
                StopCheck.ask();
            }
            while (k >= 0 && part.charAt(i) != part.charAt(k)) {
                k = shorter[k];
            }
            shorter[++i] = ++k;
        }
        int found = -1;
        int k = 0;
        for (int i = from; i < text.length(); ) {
            if ((i & StopCheck.INTERVAL - 1) == 0) {
                StopCheck.ask();
            }
            while (k >= 0 && (k == part.length() || text.charAt(i) != part.charAt(k))) {
                k = shorter[k];
            }
            i++;
            k++;
            if (k == part.length()) {
                int at = i - k;
                if (at > upTo) {
                    break;
                }
                found = at;
                if (first) {
                    break;
                }
            }
        }
        return found;
    }
}
