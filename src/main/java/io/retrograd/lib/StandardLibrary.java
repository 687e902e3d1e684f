package io.retrograd.lib;

import io.retrograd.lang.value.Library;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.numpy.NumpyModule;
import io.retrograd.lib.pillow.PillowModule;
import io.retrograd.lib.pyplot.PyplotModule;
import io.retrograd.lib.python.PythonModules;
import io.retrograd.lib.tf.TfModule;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;

/** All that scripts find without bringing it along: Python's builtins and modules, TensorFlow and numpy. */
public final class StandardLibrary implements Library {
    private static final String TENSORFLOW = "tensorflow";
    private static final String NUMPY = "numpy";

    /** The words of the short language; no script can import a module of that name. */
    private static final String SHORT = "<words>";

    /** Names under which one and the same module is imported. */
    private static final String[] TENSORFLOW_ALIASES = {"tensorflow.compat.v1", "tensorflow.compat.v2.compat.v1", "tensorflow_v1"};

    /** The modules whose names are words, in the order in which they are asked. */
    private static final String[] WORD_MODULES = {"builtins", SHORT, TENSORFLOW, TENSORFLOW + ".nn", NUMPY};

    /** Names under which nearly every script knows a module. */
    private static final Map<String, String> USUAL_NAMES =
            Map.of("tf", TENSORFLOW, "np", NUMPY, "plt", "matplotlib.pyplot", "matplotlib", "matplotlib");

    /** The modules made so far. */
    private static final class Made {
        private final Map<String, ModuleValue> modules = new HashMap<>();
    }

    @Override
    public Value module(Machine m, String dottedName) {
        String name = plain(dottedName);
        Map<String, ModuleValue> made = m.state(Made.class, machine -> new Made()).modules;
        ModuleValue module = made.get(name);
        if (module == null) {
            module = make(m, name);
            if (module != null) {
                made.put(name, module);
            }
        }
        return module;
    }

    private static String plain(String name) {
        for (String alias : TENSORFLOW_ALIASES) {
            if (name.equals(alias)) {
                return TENSORFLOW;
            }
            if (name.startsWith(alias) && name.charAt(alias.length()) == '.') {
                return TENSORFLOW + name.substring(alias.length());
            }
        }
        return name;
    }

    private static ModuleValue make(Machine m, String name) {
        if (name.equals(SHORT)) {
            return TfModule.words();
        }
        if (name.equals(TENSORFLOW)) {
            return TfModule.make(m, "");
        }
        if (name.equals("keras") || name.startsWith("keras.")) {
            return TfModule.make(m, name);
        }
        if (name.startsWith(TENSORFLOW + ".")) {
            return TfModule.make(m, name.substring(TENSORFLOW.length() + 1));
        }
        if (name.startsWith("google")) {
            return TfModule.protobuf(name);
        }
        if (name.equals(NUMPY)) {
            return NumpyModule.make(m, "");
        }
        if (name.startsWith(NUMPY + ".")) {
            return NumpyModule.make(m, name.substring(NUMPY.length() + 1));
        }
        if (name.startsWith("matplotlib") || name.equals("pylab") || name.startsWith("mpl_toolkits")) {
            return PyplotModule.make(m, name);
        }
        if (name.startsWith("PIL") || name.equals("Image") || name.equals("ImageOps")) {
            return PillowModule.make(m, name);
        }
        return PythonModules.make(m, name);
    }

    @Override
    public Object word(Machine m, String name) {
        boolean special = name.startsWith("__");
        for (String each : WORD_MODULES) {
            // One after the other, so that a script that stays with Python loads nothing else.
            ModuleValue module = (ModuleValue) module(m, each);
            if (special && !module.name().equals("builtins")) {
                break;
            }
            Object found = special ? special(module, name) : module.exact(m, name);
            if (found == null && !special) {
                found = module.ignoringCase(m, name);
            }
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Such a word is a constant or a function of the builtins, never what any module answers to, such as its dictionary. */
    private static Object special(ModuleValue builtins, String name) {
        Object constant = builtins.attributes().get(name);
        return constant != null ? constant : builtins.declaration(name);
    }

    @Override
    public String importOf(String name) {
        String module = USUAL_NAMES.get(name);
        if (module != null && !module.equals(name)) {
            return "import " + module + " as " + name;
        }
        return module != null || PythonModules.names().contains(name) || name.equals(NUMPY) || name.equals(TENSORFLOW) ? "import " + name : "";
    }

    @Override
    public Collection<String> words(Machine m) {
        Collection<String> words = new LinkedHashSet<>();
        for (String each : WORD_MODULES) {
            ModuleValue module = (ModuleValue) module(m, each);
            for (String name : module.attributeNames(m)) {
                if (!name.startsWith("_")) {
                    words.add(name);
                }
            }
        }
        words.addAll(PythonModules.names());
        words.add(TENSORFLOW);
        words.add(NUMPY);
        return words;
    }
}
