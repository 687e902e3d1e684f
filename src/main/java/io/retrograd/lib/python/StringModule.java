package io.retrograd.lib.python;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.IntMath;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;

/** The module {@code string}. */
final class StringModule {
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String DIGITS = "0123456789";
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    private static final String SPACE = " \t\n\r\u000b\f";

    private StringModule() {}

    static ModuleValue make(Machine m) {
        return new ModuleValue("string").with(StringModuleTable.TABLE)
                .with("ascii_lowercase", LOWER).with("ascii_uppercase", UPPER).with("ascii_letters", LOWER + UPPER)
                .with("lowercase", LOWER).with("uppercase", UPPER).with("letters", LOWER + UPPER)
                .with("digits", DIGITS).with("hexdigits", DIGITS + "abcdefABCDEF").with("octdigits", "01234567")
                .with("punctuation", PUNCTUATION).with("whitespace", SPACE)
                .with("printable", DIGITS + LOWER + UPPER + PUNCTUATION + SPACE);
    }

    @Builtin(value = "capwords", signature = "s, sep=None", doc = "Every word capitalized, with one separator between words.")
    static Object capitalizeWords(Machine m, String s, Object sep) {
        ListValue words = (ListValue) (sep == None.NONE ? Semantics.callMethod(m, s, "split") : Semantics.callMethod(m, s, "split", sep));
        for (int i = 0; i < words.size(); i++) {
            words.set(i, Semantics.callMethod(m, words.get(i), "capitalize"));
        }
        return Semantics.callMethod(m, sep == None.NONE ? " " : sep, "join", words);
    }

    @Builtin(value = {"join", "joinfields"}, signature = "words, sep=' '", doc = "Python 2's function for str.join.")
    static Object join(Machine m, Object words, String sep) {
        return Semantics.callMethod(m, sep, "join", words);
    }

    @Builtin(value = "lower", signature = "s", doc = "Python 2's function for str.lower.")
    static Object lower(Machine m, String s) {
        return Semantics.callMethod(m, s, "lower");
    }

    @Builtin(value = "split", signature = "s, sep=None", doc = "Python 2's function for str.split.")
    static Object split(Machine m, String s, Object sep) {
        return Semantics.callMethod(m, s, "split", sep);
    }

    @Builtin(value = "replace", signature = "s, old, new", doc = "Python 2's function for str.replace.")
    static Object replace(Machine m, String s, String old, String by) {
        return s.replace(old, by);
    }

    @Builtin(value = {"atoi", "atol"}, signature = "s", doc = "Python 2's function for int.")
    static Object toInt(Machine m, String s) {
        return IntMath.parse(s, 10, () -> Semantics.repr(m, s));
    }
}
