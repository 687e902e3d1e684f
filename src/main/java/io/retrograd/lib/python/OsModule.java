package io.retrograd.lib.python;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ExceptionTypes;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lib.python.io.FileOpener;
import io.retrograd.lib.python.io.OsErrors;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The module {@code os}, without what starts processes. */
final class OsModule {
    private OsModule() {}

    static ModuleValue make(Machine m) {
        return new ModuleValue("os").with(OsModuleTable.TABLE)
                .with("path", (Machine machine) -> machine.library().module(machine, "os.path"))
                .with("environ", (Machine machine) -> new Environment(machine))
                .with("sep", "/").with("pathsep", ":").with("linesep", "\n").with("curdir", ".").with("pardir", "..")
                .with("extsep", ".").with("devnull", "/dev/null")
                .with("name", SysModule.platform().equals("win32") ? "nt" : "posix")
                .with("F_OK", 0L).with("R_OK", 4L).with("W_OK", 2L).with("X_OK", 1L)
                .with("error", (Machine machine) -> ExceptionTypes.of(ErrorKind.OS_ERROR));
    }

    /** {@code os.environ}: what a script sets is seen by {@code getenv}, but by no other process. */
    private static final class Environment extends DictValue {
        Environment(Machine m) {
            m.world().environment().forEach(this::putText);
        }

        @Override
        public void put(Machine m, Object key, Object value) {
            if (!(value instanceof String text)) {
                throw NnError.type("str expected, not " + Semantics.typeOf(value).name());
            }
            m.world().environment().put((String) key, text);
            super.put(m, key, value);
        }

        @Override
        public String repr(Machine m) {
            return "environ(" + super.repr(m) + ")";
        }
    }

    static String workingFolder(Machine m) {
        return m.world().files().workingFolder().toString().replace('\\', '/');
    }

    private static Path readable(Machine m, Object path) {
        return m.world().files().readable(FileOpener.path(m, path));
    }

    private static Path writable(Machine m, Object path) {
        return m.world().files().writable(FileOpener.path(m, path));
    }

    @Builtin(value = {"getcwd", "getcwdu"}, doc = "The folder against which relative paths go.")
    static String current(Machine m) {
        return workingFolder(m);
    }

    @Builtin(value = "chdir", signature = "path", doc = "Changes the folder against which relative paths go.")
    static void change(Machine m, Object path) {
        Path folder = readable(m, path);
        if (!Files.exists(folder)) {
            throw OsErrors.notFound(FileOpener.path(m, path));
        }
        if (!Files.isDirectory(folder)) {
            throw OsErrors.notFolder(FileOpener.path(m, path));
        }
        m.world().files().changeFolder(FileOpener.path(m, path));
    }

    @Builtin(value = "getenv", signature = "key, default=None", doc = "The value of a variable of the environment.")
    static Object variable(Machine m, String key, Object fallback) {
        String value = m.world().environment().get(key);
        return value == null ? fallback : value;
    }

    @Builtin(value = "putenv", signature = "key, value", doc = "Sets a variable of the environment, as this script sees it.")
    static void setVariable(Machine m, String key, String value) {
        m.world().environment().put(key, value);
    }

    @Builtin(value = "getpid", doc = "The number of this process.")
    static long process(Machine m) {
        return ProcessHandle.current().pid();
    }

    @Builtin(value = "cpu_count", doc = "How many processors there are.")
    static long processors(Machine m) {
        return Runtime.getRuntime().availableProcessors();
    }

    @Builtin(value = "urandom", signature = "size, /", doc = "So many random bytes.")
    static Object randomBytes(Machine m, int size) {
        byte[] bytes = new byte[size];
        new SecureRandom().nextBytes(bytes);
        return new BytesValue(bytes);
    }

    @Builtin(value = "getlogin", doc = "The user's name.")
    static String user(Machine m) {
        String user = m.world().environment().get("USER");
        return user == null ? "user" : user;
    }

    @Builtin(value = "uname", doc = "The operating system's name and version.")
    static Object system(Machine m) {
        return TupleValue.of(PlatformModule.systemName(), "localhost", System.getProperty("os.version", ""), "", System.getProperty("os.arch", ""));
    }

    @Builtin(value = {"system", "popen", "fork", "kill", "spawnl", "execv", "execvp", "startfile"}, signature = "*arguments", doc = "Refused: Retrograd starts no processes.")
    static Object refuse(Machine m, Object[] arguments) {
        throw new NnError(ErrorKind.NOT_IMPLEMENTED_ERROR, "Retrograd does not start processes");
    }

    @Builtin(value = "_exit", signature = "status", doc = "Ends the script with an exit status.")
    static void exit(Machine m, Object status) {
        throw SysModule.exit(m, status);
    }

    @Builtin(value = "listdir", signature = "path='.'", doc = "The names in a folder.")
    static Object list(Machine m, Object path) {
        return ListValue.copyOf(names(m, FileOpener.path(m, path == None.NONE ? "." : path)));
    }

