package io.retrograd.lang.run;

import io.retrograd.lang.value.LargeText;

/**
 * A text that a script makes longer piece by piece ({@code s += x}), kept open so that n pieces cost n steps. The
 * variable that it belongs to has no value meanwhile; whoever reads it closes the text, and the next addition goes
 * on where it was.
 */
final class GrowingText {
    /** Shorter ones are copied faster than they are looked after. */
    private static final int WORTH = 128;

    private final StringBuilder chars;
    private String text;

    private GrowingText(String first, String second) {
        chars = new StringBuilder(2 * (first.length() + second.length()));
        chars.append(first);
        add(second);
    }

    /** What a reader took before the text was made longer. */
    record Mark(GrowingText growing, int length) {
        boolean isUpToDate() {
            return growing.chars.length() == length;
        }

        String text() {
            return isUpToDate() ? growing.text() : growing.chars.substring(0, length);
        }
    }

    Mark mark() {
        return new Mark(this, chars.length());
    }

    String text() {
        if (text == null) {
            text = LargeText.made(chars.toString());
        }
        return text;
    }

    private void add(String more) {
        LargeText.grow(chars, more.length());
        chars.append(more);
        text = null;
    }

    /**
     * The text that results from adding two values, open; null where they are no texts or not long enough.
     *
     * @param a a value or a {@link Mark}
     * @param before the text that the variable was last, or null
     */
    static GrowingText of(Object a, Object b, GrowingText before) {
        if (!(a instanceof Mark || a instanceof String first && first.length() >= WORTH)) {
            return null;
        }
        Object added = b instanceof Operators.Pieces pieces ? pieces.text() : b;
        if (!(added instanceof String more)) {
            return null;
        }
        if (a instanceof Mark mark) {
            if (mark.isUpToDate() && mark.growing == before) {
                before.add(more);
                return before;
            }
            return new GrowingText(mark.text(), more);
        }
        String text = (String) a;
        if (before != null && before.text == text) {
            before.add(more);
            return before;
        }
        return new GrowingText(text, more);
    }

    /** The value itself, also where it is a mark. */
    static Object settled(Object a) {
        return a instanceof Mark mark ? mark.text() : a;
    }
}
