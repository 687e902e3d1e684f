package io.retrograd.repl;

import io.retrograd.lang.parse.Lexeme;
import io.retrograd.lang.parse.Lexemes;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lib.tf.TensorValue;
import io.retrograd.lib.tf.VariableValue;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** What Tab offers: names, attributes, keyword arguments, feed keys, files in strings, commands; each with a line about it. */
final class EntryCompleter implements Completer {
    private static final int LONGEST_LINE = 70;

    static final List<String> KEYWORDS = List.of(
            "and", "as", "assert", "break", "class", "continue", "def", "del", "elif", "else", "except", "False", "finally",
            "for", "from", "global", "if", "import", "in", "is", "lambda", "None", "nonlocal", "not", "or", "pass", "raise",
            "return", "True", "try", "while", "with", "yield");

    private final Workspace workspace;
    private final Lookup names;

    EntryCompleter(Workspace workspace, Lookup names) {
        this.workspace = workspace;
        this.names = names;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        if (reader instanceof EntryReader own && own.isPlainText()) {
            return;
        }
        String before = line.line().substring(0, line.cursor());
        String word = line.word();
        String head = before.substring(0, before.length() - word.length());
        if (ReplCommands.isCommand(before)) {
            command(before, head, word, candidates);
        } else if (EntryParser.stringAt(line.line(), line.cursor()) != null) {
            if (!keys(line.line(), EntryParser.stringAt(line.line(), line.cursor()), candidates)) {
                files(path(head), word, candidates);
            }
        } else {
            code(head, word, candidates);
        }
    }

    // Commands

    private void command(String before, String head, String word, List<Candidate> candidates) {
        if (before.indexOf(' ') < 0) {
            for (ReplCommands.Command each : ReplCommands.all()) {
                add(candidates, ":" + each.name(), "", each.doc(), true);
            }
            return;
        }
        switch (ReplCommands.argumentOf(before)) {
            case FILE -> files(path(head), word, candidates);
            case NAME -> tensors(candidates);
            case SETTING -> Settings.meanings().forEach((name, meaning) -> add(candidates, name, "", meaning, true));
            case STATEMENT -> code(head, word, candidates);
            case NONE -> { }
        }
    }

    private void tensors(List<Candidate> candidates) {
        for (String name : names.bound()) {
            Object value = names.find(name);
            if (value instanceof TensorValue || value instanceof VariableValue) {
                add(candidates, name, "", names.line(value), true);
            }
        }
    }

    /** The keys of the dict that the string is an index of; false where it is none. */
    private boolean keys(String text, Lexeme string, List<Candidate> candidates) {
        List<Lexeme> words = Lexemes.of(text.substring(0, string.start()));
        int bracket = words.size() - 1;
        int start = bracket >= 0 && words.get(bracket).is("[") ? Knowledge.start(words, bracket) : -1;
        if (start < 0) {
            return false;
        }
        Object container = names.known(text.substring(words.get(start).start(), words.get(bracket).start()));
        if (!(container instanceof DictValue dict)) {
            return false;
        }
        for (Object key : Semantics.elements(workspace.machine(), dict)) {
            if (key instanceof String name) {
                add(candidates, name, "", "key", false);
            }
        }
        return true;
    }

    // Files

    /** The folder part of a path that is being typed: what stands between the quote or the space and the word. */
    private static String path(String head) {
        int start = head.length();
        while (start > 0 && "\"' \t=(,".indexOf(head.charAt(start - 1)) < 0) {
            start--;
        }
        return head.substring(start);
    }

    private void files(String folder, String word, List<Candidate> candidates) {
        Path path = workspace.world().files().readable(folder.isEmpty() ? "." : folder);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path each : entries) {
                String name = each.getFileName().toString();
                boolean hidden = name.startsWith(".") && !word.startsWith(".");
                if (!hidden) {
                    boolean isFolder = Files.isDirectory(each);
                    add(candidates, isFolder ? name + "/" : name, "", isFolder ? "folder" : "", false);
                }
            }
        } catch (IOException | RuntimeException notThere) {
            // Nothing to offer where there is no such folder.
            return;
        }
    }

    // Code

    private void code(String head, String word, List<Candidate> candidates) {
        if (head.endsWith(".")) {
            List<Lexeme> words = Lexemes.of(head);
            int start = Knowledge.start(words, words.size() - 1);
            Object object = start < 0 ? null : names.known(head.substring(words.get(start).start(), head.length() - 1));
            if (object != null) {
                attributes(object, word, candidates);
            }
            return;
        }
        Optional<CallContext> call = CallContext.at(head, head.length());
        if (call.isPresent() && call.get().inBraces()) {
            feeds(candidates);
        } else if (call.isPresent()) {
            keywords(call.get(), candidates);
        }
        if (afterImport(head)) {
            modules(candidates);
            return;
        }
        for (String name : new TreeSet<>(names.bound())) {
            if (offered(name, word)) {
                Object value = names.find(name);
                add(candidates, name, "", names.line(value), false);
            }
        }
        if (word.isEmpty()) {
            return;
        }
        String prefix = word.toLowerCase(Locale.ROOT);
        Collection<String> words = names.words();
        for (String name : words) {
            if (name.toLowerCase(Locale.ROOT).startsWith(prefix)) {
                add(candidates, name, "", names.line(names.find(name)), false);
            }
        }
        for (String keyword : KEYWORDS) {
            add(candidates, keyword, "", "keyword", false);
        }
    }

    private static boolean afterImport(String head) {
        String line = head.substring(head.lastIndexOf('\n') + 1).strip();
        return line.equals("import") || line.equals("from");
    }

    private void modules(List<Candidate> candidates) {
        for (String name : names.words()) {
            if (workspace.machine().library().module(workspace.machine(), name) != null) {
                add(candidates, name, "", "module", false);
            }
        }
    }

    private void attributes(Object object, String word, List<Candidate> candidates) {
        String prefix = word.toLowerCase(Locale.ROOT);
        for (String name : new TreeSet<>(names.attributes(object))) {
            if (offered(name, word) && name.toLowerCase(Locale.ROOT).startsWith(prefix)) {
                add(candidates, name, "", names.line(names.quietAttribute(object, name)), false);
            }
        }
    }

    private static boolean offered(String name, String word) {
        return !name.startsWith("_") || word.startsWith("_");
    }

    private void keywords(CallContext call, List<Candidate> candidates) {
        Object callee = names.known(call.callee());
        if (callee == null || !call.keyword().isEmpty()) {
            return;
        }
        for (Lookup.Parameter each : names.parameters(callee)) {
            if (each.byName() && !call.given().contains(each.name())) {
                add(candidates, each.name() + "=", "", "argument " + each.shown(), false);
            }
        }
    }

    private void feeds(List<Candidate> candidates) {
        for (String name : names.bound()) {
            Object value = names.find(name);
            if (value instanceof TensorValue t && t.output().operation().type().startsWith("Placeholder")) {
                add(candidates, name, "", "feed " + t.output().shape() + " " + t.output().dtypeName(), false);
            }
        }
    }

    private static void add(List<Candidate> candidates, String value, String group, String about, boolean whole) {
        String line = about.length() > LONGEST_LINE ? about.substring(0, LONGEST_LINE - 1) + "…" : about;
        candidates.add(new Candidate(value, value, null, line.isEmpty() ? null : line, null, null, whole));
    }
}
