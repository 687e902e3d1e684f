package io.retrograd.lib.python.io;

import io.retrograd.error.ErrorKind;
import io.retrograd.lang.value.ExceptionTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;

/** The modules {@code io} and {@code codecs}. */
public final class IoModule {
    private IoModule() {}

    /** The module {@code io}. */
    public static ModuleValue make(Machine m) {
        return new ModuleValue("io")
                .with("open", (Machine machine) -> FileOpenerTable.TABLE.find("open"))
                .with("StringIO", (Machine machine) -> TextStream.TYPE)
                .with("BytesIO", (Machine machine) -> ByteStream.TYPE)
                .with("IOBase", (Machine machine) -> TextStream.TYPE)
                .with("TextIOWrapper", (Machine machine) -> TextWrapper.TYPE)
                .with("UnsupportedOperation", (Machine machine) -> ExceptionTypes.of(ErrorKind.OS_ERROR))
                .with("SEEK_SET", 0L).with("SEEK_CUR", 1L).with("SEEK_END", 2L)
                .with("DEFAULT_BUFFER_SIZE", 8192L);
    }
}
