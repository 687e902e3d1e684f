package io.retrograd.lib.pyplot;

import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.plot.Colormap;

/** The package {@code matplotlib}: pyplot, and what scripts import beside it. */
public final class PyplotModule {
    /** pyplot's functions that draw on the current axes, and the axes' methods that they are. */
    private static final String[][] DRAWING = {
        {"plot"}, {"scatter"}, {"bar"}, {"barh"}, {"hist"}, {"imshow"}, {"contour"}, {"contourf"}, {"fill_between"}, {"fill"},
        {"axhline"}, {"axvline"}, {"text"}, {"annotate"}, {"legend"}, {"grid"}, {"axis"}, {"cla"}, {"tick_params"}, {"errorbar"},
        {"title", "set_title"}, {"xlabel", "set_xlabel"}, {"ylabel", "set_ylabel"}, {"xlim", "set_xlim"}, {"ylim", "set_ylim"},
        {"xticks", "set_xticks"}, {"yticks", "set_yticks"}, {"xscale", "set_xscale"}, {"yscale", "set_yscale"}
    };

    private PyplotModule() {}

    /** The module of that dotted name; null if there is none. */
    public static ModuleValue make(Machine m, String name) {
        return switch (name) {
            case "matplotlib" -> submodules(new ModuleValue(name).with(PyplotFunctionsTable.TABLE, "mpl.").with("__version__", "3.1.1")
                    .with("rcParams", new DictValue()), name, "pyplot", "cm", "patches", "gridspec", "font_manager", "colors");
            case "matplotlib.pyplot", "pylab", "matplotlib.pylab" -> pyplot(name);
            case "matplotlib.cm" -> colormaps(name);
            case "matplotlib.patches" -> new ModuleValue(name).with(PyplotFunctionsTable.TABLE, "patches.");
            case "matplotlib.gridspec" -> new ModuleValue(name).with(PyplotFunctionsTable.TABLE, "gridspec.");
            case "matplotlib.font_manager" -> new ModuleValue(name).with(PyplotFunctionsTable.TABLE, "font_manager.");
            default -> null;
        };
    }

    private static ModuleValue submodules(ModuleValue module, String name, String... children) {
        for (String child : children) {
            module.with(child, (Machine m) -> m.library().module(m, name + "." + child));
        }
        return module;
    }

    private static ModuleValue pyplot(String name) {
        ModuleValue plt = new ModuleValue(name).with(PyplotFunctionsTable.TABLE);
        for (String[] each : DRAWING) {
            plt.with(each[0], new CurrentAxesFunction(each[0], each[each.length - 1]));
        }
        plt.with("cm", (Machine m) -> m.library().module(m, "matplotlib.cm"));
        plt.with("rcParams", new DictValue());
        plt.with("Rectangle", (Machine m) -> PyplotFunctionsTable.TABLE.find("patches.Rectangle"));
        return plt;
    }

    private static ModuleValue colormaps(String name) {
        ModuleValue cm = new ModuleValue(name);
        for (String map : new String[] {
            "viridis", "plasma", "inferno", "magma", "gray", "binary", "Greys", "jet", "hot", "cool", "spring", "summer", "autumn",
            "winter", "bone", "rainbow", "coolwarm", "RdBu", "RdYlGn", "RdYlBu", "Spectral", "Blues", "Greens", "Reds", "Oranges",
            "Purples", "Paired", "hsv"
        }) {
            cm.with(map, new ColormapValue(Colormap.named(map).orElseThrow()));
            cm.with(map + "_r", new ColormapValue(Colormap.named(map + "_r").orElseThrow()));
        }
        return cm.with("get_cmap", (Machine m) -> PyplotFunctionsTable.TABLE.find("get_cmap"));
    }
}
