package io.retrograd.cli;

import java.util.Locale;

/** The locale that the process was started in: it chooses the language of explanations, nothing else. */
final class UserLocale {
    private static volatile Locale locale = Locale.ROOT;

    private UserLocale() {}

    static void remember(Locale started) {
        locale = started;
    }

    static Locale get() {
        return locale;
    }
}
