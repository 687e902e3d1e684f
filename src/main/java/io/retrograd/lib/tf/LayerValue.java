package io.retrograd.lib.tf;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.Variable;
import io.retrograd.graph.build.BatchNormLayer;
import io.retrograd.graph.build.ConvLayer;
import io.retrograd.graph.build.DenseLayer;
import io.retrograd.graph.build.Layer;
import io.retrograd.graph.build.SimpleLayers;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.util.ArrayList;
import java.util.List;

/** A layer object such as {@code tf.layers.Dense(10)}: called with an input, it makes its operations. */
final class LayerValue implements Value {
    static final TypeValue TYPE = TypeValue.opaque("tensorflow.python.layers.base", "Layer", LayerValueTable.TABLE);

    private final Layer layer;

    LayerValue(Layer layer) {
        this.layer = layer;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public boolean isCallable() {
        return true;
    }

    @Override
    public Object call(Machine m, Object[] arguments, String[] keywords) {
        return LayerValueTable.TABLE.find("__call__").callOn(m, this, arguments, keywords);
    }

    @Builtin(
            value = {"__call__", "apply"},
            signature = "inputs, training=False",
            method = true,
            doc = "The layer's output; its variables are made at the first call.")
    static Object apply(Machine m, LayerValue self, Object inputs, Object training) {
        return Tensors.wrap(apply(m, self.layer, inputs, training));
    }

    static Output apply(Machine m, Layer layer, Object inputs, Object training) {
        Graph g = TfState.of(m).graph();
        if (layer instanceof SimpleLayers.Dropout d) {
            d.training(LayersFunctions.training(m, training));
        } else if (layer instanceof BatchNormLayer b) {
            b.training(LayersFunctions.training(m, training));
        }
        return layer.apply(g, Operands.of(m, inputs).toOutput(g, null, null, "Const"));
    }

    private static Object list(List<Variable> variables) {
        List<Object> all = new ArrayList<>();
        for (Variable v : variables) {
            all.add(Tensors.wrap(v));
        }
        return ListValue.of(all.toArray());
    }

    private static Object orNone(Variable v) {
        return v == null ? None.NONE : Tensors.wrap(v);
    }

    @Builtin(value = "name", property = true, doc = "The layer's name.")
    static String name(Machine m, LayerValue self) {
        return self.layer.name();
    }

    @Builtin(value = "scope_name", property = true, doc = "The variable scope of its variables.")
    static String scopeName(Machine m, LayerValue self) {
        return self.layer.scopeName();
    }

    @Builtin(value = {"variables", "weights"}, property = true, doc = "Its variables.")
    static Object variables(Machine m, LayerValue self) {
        return list(self.layer.variables());
    }

    @Builtin(value = {"trainable_variables", "trainable_weights"}, property = true, doc = "Its variables that are trained.")
    static Object trainable(Machine m, LayerValue self) {
        return list(self.layer.trainableVariables());
    }

    @Builtin(value = "units", property = true, doc = "The size of a dense layer's output.")
    static Object units(Machine m, LayerValue self) {
        if (self.layer instanceof DenseLayer dense) {
            return (long) dense.units();
        }
        throw Semantics.noAttribute(m, self, "units");
    }

    @Builtin(value = "kernel", property = true, doc = "Its kernel.")
    static Object kernel(Machine m, LayerValue self) {
        return orNone(self.layer instanceof DenseLayer d ? d.kernel() : self.layer instanceof ConvLayer c ? c.kernel() : null);
    }

    @Builtin(value = "bias", property = true, doc = "Its bias, or None.")
    static Object bias(Machine m, LayerValue self) {
        return orNone(self.layer instanceof DenseLayer d ? d.bias() : self.layer instanceof ConvLayer c ? c.bias() : null);
    }

    @Builtin(value = "built", property = true, doc = "Whether its variables are made.")
    static boolean built(Machine m, LayerValue self) {
        return self.layer.isBuilt();
    }

    @Builtin(value = "losses", property = true, doc = "The penalties of its regularizers.")
    static Object losses(Machine m, LayerValue self) {
        return Tensors.wrap(self.layer.losses());
    }

    @Builtin(value = "updates", property = true, doc = "Operations that have to run in training.")
    static Object updates(Machine m, LayerValue self) {
        List<Object> all = new ArrayList<>();
        for (Operation op : self.layer.updates()) {
            all.add(Tensors.wrap(op));
        }
        return ListValue.of(all.toArray());
    }
}
