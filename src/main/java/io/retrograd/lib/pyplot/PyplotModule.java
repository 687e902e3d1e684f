package io.retrograd.lib.pyplot;

import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.plot.Colormap;

/** The package {@code matplotlib}: pyplot, and what scripts import beside it. */
public final class PyplotModule {
    /** pyplot's functions that draw on the current axes, and the axes' methods that they are. */
    private static final String[][] DRAWING = {
        {"plot"}, {"step"}, {"semilogx"}, {"semilogy"}, {"loglog"}, {"errorbar"}, {"stem"}, {"arrow"}, {"quiver"}, {"hlines"}, {"vlines"},
        {"axhline"}, {"axvline"}, {"scatter"}, {"bar"}, {"barh"}, {"pie"}, {"hist"}, {"hist2d"}, {"boxplot"}, {"imshow"}, {"pcolor"},
        {"pcolormesh"}, {"spy"}, {"contour"}, {"contourf"}, {"clabel"}, {"fill_between"}, {"fill_betweenx"}, {"stackplot"}, {"fill"},
        {"axhspan"}, {"axvspan"}, {"text"}, {"annotate"}, {"legend"}, {"grid"}, {"axis"}, {"cla"}, {"tick_params"}, {"margins"},
        {"locator_params"}, {"ticklabel_format"}, {"minorticks_on"}, {"minorticks_off"}, {"autoscale"}, {"twinx"}, {"twiny"}, {"title", "set_title"}, {"xlabel", "set_xlabel"},
        {"ylabel", "set_ylabel"}, {"xlim", "set_xlim"}, {"ylim", "set_ylim"}, {"xticks", "set_xticks"}, {"yticks", "set_yticks"},
        {"xscale", "set_xscale"}, {"yscale", "set_yscale"}, {"box", "set_frame_on"}
    };

    private PyplotModule() {}

    /** The module of that dotted name; null if there is none. */
    public static ModuleValue make(Machine m, String name) {
        return switch (name) {
            case "matplotlib" -> submodules(new ModuleValue(name).with(PyplotFunctionsTable.TABLE, "mpl.").with("__version__", "3.1.1")
                    .with("rcParams", RcParams.of(m)).with("cycler", (Machine n) -> PyplotFunctionsTable.TABLE.find("cycler")), name,
                    "pyplot", "cm", "patches", "gridspec", "font_manager", "colors", "ticker", "animation", "lines", "style", "image");
            case "matplotlib.pyplot", "pylab", "matplotlib.pylab" -> pyplot(m, name);
            case "matplotlib.cm" -> colormaps(name);
            case "matplotlib.patches" -> new ModuleValue(name).with(PatchesTable.TABLE);
            case "matplotlib.lines" -> new ModuleValue(name).with(PatchesTable.TABLE, "lines.");
            case "matplotlib.gridspec" -> new ModuleValue(name).with(PyplotFunctionsTable.TABLE, "gridspec.");
            case "matplotlib.font_manager" -> new ModuleValue(name).with(PyplotFunctionsTable.TABLE, "font_manager.");
            case "mpl_toolkits" -> submodules(new ModuleValue(name), name, "mplot3d");
            case "mpl_toolkits.mplot3d", "mpl_toolkits.mplot3d.axes3d" -> submodules(
                    new ModuleValue(name).with(PyplotFunctionsTable.TABLE, "mplot3d."), "mpl_toolkits.mplot3d", "axes3d");
            case "matplotlib.image" -> new ModuleValue(name).with(PyplotFunctionsTable.TABLE, "image.");
            case "matplotlib.animation" -> new ModuleValue(name).with(AnimationFunctionsTable.TABLE);
            case "matplotlib.ticker" -> ticker(name);
            case "matplotlib.style" -> new ModuleValue(name).with(PyplotFunctionsTable.TABLE, "style.")
                    .with("available", ListValue.of(StyleSheets.NAMES.toArray()));
            case "matplotlib.colors" -> new ModuleValue(name).with(PyplotFunctionsTable.TABLE, "colors.")
                    .with("LinearSegmentedColormap", (Machine n) -> new ModuleValue("matplotlib.colors.LinearSegmentedColormap")
                            .with(PyplotFunctionsTable.TABLE, "colors.LinearSegmentedColormap."));
            default -> null;
        };
    }

    private static ModuleValue submodules(ModuleValue module, String name, String... children) {
        for (String child : children) {
            module.with(child, (Machine m) -> m.library().module(m, name + "." + child));
        }
        return module;
    }

    private static ModuleValue pyplot(Machine machine, String name) {
        ModuleValue plt = new ModuleValue(name).with(PyplotFunctionsTable.TABLE);
        for (String[] each : DRAWING) {
            plt.with(each[0], new CurrentAxesFunction(each[0], each[each.length - 1]));
        }
        for (String each : new String[] {"cm", "style"}) {
            plt.with(each, (Machine m) -> m.library().module(m, "matplotlib." + each));
        }
        for (String each : new String[] {"MultipleLocator", "MaxNLocator", "NullFormatter", "NullLocator", "FuncFormatter",
            "FormatStrFormatter", "LinearLocator", "ScalarFormatter"}) {
            plt.with(each, new TickerClass(each));
        }
        plt.with("rcParams", RcParams.of(machine));
        for (String[] each : new String[][] {{"mpl", "matplotlib"}, {"matplotlib", "matplotlib"}, {"np", "numpy"}}) {
            plt.with(each[0], (Machine m) -> m.library().module(m, each[1]));
        }
        for (String each : new String[] {"Rectangle", "Circle", "Polygon"}) {
            plt.with(each, (Machine m) -> PatchesTable.TABLE.find(each));
        }
        plt.with("Line2D", (Machine m) -> PatchesTable.TABLE.find("lines.Line2D"));
        plt.with("GridSpec", (Machine m) -> PyplotFunctionsTable.TABLE.find("gridspec.GridSpec"));
        for (String each : new String[] {"viridis", "plasma", "inferno", "magma", "gray", "jet", "hot", "cool", "bone", "copper", "pink", "hsv",
            "spring", "summer", "autumn", "winter"}) {
            plt.with(each, new DefaultColormap(each));
        }
        return plt;
    }

    private static ModuleValue ticker(String name) {
        ModuleValue ticker = new ModuleValue(name);
        for (String each : TickerValue.KINDS) {
            ticker.with(each, new TickerClass(each));
        }
        return ticker;
    }

    private static ModuleValue colormaps(String name) {
        ModuleValue cm = new ModuleValue(name);
        for (String map : Colormap.names()) {
            cm.with(map, new ColormapValue(Colormap.named(map).orElseThrow()));
            cm.with(map + "_r", new ColormapValue(Colormap.named(map + "_r").orElseThrow()));
        }
        return cm.with("get_cmap", (Machine m) -> PyplotFunctionsTable.TABLE.find("get_cmap"));
    }
}
