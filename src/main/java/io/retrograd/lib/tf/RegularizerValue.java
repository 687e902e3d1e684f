package io.retrograd.lib.tf;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/** A regularizer as scripts hold it: called with weights, it makes the loss term, or None where its scale is 0. */
final class RegularizerValue implements Value {
    static final TypeValue TYPE = TypeValue.opaque("builtins", "function", RegularizerValueTable.TABLE);

    /** Builds the term for some weights; null for none. */
    interface Term {
        Output of(Graph g, Operand weights);
    }

    private final Term term;

    RegularizerValue(Term term) {
        this.term = term;
    }

    Term term() {
        return term;
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
        return RegularizerValueTable.TABLE.find("__call__").callOn(m, this, arguments, keywords);
    }

    @Builtin(value = "__call__", signature = "weights", method = true, doc = "The loss term for these weights.")
    static Object apply(Machine m, RegularizerValue self, Object weights) {
        Output term = self.term.of(TfState.of(m).graph(), Operands.of(m, weights));
        return term == null ? None.NONE : Tensors.wrap(term);
    }
}
