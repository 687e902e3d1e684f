package io.retrograd.kernel;

import java.nio.file.Path;
import java.util.Optional;

/**
 * OpenBLAS, loaded when it is first asked for: without copies where this Java has the foreign-function API (22 or
 * newer) or netlib has a library for this machine (Linux), else through bytedeco's binding. It works on the calling
 * thread alone; we cut work into tiles ourselves, so that digits do not depend on the number of threads.
 */
final class OpenBlas {
    private OpenBlas() {}

    /** What came of loading it: a library is loaded once for the whole of a Java process. */
    private static final class Loaded {
        static final BlockProduct PRODUCT;
        static final String TEXT;

        static {
            BlockProduct product = null;
            String text;
            try {
                Optional<Path> unpacked = OpenBlasUnpacked.load();
                Optional<BlockProduct> direct = OpenBlasDirect.find();
                Optional<BlockProduct> lent = direct.isPresent() ? direct : unpacked.flatMap(OpenBlasLent::find);
                if (lent.isEmpty()) {
                    OpenBlasCopying copying = OpenBlasCopying.load();
                    direct = OpenBlasDirect.find();
                    lent = direct.isPresent() ? direct : OpenBlasLent.find(copying.library());
                    product = copying;
                }
                product = lent.orElse(product);
                text = direct.isPresent() ? "without copies" : lent.isPresent() ? "without copies, by netlib" : "through bytedeco's binding";
            } catch (Throwable failure) {
                // Missing jar, missing library for this machine, a folder that may not be written: all the same to us.
                text = reason(failure);
            }
            PRODUCT = product;
            TEXT = text;
        }

        private static String reason(Throwable failure) {
            Throwable cause = failure;
            while (cause.getCause() != null && cause.getCause() != cause) {
                cause = cause.getCause();
            }
            if (cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError) {
                return "its jar is not on the class path";
            }
            String message = cause.getMessage();
            return message == null ? cause.getClass().getSimpleName() : message.lines().findFirst().orElse("");
        }
    }

    /** Its products, if it could be loaded. */
    static Optional<BlockProduct> product() {
        return Optional.ofNullable(Loaded.PRODUCT);
    }

    /** How it is called, or why it is not there. */
    static String text() {
        return Loaded.TEXT;
    }
}
