package io.retrograd.lib.numpy;

import io.retrograd.lang.builtin.BuiltinTable;
import io.retrograd.lang.run.ModuleLoader;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.None;

/** The module {@code numpy} and its submodules. A builtin called {@code linalg.inv} is found in {@code numpy.linalg}. */
public final class NumpyModule {
    /** The version whose behaviour this is. */
    static final String VERSION = "1.24.2";

    private static final String[] SUBMODULES = {"linalg", "random", "testing", "fft"};

    private NumpyModule() {}

    private static BuiltinTable[] tables() {
        return new BuiltinTable[] {CreationTable.TABLE, ShapingTable.TABLE, ReductionsTable.TABLE, NumbersTable.TABLE,
            ProductsTable.TABLE, SearchingTable.TABLE, JoiningTable.TABLE, PickingTable.TABLE, PlacesTable.TABLE,
            SetFunctionsTable.TABLE, StatisticsTable.TABLE, LinearAlgebraTable.TABLE, ArrayFilesTable.TABLE,
            PrintFunctionsTable.TABLE, TestingTable.TABLE, WindowsTable.TABLE, PolynomialsTable.TABLE,
            FourierTable.TABLE, AssortedTable.TABLE};
    }

    /** The module as the interpreter has it. */
    static ModuleValue of(Machine m) {
        return (ModuleValue) m.library().module(m, "numpy");
    }

    /** The module, or one of its submodules by its path below {@code numpy}; null if there is none. */
    public static ModuleValue make(Machine m, String path) {
        return switch (path) {
            case "" -> root();
            case "random", "random.mtrand" -> random();
            case "linalg", "testing", "fft" -> below(path);
            default -> null;
        };
    }

    private static ModuleValue below(String path) {
        ModuleValue module = new ModuleValue("numpy." + path);
        for (BuiltinTable table : tables()) {
            module.with(table, path + ".");
        }
        if (path.equals("linalg")) {
            module.with("LinAlgError", (Machine m) -> m.library().module(m, "builtins").attribute(m, "LinAlgError"));
        }
        return module;
    }

    /** Its functions are the methods of one RandomState. */
    private static ModuleValue random() {
        ModuleValue module = new ModuleValue("numpy.random");
        module.with("RandomState", RandomStateValue.TYPE);
        for (String name : new String[] {"default_rng", "Generator", "PCG64", "SeedSequence"}) {
            module.with(name, (Machine m) -> ModuleLoader.of(m).library(m, "numpy.random", NumpyModule.class, "random").exact(m, name));
        }
        for (String name : RandomMethodsTable.TABLE.names()) {
            if (!name.startsWith("__")) {
                module.with(name, (Machine m) -> NumpyState.of(m).randomValue().attribute(m, name));
            }
        }
        return module;
    }

    private static ModuleValue root() {
        ModuleValue numpy = new ModuleValue("numpy");
        for (BuiltinTable table : tables()) {
            numpy.with(table, "");
        }
        for (String known : SUBMODULES) {
            numpy.with(known, (Machine m) -> m.library().module(m, "numpy." + known));
        }
        ScalarTypes.addTo(numpy);
        Ufuncs.addTo(numpy);
        numpy.with("ndarray", ArrayValue.TYPE).with("matrix", MatrixValue.TYPE).with("dtype", ElementType.TYPE)
                .with("ufunc", Ufunc.TYPE).with("newaxis", None.NONE).with("poly1d", PolynomialValue.TYPE);
        for (String error : new String[] {"AxisError", "LinAlgError"}) {
            numpy.with(error, (Machine m) -> m.library().module(m, "builtins").attribute(m, error));
        }
        for (String warning : new String[] {"VisibleDeprecationWarning", "ComplexWarning", "RankWarning", "ModuleDeprecationWarning"}) {
            numpy.with(warning, (Machine m) -> m.library().module(m, "builtins").attribute(m, "UserWarning"));
        }
        numpy.with("pi", Math.PI).with("e", Math.E).with("euler_gamma", 0.5772156649015329);
        for (String name : new String[] {"inf", "Inf", "Infinity", "PINF", "infty"}) {
            numpy.with(name, Double.POSITIVE_INFINITY);
        }
        numpy.with("NINF", Double.NEGATIVE_INFINITY).with("nan", Double.NaN).with("NaN", Double.NaN).with("NAN", Double.NaN)
                .with("PZERO", 0.0).with("NZERO", -0.0).with("True_", true).with("False_", false);
        numpy.with("c_", new Grids(Grids.Kind.C)).with("r_", new Grids(Grids.Kind.R)).with("s_", new Grids(Grids.Kind.S))
                .with("index_exp", new Grids(Grids.Kind.S)).with("mgrid", new Grids(Grids.Kind.MGRID))
                .with("ogrid", new Grids(Grids.Kind.OGRID));
        numpy.with("__version__", VERSION);
        return numpy;
    }
}
