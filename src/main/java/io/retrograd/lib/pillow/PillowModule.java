package io.retrograd.lib.pillow;

import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;

/** The package {@code PIL}: {@code Image} and {@code ImageOps}. */
public final class PillowModule {
    private static final Object[][] CONSTANTS = {
        {"NEAREST", 0L}, {"LANCZOS", 1L}, {"ANTIALIAS", 1L}, {"BILINEAR", 2L}, {"LINEAR", 2L}, {"BICUBIC", 3L}, {"CUBIC", 3L},
        {"BOX", 4L}, {"HAMMING", 5L}, {"FLIP_LEFT_RIGHT", 0L}, {"FLIP_TOP_BOTTOM", 1L}, {"ROTATE_90", 2L}, {"ROTATE_180", 3L},
        {"ROTATE_270", 4L}, {"TRANSPOSE", 5L}, {"TRANSVERSE", 6L}, {"NONE", 0L}, {"FLOYDSTEINBERG", 3L}, {"WEB", 0L}, {"ADAPTIVE", 1L}
    };

    private PillowModule() {}

    /** The module of that dotted name; null if there is none. */
    public static ModuleValue make(Machine m, String name) {
        return switch (name) {
            case "PIL" -> new ModuleValue(name).with("__version__", "6.2.0")
                    .with("Image", (Machine x) -> x.library().module(x, "PIL.Image"))
                    .with("ImageOps", (Machine x) -> x.library().module(x, "PIL.ImageOps"));
            case "PIL.Image", "Image" -> image(name);
            case "PIL.ImageOps", "ImageOps" -> new ModuleValue(name).with(ImageFunctionsTable.TABLE, "ImageOps.");
            default -> null;
        };
    }

    private static ModuleValue image(String name) {
        ModuleValue module = new ModuleValue(name).with(ImageFunctionsTable.TABLE, "Image.").with("Image", ImageValue.TYPE);
        ModuleValue resampling = new ModuleValue("Resampling");
        ModuleValue transpose = new ModuleValue("Transpose");
        ModuleValue dither = new ModuleValue("Dither");
        for (Object[] each : CONSTANTS) {
            String constant = (String) each[0];
            module.with(constant, each[1]);
            boolean turns = constant.startsWith("FLIP_") || constant.startsWith("ROTATE") || constant.startsWith("TRANS");
            (turns ? transpose : constant.equals("NONE") || constant.equals("FLOYDSTEINBERG") ? dither : resampling)
                    .with(constant, each[1]);
        }
        return module.with("Resampling", resampling).with("Transpose", transpose).with("Dither", dither);
    }
}
