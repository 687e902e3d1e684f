package io.retrograd.lib.python;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.nio.file.Files;

/** {@code tempfile.TemporaryDirectory}. */
final class TemporaryFolder implements Value {
    private static final TypeValue TYPE =
            new TypeValue("tempfile", "TemporaryDirectory", CoreTypes.OBJECT, TemporaryFolderTable.TABLE, null);

    private final String path;

    TemporaryFolder(String path) {
        this.path = path;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Builtin(value = "name", property = true, doc = "The folder's path.")
    static String name(Machine m, TemporaryFolder self) {
        return self.path;
    }

    @Builtin(value = "cleanup", method = true, doc = "Removes the folder.")
    static void cleanUp(Machine m, TemporaryFolder self) {
        if (Files.exists(m.world().files().writable(self.path))) {
            OsModule.removeTree(m, self.path);
        }
    }

    @Builtin(value = "__enter__", method = true, doc = "The folder's path, for a with statement.")
    static String enter(Machine m, TemporaryFolder self) {
        return self.path;
    }

    @Builtin(value = "__exit__", method = true, signature = "*exception", doc = "Removes the folder at the end of a with statement.")
    static boolean leave(Machine m, TemporaryFolder self, Object[] exception) {
        cleanUp(m, self);
        return false;
    }
}
