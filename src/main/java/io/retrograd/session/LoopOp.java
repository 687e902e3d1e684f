package io.retrograd.session;

import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A whole loop as one operation: its inputs are the first values of the loop variables and what is the same in all
 * iterations, its outputs the last values of variables. Condition and body are plans of their own. Each variable has a
 * few arrays that its values take turns in, unless something keeps them.
 */
final class LoopOp extends OpDef {
    /**
     * A part of the loop.
     *
     * @param from for each feed the loop's input, or behind them what the condition computes for the body
     */
    record Source(Subgraph part, int[] from) {}

    private final Plan condition;
    private final Plan body;
    private final int[] conditionFrom;
    private final int[] bodyFrom;
    private final int[] exits;
    private final SessionState session;
    private final int variables;
    private final int inputs;
    /** The arrays that a variable's values take turns in. */
    private final List<List<NdArray>> turns = new ArrayList<>();
    /** Variables whose values are kept until the run ends, and where they get arrays. */
    private final boolean[] isKept;
    private final KeptArrays.Source[] kept;
    private final NdArray[] values;
    private final NdArray[] conditionFeeds;
    private final NdArray[] bodyFeeds;

    /** Exits are the variables that the operation's outputs are. */
    LoopOp(SessionState session, Source condition, Source body, int variables, int[] exits, int inputs) {
        super("While", "", "");
        this.session = session;
        this.variables = variables;
        this.exits = exits;
        this.inputs = inputs;
        this.conditionFrom = condition.from;
        this.bodyFrom = body.from;
        this.values = new NdArray[inputs + condition.part.fetches().size() - 1];
        this.conditionFeeds = new NdArray[conditionFrom.length];
        this.bodyFeeds = new NdArray[bodyFrom.length];
        this.isKept = new boolean[variables];
        this.kept = new KeptArrays.Source[variables];
        markKept(body);
        for (int i = 0; i < values.length + 1; i++) {
            turns.add(new ArrayList<>());
        }
        // The condition's results lie in arrays of their own, behind those of the variables.
        this.condition = new Plan(session, condition.part, new Results(variables, conditionFrom));
        this.body = new Plan(session, body.part, new Results(0, bodyFrom));
    }

    /** Plans for what is inside, for those who show it. */
    List<Plan> plans() {
        return List.of(condition, body);
    }

    private void markKept(Source source) {
        Set<Output> keeps = new HashSet<>();
        for (Operation op : source.part.operations()) {
            int i = op.definition().keptInput();
            if (i >= 0) {
                Output o = op.input(i);
                keeps.add(o);
                while (o.operation().type().equals("Identity")) {
                    o = o.operation().input(0);
                    keeps.add(o);
                }
            }
        }
        List<Output> feeds = source.part.feeds();
        for (int i = 0; i < feeds.size(); i++) {
            if (bodyFrom[i] < variables && keeps.contains(feeds.get(i))) {
                isKept[bodyFrom[i]] = true;
            }
        }
        List<Output> fetches = source.part.fetches();
        for (int i = 0; i < variables; i++) {
            isKept[i] |= keeps.contains(fetches.get(i));
            isKept[i] &= KeptArrays.Source.isFor(fetches.get(i).dtype());
        }
    }

    private final class Results implements LoopResults {
        private final int first;
        private final int[] from;

        Results(int first, int[] from) {
            this.first = first;
            this.from = from;
        }

        @Override
        public NdArray take(int fetch, DType dtype, int[] dims) {
            int i = first + fetch;
            if (i < variables && isKept[i]) {
                return keptArray(i, dtype, dims);
            }
            List<NdArray> arrays = turns.get(i);
            for (int k = 0; k < arrays.size(); k++) {
                NdArray a = arrays.get(k);
                if (isFree(a)) {
                    if (a.dtype() == dtype && a.hasShape(dims)) {
                        return a;
                    }
                    arrays.remove(k--);
                }
            }
            NdArray made = NdArray.zeros(dtype, dims);
            arrays.add(made);
            return made;
        }

        @Override
        public boolean keepsFetch(int fetch) {
            return first + fetch < variables && isKept[first + fetch];
        }

        @Override
        public boolean keepsFeed(int feed) {
            return from[feed] < variables && isKept[from[feed]];
        }
    }

    private NdArray keptArray(int variable, DType dtype, int[] dims) {
        KeptArrays.Source source = kept[variable];
        if (source == null || !source.gives(dtype, dims)) {
            source = new KeptArrays.Source(session.kept(), dtype, dims);
            kept[variable] = source;
        }
        return source.take();
    }

    /** Whether no value lies in that array. */
    private boolean isFree(NdArray array) {
        Object data = array.data();
        for (NdArray v : values) {
            if (v != null && v.data() == data) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void infer(ShapeContext c) {}

    @Override
    public boolean isStateful() {
        return true;
    }

    @Override
    public void compute(KernelContext k) {
        try {
            for (int i = 0; i < inputs; i++) {
                values[i] = k.input(i);
                if (i < variables && isKept[i]) {
                    NdArray own = keptArray(i, values[i].dtype(), values[i].shape());
                    own.assign(values[i]);
                    values[i] = own;
                }
            }
            while (true) {
                NdArray[] decided = condition.run(gather(conditionFrom, conditionFeeds));
                if (!decided[0].getBoolean(0)) {
                    break;
                }
                System.arraycopy(decided, 1, values, inputs, decided.length - 1);
                NdArray[] next = body.run(gather(bodyFrom, bodyFeeds));
                System.arraycopy(next, 0, values, 0, variables);
            }
            for (int i = 0; i < exits.length; i++) {
                k.forward(i, values[exits[i]]);
            }
        } finally {
            Arrays.fill(values, null);
        }
    }

    private NdArray[] gather(int[] from, NdArray[] into) {
        for (int i = 0; i < from.length; i++) {
            into[i] = values[from[i]];
        }
        return into;
    }
}
