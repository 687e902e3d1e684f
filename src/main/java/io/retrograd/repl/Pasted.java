package io.retrograd.repl;

import java.util.List;
import java.util.stream.Collectors;

/** A pasted text without what surrounds code where it was copied: prompts, a common indentation. */
final class Pasted {
    private Pasted() {}

    static String plain(String text) {
        List<String> lines = text.lines().toList();
        if (lines.stream().anyMatch(line -> line.startsWith(">>> "))) {
            return lines.stream()
                    .filter(line -> line.startsWith(">>> ") || line.startsWith("... ") || line.equals("...") || line.equals(">>>"))
                    .map(line -> line.length() > 4 ? line.substring(4) : "")
                    .collect(Collectors.joining("\n", "", "\n"));
        }
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
