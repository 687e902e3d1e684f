package io.retrograd.repl;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A pasted text without what surrounds code where it was copied: prompts, a common indentation. */
final class Pasted {
    private Pasted() {}

    /** IPython's prompts; what it prints begins with Out or with nothing. */
    private static final Pattern NOTEBOOK_PROMPT = Pattern.compile("^\\s*In ?\\[\\d+\\]: ?");
    private static final Pattern NOTEBOOK_MORE = Pattern.compile("^\\s*\\.\\.\\.+: ?");

    static String plain(String text) {
        List<String> lines = text.lines().toList();
        if (lines.stream().anyMatch(line -> NOTEBOOK_PROMPT.matcher(line).find())) {
            return lines.stream()
                    .filter(line -> NOTEBOOK_PROMPT.matcher(line).find() || NOTEBOOK_MORE.matcher(line).find())
                    .map(line -> NOTEBOOK_MORE.matcher(NOTEBOOK_PROMPT.matcher(line).replaceFirst("")).replaceFirst(""))
                    .collect(Collectors.joining("\n", "", "\n"));
        }
        if (lines.stream().anyMatch(line -> line.startsWith(">>> "))) {
            return lines.stream()
                    .filter(line -> line.startsWith(">>> ") || line.startsWith("... ") || line.equals("...") || line.equals(">>>"))
                    .map(line -> line.length() > 4 ? line.substring(4) : "")
                    .collect(Collectors.joining("\n", "", "\n"));
        }
        return dedented(text);
    }

    /** The text without an indentation that all its lines share; inside brackets and strings too, where it means nothing. */
    static String dedented(String text) {
        List<String> lines = text.lines().toList();
        int common = lines.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(Indentation::columns)
                .min()
                .orElse(0);
        if (common == 0) {
            return text;
        }
        return lines.stream()
                .map(line -> line.length() >= common ? line.substring(common) : "")
                .collect(Collectors.joining("\n", "", text.endsWith("\n") ? "\n" : ""));
    }
}
