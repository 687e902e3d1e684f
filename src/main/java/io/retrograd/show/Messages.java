package io.retrograd.show;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The words of explanations in the reader's language: English, or Chinese. Numbers are written the same in both. */
public final class Messages {
    private final ResourceBundle bundle;
    private final String language;

    private Messages(ResourceBundle bundle, String language) {
        this.bundle = bundle;
        this.language = language;
    }

    /** The messages for that locale's language. */
    public static Messages of(Locale locale) {
        String language = locale.getLanguage().equals("zh") ? "zh" : "en";
        // English is the root bundle; without this control a Chinese default locale would win over it.
        ResourceBundle bundle = ResourceBundle.getBundle(
                "io.retrograd.show.messages",
                language.equals("zh") ? Locale.CHINESE : Locale.ROOT,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        return new Messages(bundle, language);
    }

    /** {@code en} or {@code zh}. */
    public String language() {
        return language;
    }

    /** The message with its arguments filled in. */
    public String get(String key, Object... arguments) {
        Object[] texts = new Object[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = String.valueOf(arguments[i]);
        }
        return new MessageFormat(bundle.getString(key), Locale.ROOT).format(texts);
    }

    String warning(Explanation.Warning w) {
        return get("warning." + w.key(), w.arguments().toArray());
    }
}
