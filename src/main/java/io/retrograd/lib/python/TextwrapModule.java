package io.retrograd.lib.python;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The module {@code textwrap}. */
final class TextwrapModule {
    private TextwrapModule() {}

    static ModuleValue make(Machine m) {
        return new ModuleValue("textwrap").with(TextwrapModuleTable.TABLE);
    }

    /** The words of a text in lines of that width. */
    static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            String left = word;
            if (!line.isEmpty() && line.length() + 1 + left.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            while (line.isEmpty() && left.length() > width) {
                lines.add(left.substring(0, width));
                left = left.substring(width);
            }
            line.append(line.isEmpty() ? "" : " ").append(left);
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }

    @Builtin(value = "wrap", signature = "text, width=70, **options", doc = "The words of a text in lines.")
    static Object wrap(Machine m, String text, int width, Map<String, Object> options) {
        return ListValue.copyOf(wrapped(text, width));
    }

    @Builtin(value = "fill", signature = "text, width=70, **options", doc = "A text with its words in lines.")
    static String fill(Machine m, String text, int width, Map<String, Object> options) {
        return String.join("\n", wrapped(text, width));
    }

    @Builtin(value = "shorten", signature = "text, width, *, placeholder=' [...]'", doc = "As many words of a text as fit the width.")
    static String shorten(Machine m, String text, int width, String placeholder) {
        String plain = String.join(" ", text.strip().split("\\s+"));
        if (plain.length() <= width) {
            return plain;
        }
        String head = plain.substring(0, Math.max(0, width - placeholder.length() + 1));
        int space = head.lastIndexOf(' ');
        return space < 0 ? placeholder.strip() : head.substring(0, space) + placeholder;
    }

    @Builtin(value = "dedent", signature = "text", doc = "A text without the white space that all its lines begin with.")
    static String dedent(Machine m, String text) {
        String common = null;
        String[] lines = text.split("\n", -1);
        for (String line : lines) {
            if (line.isBlank()) {
                continue;
            }
            String margin = line.substring(0, line.length() - line.stripLeading().length());
            if (common == null) {
                common = margin;
            }
            int n = 0;
            while (n < common.length() && n < margin.length() && common.charAt(n) == margin.charAt(n)) {
                n++;
            }
            common = common.substring(0, n);
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < lines.length; i++) {
            out.append(i > 0 ? "\n" : "").append(lines[i].isBlank() ? "" : lines[i].substring(common == null ? 0 : common.length()));
        }
        return out.toString();
    }

    @Builtin(value = "indent", signature = "text, prefix, predicate=None", doc = "A text with a prefix before every line that is not blank.")
    static String indent(Machine m, String text, String prefix, Object predicate) {
        StringBuilder out = new StringBuilder();
        for (String line : text.split("(?<=\n)")) {
            out.append(line.isBlank() ? "" : prefix).append(line);
        }
        return out.toString();
    }
}
