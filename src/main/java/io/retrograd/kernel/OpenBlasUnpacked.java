package io.retrograd.kernel;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * OpenBLAS as bytedeco's binding unpacked it before. Loading it from there takes a fraction of the time that the binding
 * itself needs to come up, but leaves it to the environment on how many threads the library works: the launcher says one.
 */
final class OpenBlasUnpacked {
    private static final String THREADS = "OPENBLAS_NUM_THREADS";
    private static final String CACHE = "org.bytedeco.javacpp.cachedir";
    private static final Pattern JAR = Pattern.compile("openblas-.*-(linux-\\w+)\\.jar");
    private static final String PACKED = "libopenblas.so.0";
    private static final String LIBRARY = "libopenblas_nolapack.so.0";

    /** What it is linked with, in the order of need; they lie beside it. */
    private static final List<String> NEEDED = List.of("libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5");

    private OpenBlasUnpacked() {}

    /** Loads the library of the jar on the class path; its file, or nothing where it was not unpacked or would use threads. */
    static Optional<Path> load() {
        if (!"1".equals(System.getenv(THREADS))) {
            return Optional.empty();
        }
        try {
            Optional<Path> library = find();
            if (library.isPresent()) {
                for (String name : NEEDED) {
                    Path file = library.get().resolveSibling(name);
                    if (Files.exists(file)) {
                        System.load(file.toString());
                    }
                }
                System.load(library.get().toString());
            }
            return library;
        } catch (IOException | RuntimeException | LinkageError refused) {
            // The binding tells why it cannot be had.
            return Optional.empty();
        }
    }

    private static Optional<Path> find() throws IOException {
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
            Matcher jar = JAR.matcher(entry.substring(entry.lastIndexOf('/') + 1));
            if (jar.matches()) {
                return unpacked(new File(entry), "org/bytedeco/openblas/" + jar.group(1) + "/");
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> unpacked(File jar, String folder) throws IOException {
        String cache = System.getProperty(CACHE);
        Path top = cache == null ? Path.of(System.getProperty("user.home"), ".javacpp", "cache") : Path.of(cache);
        Path file = top.resolve(jar.getName()).resolve(folder + LIBRARY).toAbsolutePath();
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        // As the binding itself tells a file of this jar from another's.
        try (ZipFile zip = new ZipFile(jar)) {
            ZipEntry packed = zip.getEntry(folder + PACKED);
            boolean same = packed != null && packed.getSize() == Files.size(file)
                    && packed.getTime() == Files.getLastModifiedTime(file).toMillis();
            return same ? Optional.of(file) : Optional.empty();
        }
    }
}
