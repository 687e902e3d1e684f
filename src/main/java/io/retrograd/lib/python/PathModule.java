package io.retrograd.lib.python;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lib.python.io.FileOpener;
import io.retrograd.lib.python.io.OsErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** The module {@code os.path}. Paths are written with slashes on every system, as the scripts are. */
final class PathModule {
    private PathModule() {}

    static ModuleValue make(Machine m) {
        return new ModuleValue("posixpath").with(PathModuleTable.TABLE)
                .with("sep", "/").with("pardir", "..").with("curdir", ".").with("extsep", ".").with("pathsep", ":");
    }

    private static Path place(Machine m, Object path) {
        return m.world().files().readable(FileOpener.path(m, path));
    }

    @Builtin(value = "join", signature = "path, *paths", doc = "The parts of a path with slashes between them; an absolute part starts anew.")
    static String join(Machine m, Object path, Object[] paths) {
        StringBuilder out = new StringBuilder(FileOpener.path(m, path));
        for (Object each : paths) {
            String part = FileOpener.path(m, each);
            if (part.startsWith("/")) {
                out.setLength(0);
            } else if (!out.isEmpty() && out.charAt(out.length() - 1) != '/') {
                out.append('/');
            }
            out.append(part);
        }
        return out.toString();
    }

    @Builtin(value = "exists", signature = "path", doc = "Whether there is a file or folder.")
    static boolean exists(Machine m, Object path) {
        return Files.exists(place(m, path));
    }

    @Builtin(value = "lexists", signature = "path", doc = "Whether there is a file, folder or link.")
    static boolean linkExists(Machine m, Object path) {
        return Files.exists(place(m, path), LinkOption.NOFOLLOW_LINKS);
    }

    @Builtin(value = "isfile", signature = "path", doc = "Whether there is a file.")
    static boolean isFile(Machine m, Object path) {
        return Files.isRegularFile(place(m, path));
    }

    @Builtin(value = "isdir", signature = "path", doc = "Whether there is a folder.")
    static boolean isFolder(Machine m, Object path) {
        return Files.isDirectory(place(m, path));
    }

    @Builtin(value = "islink", signature = "path", doc = "Whether there is a symbolic link.")
    static boolean isLink(Machine m, Object path) {
        return Files.isSymbolicLink(place(m, path));
    }

    @Builtin(value = "isabs", signature = "path", doc = "Whether it starts at the root.")
    static boolean isAbsolute(Machine m, Object path) {
        String s = FileOpener.path(m, path);
        return s.startsWith("/") || s.length() > 2 && s.charAt(1) == ':' && (s.charAt(2) == '/' || s.charAt(2) == '\\');
    }

    private static int lastSlash(String s) {
        return s.lastIndexOf('/');
    }

    @Builtin(value = "basename", signature = "path", doc = "What is behind the last slash.")
    static String baseName(Machine m, Object path) {
        String s = FileOpener.path(m, path);
        return s.substring(lastSlash(s) + 1);
    }

    @Builtin(value = "dirname", signature = "path", doc = "What is before the last slash.")
    static String folderName(Machine m, Object path) {
        String s = FileOpener.path(m, path);
        String head = s.substring(0, lastSlash(s) + 1);
        int end = head.length();
        while (end > 0 && head.charAt(end - 1) == '/') {
            end--;
        }
        return end == 0 ? head : head.substring(0, end);
    }

    @Builtin(value = "split", signature = "path", doc = "The pair of dirname and basename.")
    static Object split(Machine m, Object path) {
        return TupleValue.of(folderName(m, path), baseName(m, path));
    }

    @Builtin(value = "splitext", signature = "path", doc = "The path without its ending, and the ending with its dot.")
    static Object splitEnding(Machine m, Object path) {
        String s = FileOpener.path(m, path);
        int slash = lastSlash(s);
        int dot = s.lastIndexOf('.');
        int first = slash + 1;
        while (first < dot && s.charAt(first) == '.') {
            first++;
        }
        return dot <= slash || first >= dot ? TupleValue.of(s, "") : TupleValue.of(s.substring(0, dot), s.substring(dot));
    }

    @Builtin(value = "splitdrive", signature = "path", doc = "The drive, which there is none of, and the path.")
    static Object splitDrive(Machine m, Object path) {
        return TupleValue.of("", FileOpener.path(m, path));
    }

    @Builtin(value = {"abspath", "realpath"}, signature = "path", doc = "The path from the root on, without dots.")
    static String absolute(Machine m, Object path) {
        String s = FileOpener.path(m, path);
        return normal(isAbsolute(m, s) ? s : OsModule.workingFolder(m) + "/" + s);
    }

