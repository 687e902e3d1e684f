package io.retrograd.lib.python;

import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.PercentFormat;
import io.retrograd.lang.value.Semantics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The text that says how a script is used, with the line breaks of Python's argparse. */
final class ArgumentHelp {
    private final Machine m;
    private final ArgumentParser parser;

    ArgumentHelp(Machine m, ArgumentParser parser) {
        this.m = m;
        this.parser = parser;
    }

    private String values(Argument a) {
        String name = a.valueName();
        if (name == null) {
            name = "{" + choiceList(m, a, ",", false) + "}";
        }
        if (a.count() instanceof Long n) {
            return String.join(" ", Collections.nCopies((int) (long) n, name));
        }
        return a.count() == None.NONE
                ? name
                : switch ((String) a.count()) {
                    case "?" -> "[" + name + "]";
                    case "*" -> "[" + name + " ...]";
                    case "+" -> name + " [" + name + " ...]";
                    default -> "...";
                };
    }

    static String choiceList(Machine m, Argument a, String between, boolean quoted) {
        StringBuilder out = new StringBuilder();
        for (Object each : Semantics.elements(m, a.choices())) {
            out.append(out.isEmpty() ? "" : between).append(quoted ? Semantics.repr(m, each) : Semantics.str(m, each));
        }
        return out.toString();
    }

    String usage() {
        if (parser.usage() != null) {
            return "usage: " + parser.usage().replace("%(prog)s", parser.program()) + "\n";
        }
        List<String> parts = new ArrayList<>();
        for (Argument a : parser.arguments()) {
            if (a.isOption() && !a.help().equals(ArgumentParser.SUPPRESS)) {
                String s = a.flags().get(0) + (a.takesValues() ? " " + values(a) : "");
                parts.add(a.required() ? s : "[" + s + "]");
            }
        }
        for (Argument a : parser.arguments()) {
            if (!a.isOption()) {
                parts.add(values(a));
            }
        }
        String head = "usage: " + parser.program();
        String line = head + (parts.isEmpty() ? "" : " " + String.join(" ", parts));
        if (line.length() <= 78) {
            return line + "\n";
        }
        StringBuilder out = new StringBuilder(head);
        int column = head.length();
        String indent = " ".repeat(Math.min(head.length() + 1, 24));
        for (String part : parts) {
            if (column + 1 + part.length() > 78) {
                out.append('\n').append(indent).append(part);
                column = indent.length() + part.length();
            } else {
                out.append(' ').append(part);
                column += 1 + part.length();
            }
        }
        return out.append('\n').toString();
    }

    String text() {
        StringBuilder out = new StringBuilder(usage());
        String description = parser.description();
        if (description != null && !description.isEmpty()) {
            out.append('\n').append(description).append('\n');
        }
        section(out, "positional arguments", false);
        section(out, "options", true);
        if (parser.epilog() != null) {
            out.append('\n').append(parser.epilog()).append('\n');
        }
        return out.toString();
    }

    private void section(StringBuilder out, String title, boolean options) {
        boolean first = true;
        int widest = 0;
        for (Argument a : parser.arguments()) {
            widest = Math.max(widest, heading(a).length());
        }
        int column = Math.min(24, widest + 4);
        for (Argument a : parser.arguments()) {
            if (a.isOption() != options || a.help().equals(ArgumentParser.SUPPRESS)) {
                continue;
            }
            if (first) {
                out.append('\n').append(title).append(":\n");
                first = false;
            }
            String head = "  " + heading(a);
            String help = expanded(a);
            if (help.isEmpty()) {
                out.append(head).append('\n');
                continue;
            }
            out.append(head);
            if (head.length() > column - 2) {
                out.append('\n').append(" ".repeat(column));
            } else {
                out.append(" ".repeat(column - head.length()));
            }
            out.append(String.join("\n" + " ".repeat(column), TextwrapModule.wrapped(help, Math.max(11, 78 - column)))).append('\n');
        }
    }

    private String heading(Argument a) {
        if (!a.isOption()) {
            return a.valueName() == null ? values(a) : a.valueName();
        }
        List<String> parts = new ArrayList<>();
        for (String flag : a.flags()) {
            parts.add(a.takesValues() ? flag + " " + values(a) : flag);
        }
        return String.join(", ", parts);
    }

    private String expanded(Argument a) {
        String help = a.help();
        boolean tells = parser.showsDefaults() && a.fallback() != None.NONE && !ArgumentParser.SUPPRESS.equals(a.fallback()) && !help.contains("%(default)");
        if (tells && a.isOption()) {
            help += " (default: %(default)s)";
        }
        if (help.indexOf('%') < 0) {
            return help;
        }
        DictValue values = new DictValue();
        values.putText("default", a.fallback());
        values.putText("prog", parser.program());
        values.putText("type", a.type() == None.NONE ? None.NONE : Semantics.attribute(m, a.type(), "__name__"));
        values.putText("choices", a.choices() == None.NONE ? None.NONE : choiceList(m, a, ", ", false));
        values.putText("dest", a.name());
        return PercentFormat.format(m, help, values);
    }
}
