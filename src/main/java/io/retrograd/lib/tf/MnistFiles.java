package io.retrograd.lib.tf;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.format.IdxFile;
import io.retrograd.lang.value.Machine;
import io.retrograd.tensor.NdArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the MNIST files are: in the folder that the script names, or else in {@code $NN_DATA/mnist}. Nothing is
 * downloaded.
 */
final class MnistFiles {
    static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
    static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
    static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
    static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

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

    private NdArray read(String name, boolean images) {
        Path file = find(name);
        try {
            return images ? IdxFile.images(file, shown(name)) : IdxFile.labels(file, shown(name));
        } catch (IOException damaged) {
            throw new NnError(ErrorKind.OS_ERROR, "cannot read " + shown(name) + ": " + damaged.getMessage());
        }
    }

    private Path find(String name) {
        List<String> tried = new ArrayList<>();
        tried.add(folder.isEmpty() ? "." : folder);
        String data = machine.world().environment().get("NN_DATA");
        if (data != null && !data.isEmpty()) {
            tried.add(data + "/mnist");
        }
        for (String each : tried) {
            for (String ending : new String[] {".gz", ""}) {
                Path file = machine.world().files().readable(each + "/" + name + ending);
                if (Files.isRegularFile(file)) {
                    return file;
                }
            }
        }
        throw new NnError(
                        ErrorKind.FILE_NOT_FOUND_ERROR,
                        "the MNIST file " + name + ".gz is neither in " + String.join(" nor in ", tried)
                                + "; nothing is downloaded")
                .help("put " + TRAIN_IMAGES + ".gz, " + TRAIN_LABELS + ".gz, " + TEST_IMAGES + ".gz and " + TEST_LABELS
                        + ".gz there, or set NN_DATA to a folder whose mnist/ has them");
    }
}