    static List<String> names(Machine m, String path) {
        Path folder = m.world().files().readable(path);
        if (Files.isRegularFile(folder)) {
            throw OsErrors.notFolder(path);
        }
        List<String> names = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.forEach(p -> names.add(p.getFileName().toString()));
        } catch (IOException e) {
            throw OsErrors.of(e, path);
        }
        // Python leaves the order to the system; sorted, a script prints the same everywhere.
        names.sort(null);
        return names;
    }

    @Builtin(value = "walk", signature = "top, topdown=True, onerror=None, followlinks=False", doc = "For a folder and each one below: its path, the folders and the files in it.")
    static Object walk(Machine m, Object top, boolean topdown, Object onerror, Object followlinks) {
        List<Object> found = new ArrayList<>();
        String path = FileOpener.path(m, top);
        if (Files.isDirectory(m.world().files().readable(path))) {
            walk(m, path, topdown, found);
        }
        int[] at = {0};
        return Iterators.of("generator", machine -> at[0] < found.size() ? found.get(at[0]++) : null);
    }

    private static void walk(Machine m, String path, boolean topdown, List<Object> found) {
        ListValue folders = new ListValue();
        ListValue files = new ListValue();
        List<String> below = new ArrayList<>();
        for (String name : names(m, path)) {
            String inner = path.endsWith("/") ? path + name : path + "/" + name;
            if (Files.isDirectory(m.world().files().readable(inner))) {
                folders.add(name);
                below.add(inner);
            } else {
                files.add(name);
            }
        }
        Object entry = TupleValue.of(path, folders, files);
        if (topdown) {
            found.add(entry);
        }
        for (String inner : below) {
            walk(m, inner, topdown, found);
        }
        if (!topdown) {
            found.add(entry);
        }
    }

    @Builtin(value = "mkdir", signature = "path, mode=511", doc = "Makes a folder.")
    static void makeFolder(Machine m, Object path, Object mode) {
        try {
            Files.createDirectory(writable(m, path));
        } catch (IOException e) {
            throw OsErrors.of(e, FileOpener.path(m, path));
        }
    }

    @Builtin(value = "makedirs", signature = "name, mode=511, exist_ok=False", doc = "Makes a folder and those above it.")
    static void makeFolders(Machine m, Object name, Object mode, boolean existOk) {
        Path folder = writable(m, name);
        String path = FileOpener.path(m, name);
        if (Files.exists(folder) && (!existOk || !Files.isDirectory(folder))) {
            throw OsErrors.exists(path);
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw OsErrors.of(e, path);
        }
    }

    @Builtin(value = {"remove", "unlink"}, signature = "path", doc = "Removes a file.")
    static void remove(Machine m, Object path) {
        Path file = writable(m, path);
        if (Files.isDirectory(file)) {
            throw OsErrors.isFolder(FileOpener.path(m, path));
        }
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw OsErrors.of(e, FileOpener.path(m, path));
        }
    }

    @Builtin(value = {"rmdir", "removedirs"}, signature = "path", doc = "Removes an empty folder.")
    static void removeFolder(Machine m, Object path) {
        Path folder = writable(m, path);
        if (Files.isRegularFile(folder)) {
            throw OsErrors.notFolder(FileOpener.path(m, path));
        }
        try {
            Files.delete(folder);
        } catch (IOException e) {
            throw OsErrors.of(e, FileOpener.path(m, path));
        }
    }

    @Builtin(value = {"rename", "replace", "renames"}, signature = "src, dst", doc = "Gives a file or folder another path.")
    static void rename(Machine m, Object src, Object dst) {
        move(m, FileOpener.path(m, src), FileOpener.path(m, dst));
    }

    static void move(Machine m, String from, String to) {
        try {
            Files.move(m.world().files().writable(from), m.world().files().writable(to), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw OsErrors.of(e, from);
        }
    }

    /** Removes a folder with all that is in it. */
    static void removeTree(Machine m, String path) {
        Path root = m.world().files().writable(path);
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw OsErrors.of(e, path);
        }
    }

    @Builtin(value = "access", signature = "path, mode", doc = "Whether a file can be used that way.")
    static boolean access(Machine m, Object path, long mode) {
        Path file = readable(m, path);
        return Files.exists(file) && ((mode & 4) == 0 || Files.isReadable(file)) && ((mode & 2) == 0 || Files.isWritable(file))
                && ((mode & 1) == 0 || Files.isExecutable(file));
    }

    @Builtin(value = {"stat", "lstat"}, signature = "path", doc = "The size and the times of a file.")
    static Object stat(Machine m, Object path) {
        try {
            BasicFileAttributes a = Files.readAttributes(readable(m, path), BasicFileAttributes.class);
            return NamedTuple.type("os", "stat_result", "st_mode", "st_size", "st_atime", "st_mtime", "st_ctime")
                    .make(a.isDirectory() ? 16877L : 33188L, a.size(), seconds(a.lastAccessTime()), seconds(a.lastModifiedTime()), seconds(a.creationTime()));
        } catch (IOException e) {
            throw OsErrors.of(e, FileOpener.path(m, path));
        }
    }

    private static double seconds(FileTime t) {
        return t.toMillis() / 1000.0;
    }

    @Builtin(value = "chmod", signature = "path, mode", doc = "Leaves a file's permissions as they are.")
    static void permissions(Machine m, Object path, Object mode) {
        if (!Files.exists(readable(m, path))) {
            throw OsErrors.notFound(FileOpener.path(m, path));
        }
    }

    @Builtin(value = "fspath", signature = "path", doc = "The path as text.")
    static String text(Machine m, Object path) {
        return FileOpener.path(m, path);
    }
}
