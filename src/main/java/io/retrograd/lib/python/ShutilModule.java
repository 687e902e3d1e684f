package io.retrograd.lib.python;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lib.python.io.FileOpener;
import io.retrograd.lib.python.io.OsErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The module {@code shutil}. */
final class ShutilModule {
    private ShutilModule() {}

    static ModuleValue make(Machine m) {
        return new ModuleValue("shutil").with(ShutilModuleTable.TABLE);
    }

    private static String inside(Machine m, String source, String target) {
        boolean folder = Files.isDirectory(m.world().files().readable(target));
        return folder ? PathModule.join(m, target, new Object[] {PathModule.baseName(m, source)}) : target;
    }

    private static String copyFile(Machine m, String source, String target) {
        Path from = m.world().files().readable(source);
        if (Files.isDirectory(from)) {
            throw OsErrors.isFolder(source);
        }
        if (!Files.exists(from)) {
            throw OsErrors.notFound(source);
        }
        try {
            Files.copy(from, m.world().files().writable(target), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw OsErrors.of(e, target);
        }
        return target;
    }

    @Builtin(value = {"copy", "copy2"}, signature = "src, dst, *, follow_symlinks=True", doc = "Copies a file to a path or into a folder.")
    static String copy(Machine m, Object src, Object dst, Object links) {
        String source = FileOpener.path(m, src);
        return copyFile(m, source, inside(m, source, FileOpener.path(m, dst)));
    }

    @Builtin(value = "copyfile", signature = "src, dst, *, follow_symlinks=True", doc = "Copies a file to a path.")
    static String copyExactly(Machine m, Object src, Object dst, Object links) {
        return copyFile(m, FileOpener.path(m, src), FileOpener.path(m, dst));
    }

    @Builtin(value = "copyfileobj", signature = "fsrc, fdst, length=0", doc = "Copies what an open file holds to another.")
    static void copyContent(Machine m, Object fsrc, Object fdst, Object length) {
        Semantics.callMethod(m, fdst, "write", Semantics.callMethod(m, fsrc, "read"));
    }

    @Builtin(value = "copytree", signature = "src, dst, symlinks=False, ignore=None, copy_function=None, ignore_dangling_symlinks=False, dirs_exist_ok=False", doc = "Copies a folder with all that is in it.")
    static String copyTree(Machine m, Object src, Object dst, Object symlinks, Object ignore, Object copy, Object dangling, boolean existOk) {
        String source = FileOpener.path(m, src);
        String target = FileOpener.path(m, dst);
        OsModule.makeFolders(m, target, None.NONE, existOk);
        for (String name : OsModule.names(m, source)) {
            String from = source + "/" + name;
            if (Files.isDirectory(m.world().files().readable(from))) {
                copyTree(m, from, target + "/" + name, symlinks, ignore, copy, dangling, existOk);
            } else {
                copyFile(m, from, target + "/" + name);
            }
        }
        return target;
    }

    @Builtin(value = "rmtree", signature = "path, ignore_errors=False, onerror=None", doc = "Removes a folder with all that is in it.")
    static void removeTree(Machine m, Object path, boolean ignoreErrors, Object onerror) {
        String folder = FileOpener.path(m, path);
        if (!Files.exists(m.world().files().writable(folder))) {
            if (ignoreErrors) {
                return;
            }
            throw OsErrors.notFound(folder);
        }
        OsModule.removeTree(m, folder);
    }

    @Builtin(value = "move", signature = "src, dst", doc = "Moves a file or folder to a path or into a folder.")
    static String move(Machine m, Object src, Object dst) {
        String source = FileOpener.path(m, src);
        String target = inside(m, source, FileOpener.path(m, dst));
        OsModule.move(m, source, target);
        return target;
    }

    @Builtin(value = "which", signature = "cmd, mode=None, path=None", doc = "None: Retrograd starts no programs.")
    static Object which(Machine m, Object cmd, Object mode, Object path) {
        return None.NONE;
    }
}
