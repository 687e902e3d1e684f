package io.retrograd.lib.tf.input;

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
import java.util.stream.Stream;

/**
 * Where the MNIST files are: in the folder that the script names, in {@code $NN_DATA/mnist}, or in the folder of
 * that name beside the script. Nothing is downloaded.
 */
final class MnistFiles {
    static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
    static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
    static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
    static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

    private static final List<String> NAMES = List.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS);

    /** Beside the digits: a sentence that says that they are not all. */
    private static final String SUBSET = "SUBSET";

    private final Machine machine;
    private final String folder;

    /** Where the files were found. */
    private String place;

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

    /** The file in the first folder that has all four: files of different folders need not belong together. */
    private Path find(String name) {
        if (place == null) {
            place = place();
        }
        return file(place, name).orElseThrow();
    }

    private String place() {
        List<String> places = places();
        List<String> whole = places.stream().filter(each -> missing(each).isEmpty()).toList();
        return whole.stream().filter(each -> !isSubset(each)).findFirst().or(() -> whole.stream().findFirst()).orElseThrow(() -> new NnError(
                        ErrorKind.FILE_NOT_FOUND_ERROR,
                        "the MNIST file " + missing(places.get(0)).get(0) + ".gz is " + (places.size() == 1 ? "not in " : "neither in ") + String.join(" nor in ", places)
                                + "; nothing is downloaded")
                .help("put " + String.join(".gz, ", NAMES.subList(0, 3)) + ".gz and " + NAMES.get(3)
                        + ".gz there, or set NN_DATA to a folder whose mnist/ has them"));
    }

    private List<String> missing(String folder) {
        return NAMES.stream().filter(name -> file(folder, name).isEmpty()).toList();
    }

    private boolean isSubset(String folder) {
        return Files.isRegularFile(machine.world().files().readable(folder + "/" + SUBSET));
    }

    private Optional<Path> file(String folder, String name) {
        return Stream.of(".gz", "").map(ending -> machine.world().files().readable(folder + "/" + name + ending))
                .filter(Files::isRegularFile).findFirst();
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
