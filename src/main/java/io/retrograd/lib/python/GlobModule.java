package io.retrograd.lib.python;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lib.python.io.FileOpener;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The modules {@code glob} and {@code fnmatch}. */
final class GlobModule {
    private GlobModule() {}

    static ModuleValue make(Machine m) {
        return new ModuleValue("glob").with(GlobModuleTable.TABLE);
    }

    static ModuleValue nameMatching(Machine m) {
        return new ModuleValue("fnmatch").with(FnmatchTable.TABLE);
    }

    /** A pattern of file names as a regular expression. */
    static Pattern pattern(String s) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            int end = c == '[' ? s.indexOf(']', i + 2) : -1;
            if (c == '*') {
                out.append(".*");
            } else if (c == '?') {
                out.append('.');
            } else if (end > 0) {
                String set = s.substring(i + 1, end).replace("\\", "\\\\").replace("[", "\\[").replace("&&", "&\\&");
                out.append('[').append(set.startsWith("!") ? "^" + set.substring(1) : set).append(']');
                i = end;
            } else {
                out.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(out.toString(), Pattern.DOTALL);
    }

    private static boolean isPattern(String s) {
        return s.indexOf('*') >= 0 || s.indexOf('?') >= 0 || s.indexOf('[') >= 0;
    }

    private static List<String> find(Machine m, String path, boolean recursive) {
        List<String> found = new ArrayList<>();
        boolean absolute = path.startsWith("/");
        find(m, absolute ? "/" : "", path.substring(absolute ? 1 : 0), recursive, found);
        return found;
    }

    private static void find(Machine m, String folder, String rest, boolean recursive, List<String> found) {
        int slash = rest.indexOf('/');
        String part = slash < 0 ? rest : rest.substring(0, slash);
        String behind = slash < 0 ? null : rest.substring(slash + 1);
        if (!isPattern(part)) {
            String path = folder + part;
            if (behind != null) {
                find(m, path + "/", behind, recursive, found);
            } else if (Files.exists(m.world().files().readable(path.isEmpty() ? "." : path))) {
                found.add(path);
            }
            return;
        }
        if (!Files.isDirectory(m.world().files().readable(folder.isEmpty() ? "." : folder))) {
            return;
        }
        if (recursive && part.equals("**")) {
            if (behind != null) {
                find(m, folder, behind, true, found);
            }
            for (String name : OsModule.names(m, folder.isEmpty() ? "." : folder)) {
                boolean inner = !name.startsWith(".") && Files.isDirectory(m.world().files().readable(folder + name));
                if (inner) {
                    find(m, folder + name + "/", rest, true, found);
                }
                if (behind == null && !name.startsWith(".")) {
                    found.add(folder + name);
                }
            }
            return;
        }
        Pattern pattern = pattern(part);
        for (String name : OsModule.names(m, folder.isEmpty() ? "." : folder)) {
            boolean hidden = name.startsWith(".") && !part.startsWith(".");
            if (hidden || !pattern.matcher(name).matches()) {
                continue;
            }
            if (behind == null) {
                found.add(folder + name);
            } else if (Files.isDirectory(m.world().files().readable(folder + name))) {
                find(m, folder + name + "/", behind, recursive, found);
            }
        }
    }

    @Builtin(value = "glob", signature = "pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False", doc = "The paths that match a pattern with *, ? and [sets], sorted.")
    static Object glob(Machine m, Object pathname, Object rootDir, Object dirFd, boolean recursive, Object hidden) {
        return ListValue.copyOf(find(m, FileOpener.path(m, pathname), recursive));
    }

    @Builtin(value = "iglob", signature = "pathname, *, recursive=False", doc = "The same, one after the other.")
    static Object iterator(Machine m, Object pathname, boolean recursive) {
        return Iterators.of("generator", Semantics.iterate(m, ListValue.copyOf(find(m, FileOpener.path(m, pathname), recursive))));
    }

    @Builtin(value = "escape", signature = "pathname", doc = "The pattern that matches just this path.")
    static String escape(Machine m, String pathname) {
        return pathname.replace("[", "[[]").replace("*", "[*]").replace("?", "[?]");
    }
}
