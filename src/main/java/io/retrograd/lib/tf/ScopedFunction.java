package io.retrograd.lib.tf;

import io.retrograd.lang.builtin.BuiltinFunction;
import io.retrograd.lang.builtin.BuiltinTable;
import io.retrograd.lang.builtin.Signature;
import io.retrograd.lang.builtin.Wrapper;
import io.retrograd.lang.run.FunctionValue;
import io.retrograd.lang.value.BoundMethod;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Descriptor;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A function that takes default keywords from {@link ArgScopes}: a layer of tf.contrib, or a script's own. */
final class ScopedFunction implements Descriptor, Wrapper {
    private static final String[] LAYERS = {
        "avg_pool2d", "batch_norm", "convolution", "convolution2d", "conv2d", "convolution2d_transpose", "conv2d_transpose",
        "dense_to_sparse", "dropout", "flatten", "fully_connected", "linear", "max_pool2d", "one_hot_encoding", "relu", "softmax"
    };

    /** Functions that are fully_connected with its activation given: no scope changes that. */
    private static final List<String> PARTIAL = List.of("relu", "linear");

    private final Object function;
    private final String key;
    private final boolean fixedActivation;

    /** @param key what scopes know the function by */
    ScopedFunction(Object function, String key) {
        this(function, key, false);
    }

    private ScopedFunction(Object function, String key, boolean fixedActivation) {
        this.function = function;
        this.key = key;
        this.fixedActivation = fixedActivation;
    }

    /** Adds the layers of {@code tf.contrib.layers} that the tables declare, each ready for scopes. */
    static void addLayers(ModuleValue module, BuiltinTable... tables) {
        for (BuiltinTable table : tables) {
            for (String name : LAYERS) {
                BuiltinFunction layer = table.find("contrib.layers." + name);
                if (layer != null) {
                    boolean partial = PARTIAL.contains(name);
                    module.with(name, new ScopedFunction(layer, partial ? "contrib.layers.fully_connected" : layer.path(), partial));
                }
            }
        }
    }

    @Override
    public Object wrapped() {
        return function;
    }

    String key() {
        return key;
    }

    /** The names of its parameters with defaults. */
    List<Object> defaultNames() {
        List<Object> names = new ArrayList<>();
        if (function instanceof BuiltinFunction b) {
            for (Signature.Parameter p : b.signature().parameters()) {
                if (p.fallback() != null) {
                    names.add(p.name());
                }
            }
        } else if (function instanceof FunctionValue f) {
            names.addAll(f.defaultNames());
        }
        return names;
    }

    @Override
    public boolean sameAs(Object other) {
        return equals(other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScopedFunction f && f.function == function && f.fixedActivation == fixedActivation;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(function);
    }

    @Override
    public long hash(Machine m) {
        return hashCode();
    }

    @Override
    public TypeValue type() {
        return function instanceof Value v ? v.type() : CoreTypes.BUILTIN_FUNCTION;
    }

    @Override
    public boolean isCallable() {
        return true;
    }

    @Override
    public Object get(Machine m, Object self, TypeValue owner) {
        return self == null || function instanceof BuiltinFunction ? this : new BoundMethod(this, self);
    }

    @Override
    public Object call(Machine m, Object[] arguments, String[] keywords) {
        DictValue defaults = ArgScopes.keywords(m, key);
        if (defaults == null || defaults.size() == 0) {
            return Semantics.call(m, function, arguments, keywords);
        }
        List<String> given = Arrays.asList(keywords);
        Object[] allArguments = Arrays.copyOf(arguments, arguments.length + defaults.size());
        String[] allKeywords = Arrays.copyOf(keywords, keywords.length + defaults.size());
        int added = 0;
        for (Object each : defaults.keyArray()) {
            String name = (String) each;
            if (given.contains(name) || fixedActivation && name.equals("activation_fn")) {
                continue;
            }
            allArguments[arguments.length + added] = defaults.get(m, name);
            allKeywords[keywords.length + added] = name;
            added++;
        }
        return Semantics.call(m, function, Arrays.copyOf(allArguments, arguments.length + added),
                Arrays.copyOf(allKeywords, keywords.length + added));
    }

    @Override
    public Object attribute(Machine m, String name) {
        return switch (name) {
            case "__wrapped__" -> function;
            case "_key_op" -> key;
            default -> function instanceof Value v ? v.attribute(m, name) : null;
        };
    }

    @Override
    public String repr(Machine m) {
        return Semantics.repr(m, function);
    }
}