    @Builtin(value = "normpath", signature = "path", doc = "The path without dots and double slashes.")
    static String normalized(Machine m, Object path) {
        return normal(FileOpener.path(m, path));
    }

    private static String normal(String s) {
        boolean absolute = s.startsWith("/");
        Deque<String> parts = new ArrayDeque<>();
        for (String part : s.split("/")) {
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (!part.equals("..") || parts.isEmpty() && !absolute || !parts.isEmpty() && parts.peekLast().equals("..")) {
                parts.addLast(part);
            } else if (!parts.isEmpty()) {
                parts.removeLast();
            }
        }
        String joined = String.join("/", parts);
        return absolute ? "/" + joined : joined.isEmpty() ? "." : joined;
    }

    @Builtin(value = "normcase", signature = "path", doc = "The path itself.")
    static String normalCase(Machine m, Object path) {
        return FileOpener.path(m, path);
    }

    @Builtin(value = "relpath", signature = "path, start='.'", doc = "The path as seen from a folder.")
    static String relative(Machine m, Object path, Object start) {
        String[] to = parts(absolute(m, path));
        String[] from = parts(absolute(m, start));
        int common = 0;
        while (common < to.length && common < from.length && to[common].equals(from[common])) {
            common++;
        }
        StringBuilder out = new StringBuilder();
        for (int i = common; i < from.length; i++) {
            out.append(out.isEmpty() ? "" : "/").append("..");
        }
        for (int i = common; i < to.length; i++) {
            out.append(out.isEmpty() ? "" : "/").append(to[i]);
        }
        return out.isEmpty() ? "." : out.toString();
    }

    private static String[] parts(String absolute) {
        return absolute.equals("/") ? new String[0] : absolute.substring(1).split("/");
    }

    @Builtin(value = {"commonprefix", "commonpath"}, signature = "list", doc = "The longest beginning that all have in common.")
    static String commonPrefix(Machine m, Object list) {
        Object[] all = Semantics.elements(m, list);
        if (all.length == 0) {
            return "";
        }
        String common = FileOpener.path(m, all[0]);
        for (Object each : all) {
            String s = FileOpener.path(m, each);
            int n = 0;
            while (n < s.length() && n < common.length() && s.charAt(n) == common.charAt(n)) {
                n++;
            }
            common = common.substring(0, n);
        }
        return common;
    }

    @Builtin(value = "expanduser", signature = "path", doc = "The path with a leading ~ replaced by the home folder.")
    static String expandUser(Machine m, Object path) {
        String s = FileOpener.path(m, path);
        String home = m.world().environment().get("HOME");
        boolean own = s.equals("~") || s.startsWith("~/");
        return own && home != null ? home + s.substring(1) : s;
    }

    @Builtin(value = "expandvars", signature = "path", doc = "The path with $NAME replaced by the environment's value.")
    static String expandVariables(Machine m, Object path) {
        String s = FileOpener.path(m, path);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < s.length(); i++) {
            if (s.charAt(i) != '$') {
                out.append(s.charAt(i));
                continue;
            }
            boolean braces = i + 1 < s.length() && s.charAt(i + 1) == '{';
            int start = i + (braces ? 2 : 1);
            int end = start;
            while (end < s.length() && (s.charAt(end) == '_' || Character.isLetterOrDigit(s.charAt(end)))) {
                end++;
            }
            String value = m.world().environment().get(s.substring(start, end));
            boolean closed = !braces || end < s.length() && s.charAt(end) == '}';
            if (value == null || !closed) {
                out.append('$');
                continue;
            }
            out.append(value);
            i = braces ? end : end - 1;
        }
        return out.toString();
    }

    @Builtin(value = "getsize", signature = "path", doc = "How many bytes a file has.")
    static long size(Machine m, Object path) {
        try {
            return Files.size(place(m, path));
        } catch (IOException e) {
            throw OsErrors.of(e, FileOpener.path(m, path));
        }
    }

    @Builtin(value = {"getmtime", "getctime", "getatime"}, signature = "path", doc = "When a file was changed last, in seconds since 1970.")
    static double changed(Machine m, Object path) {
        try {
            return Files.getLastModifiedTime(place(m, path)).toMillis() / 1000.0;
        } catch (IOException e) {
            throw OsErrors.of(e, FileOpener.path(m, path));
        }
    }

    @Builtin(value = "samefile", signature = "a, b", doc = "Whether two paths lead to the same file.")
    static boolean same(Machine m, Object a, Object b) {
        try {
            return Files.isSameFile(place(m, a), place(m, b));
        } catch (IOException e) {
            throw OsErrors.of(e, FileOpener.path(m, a));
        }
    }
}
