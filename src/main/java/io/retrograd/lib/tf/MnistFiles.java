package io.retrograd.lib.tf;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.format.IdxFile;
import io.retrograd.lang.run.ModuleLoader;
import io.retrograd.lang.value.Machine;
import io.retrograd.tensor.NdArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the MNIST files are: in the folder that the script names, in {@code $NN_DATA/mnist}, or in the folder of
 * that name beside the script. Nothing is downloaded.
 */
final class MnistFiles {
    static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
    static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
    static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
    static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

    /** Beside the digits: a sentence that says that they are not all. */
    private static final String SUBSET = "SUBSET";

    private final Machine machine;
    private final String folder;

    MnistFiles(Machine machine, String folder) {
        this.machine = machine;
        this.folder = folder;
    }

    NdArray images(String name) {
        return read(name, true);
    }

    NdArray labels(String name) {
        return read(name, false);
    }

    /** The file's name as TensorFlow prints it, whichever folder it comes from. */
    String shown(String name) {
        String file = name + ".gz";
        return folder.isEmpty() || folder.endsWith("/") ? folder + file : folder + "/" + file;
    }

    /**
     * What the folder says of itself in its file {@code SUBSET}: that its digits are only some of MNIST's. Empty where
     * the digits come from a folder that has no such file.
     */
    Optional<String> subset() {
        Path mark = find(TRAIN_IMAGES).resolveSibling(SUBSET);
        try {
            return Files.isRegularFile(mark) ? Optional.of(Files.readString(mark).strip()) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private NdArray read(String name, boolean images) {
        Path file = find(name);
        try {
            return images ? IdxFile.images(file, shown(name)) : IdxFile.labels(file, shown(name));
        } catch (IOException damaged) {
            throw new NnError(ErrorKind.OS_ERROR, "cannot read " + shown(name) + ": " + damaged.getMessage());
        }
    }

    private Path find(String name) {
        List<String> places = places();
        Path some = null;
        for (String place : places) {
            for (String ending : new String[] {".gz", ""}) {
                Path file = machine.world().files().readable(place + "/" + name + ending);
                if (Files.isRegularFile(file)) {
                    if (!Files.isRegularFile(file.resolveSibling(SUBSET))) {
                        return file;
                    }
                    some = some == null ? file : some;
                }
            }
        }
        if (some != null) {
            return some;
        }
        throw new NnError(
                        ErrorKind.FILE_NOT_FOUND_ERROR,
                        "the MNIST file " + name + ".gz is neither in " + String.join(" nor in ", places)
                                + "; nothing is downloaded")
                .help("put " + TRAIN_IMAGES + ".gz, " + TRAIN_LABELS + ".gz, " + TEST_IMAGES + ".gz and " + TEST_LABELS
                        + ".gz there, or set NN_DATA to a folder whose mnist/ has them");
    }

    /**
     * The folder that the script names, {@code $NN_DATA/mnist}, and the folder of that name beside the script. A
     * folder that is marked as a subset counts only where none of them has more.
     */
    private List<String> places() {
        List<String> places = new ArrayList<>();
        places.add(folder.isEmpty() ? "." : folder);
        String data = machine.world().environment().get("NN_DATA");
        if (data != null && !data.isEmpty()) {
            places.add(data + "/mnist");
        }
        String beside = ModuleLoader.of(machine).scriptFolder();
        if (!beside.isEmpty() && !folder.isEmpty() && !folder.startsWith("/")) {
            places.add(beside + "/" + folder);
        }
        return places;
    }
}
