package io.retrograd.lib.python;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lib.python.io.FileOpener;
import io.retrograd.lib.python.io.OsErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The module {@code tempfile}. */
final class TempfileModule {
    private TempfileModule() {}

    static ModuleValue make(Machine m) {
        return new ModuleValue("tempfile").with(TempfileModuleTable.TABLE)
                .with("tempdir", None.NONE);
    }

    private static Path place(Machine m, Object dir) {
        return m.world().files().writable(dir == None.NONE ? folder(m) : FileOpener.path(m, dir));
    }

    private static String shown(Path p) {
        return p.toString().replace('\\', '/');
    }

    @Builtin(value = "gettempdir", doc = "The folder for files that are not kept.")
    static String folder(Machine m) {
        String given = m.world().environment().get("TMPDIR");
        return given != null ? given : System.getProperty("java.io.tmpdir", "/tmp");
    }

    @Builtin(value = "mkdtemp", signature = "suffix='', prefix='tmp', dir=None", doc = "Makes a new folder and returns its path.")
    static String makeFolder(Machine m, String suffix, String prefix, Object dir) {
        try {
            return shown(Files.createTempDirectory(place(m, dir), prefix == null ? "tmp" : prefix));
        } catch (IOException e) {
            throw OsErrors.of(e, folder(m));
        }
    }

    private static String newFile(Machine m, String suffix, String prefix, Object dir) {
        try {
            return shown(Files.createTempFile(place(m, dir), prefix == null ? "tmp" : prefix, suffix == null ? "" : suffix));
        } catch (IOException e) {
            throw OsErrors.of(e, folder(m));
        }
    }

    @Builtin(value = "mkstemp", signature = "suffix='', prefix='tmp', dir=None, text=False", doc = "Makes a new file and returns a number and its path.")
    static Object makeFile(Machine m, String suffix, String prefix, Object dir, Object text) {
        return TupleValue.of(0L, newFile(m, suffix, prefix, dir));
    }

    @Builtin(value = {"NamedTemporaryFile", "TemporaryFile"}, signature = "mode='w+b', buffering=-1, encoding=None, newline=None, suffix='', prefix='tmp', dir=None, delete=True", doc = "Opens a new file.")
    static Object openFile(Machine m, String mode, Object buffering, String encoding, String newline, String suffix, String prefix, Object dir, Object delete) {
        return FileOpener.open(m, newFile(m, suffix, prefix, dir), mode, encoding, null, newline);
    }

    @Builtin(value = "TemporaryDirectory", signature = "suffix='', prefix='tmp', dir=None", doc = "A new folder that is removed at the end of a with statement.")
    static Object openFolder(Machine m, String suffix, String prefix, Object dir) {
        return new TemporaryFolder(makeFolder(m, suffix, prefix, dir));
    }
}
