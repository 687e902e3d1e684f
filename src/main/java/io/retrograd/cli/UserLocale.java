package io.retrograd.cli;

import java.util.Locale;
import java.util.Optional;

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

    /**
     * The language asked for by name, or else the user's own: as the environment says it, which a system without that
     * locale's files does not tell the JVM, or else as the system does.
     *
     * @param name as {@code --lang} takes it; empty for the user's own
     * @throws IllegalArgumentException for a language that there are no messages in
     */
    static Locale language(String name) {
        if (name.isEmpty()) {
            return byEnvironment().orElse(locale);
        }
        String language = language(name, "");
        if (!language.equals("en") && !language.equals("zh")) {
            throw new IllegalArgumentException("--lang takes en or zh, not '" + name + "'");
        }
        return Locale.forLanguageTag(language);
    }

    private static Optional<Locale> byEnvironment() {
        String[] variables = {"NN_LC_ALL", "LC_ALL", "LC_MESSAGES", "LANG"};
        for (String variable : variables) {
            String value = System.getenv(variable);
            // The launcher puts C.UTF-8 in the place of a locale that is not UTF-8.
            if (value != null && !value.isEmpty() && !(variable.equals("LC_ALL") && value.equals("C.UTF-8"))) {
                return Optional.of(Locale.forLanguageTag(language(value, "en")));
            }
        }
        return Optional.empty();
    }

    /** {@code zh} of {@code zh_CN.UTF-8}; C and POSIX have none. */
    private static String language(String name, String none) {
        String language = name.split("[_.@-]", 2)[0].toLowerCase(Locale.ROOT);
        return language.equals("c") || language.equals("posix") ? none : language;
    }
}
