package io.retrograd.lang.check;

import io.retrograd.error.NnError;
import io.retrograd.lang.parse.ScriptParser;
import io.retrograd.lang.parse.SyntaxError;
import io.retrograd.lang.tree.Script;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.value.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The modules beside a script, each read once. */
final class OwnModules {
    private static final String[] ENDINGS = {".nn", ".py"};

    private final Machine machine;
    private final Map<String, CheckedFile> files = new LinkedHashMap<>();

    OwnModules(Machine machine) {
        this.machine = machine;
    }

    /** What there is under a name beside a script. */
    enum Found {
        NOTHING,
        FILE,
        /** A folder of modules, or a file that cannot be parsed: it is there, and nothing is known of it. */
        OPAQUE
    }

    /** Whether there is a module of that name in the folder. */
    Found look(String folder, String name) {
        String base = folder.isEmpty() ? name : folder + "/" + name;
        for (String ending : ENDINGS) {
            Path file = readable(base + ending);
            if (file != null && Files.isRegularFile(file)) {
                return read(folder, base + ending, file) == null ? Found.OPAQUE : Found.FILE;
            }
        }
        Path inner = readable(base);
        return inner != null && Files.isDirectory(inner) ? Found.OPAQUE : Found.NOTHING;
    }

    /** The module that {@link #look} found. */
    CheckedFile get(String folder, String name) {
        String base = folder.isEmpty() ? name : folder + "/" + name;
        for (String ending : ENDINGS) {
            if (files.get(base + ending) != null) {
                return files.get(base + ending);
            }
        }
        throw new IllegalStateException(base);
    }

    private CheckedFile read(String folder, String shown, Path file) {
        if (!files.containsKey(shown)) {
            files.put(shown, null);
            try {
                Script script = ScriptParser.parse(new Source(shown, Files.readString(file, StandardCharsets.UTF_8)));
                files.put(shown, new CheckedFile(List.of(script), folder));
            } catch (IOException | SyntaxError unreadable) {
                return null;
            }
        }
        return files.get(shown);
    }

    private Path readable(String path) {
        try {
            return machine.world().files().readable(path);
        } catch (NnError | InvalidPathException refused) {
            return null;
        }
    }
}
