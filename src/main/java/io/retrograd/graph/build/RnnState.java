package io.retrograd.graph.build;

import io.retrograd.graph.Output;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The state of a recurrent cell: a tensor, the pair of an LSTM, or the states of several cells. */
public sealed interface RnnState {
    /** One tensor. */
    record Single(Output tensor) implements RnnState {}

    /** An LSTM's memory c and output h. */
    record Lstm(Output c, Output h) implements RnnState {}

    /** The states of cells that lie on one another. */
    record Several(List<RnnState> parts) implements RnnState {}

    /** Its tensors in order. */
    default List<Output> flat() {
        List<Output> all = new ArrayList<>();
        if (this instanceof Single s) {
            all.add(s.tensor());
        } else if (this instanceof Lstm l) {
            all.add(l.c());
            all.add(l.h());
        } else if (this instanceof Several many) {
            many.parts().forEach(p -> all.addAll(p.flat()));
        }
        return all;
    }

    /** A state of the same form with these tensors. */
    default RnnState with(Iterator<Output> tensors) {
        if (this instanceof Single) {
            return new Single(tensors.next());
        }
        if (this instanceof Lstm) {
            Output c = tensors.next();
            return new Lstm(c, tensors.next());
        }
        List<RnnState> parts = new ArrayList<>();
        for (RnnState p : ((Several) this).parts()) {
            parts.add(p.with(tensors));
        }
        return new Several(parts);
    }
}
