package io.retrograd.show;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.session.PlanKey;
import io.retrograd.session.RunObserver;
import io.retrograd.session.Session;
import io.retrograd.tensor.NdArray;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Stops a script where an operation first makes a nan or an infinity: {@code --check-numerics}. Every run executes its
 * operations one by one for that; the run that fails leaves the variables as they were.
 */
public final class NumericsCheck implements RunObserver {
    private final Supplier<Messages> messages;
    private final Function<Graph, Names> names;
    private long runs;

    /**
     * @param messages the reader's language
     * @param names what the script calls its tensors when something is found
     */
    public NumericsCheck(Supplier<Messages> messages, Function<Graph, Names> names) {
        this.messages = messages;
        this.names = names;
    }

    @Override
    public NdArray[] run(Session session, PlanKey key, NdArray[] feeds) {
        runs++;
        Map<Operation, NdArray[]> values = new IdentityHashMap<>();
        Map<Output, NdArray> fed = new IdentityHashMap<>();
        for (int i = 0; i < feeds.length; i++) {
            Output o = key.feeds().get(i);
            fed.put(o, feeds[i]);
            String odd = NumericsBlame.odd(feeds[i]);
            if (!odd.isEmpty()) {
                throw NnError.invalidArgument(o.operation().name() + " : Tensor had " + odd + " values")
                        .help(messages.get().get("numerics.fed", odd, messages.get().get("numerics.run", runs), names.apply(session.graph()).of(o)));
            }
        }
        return session.runTraced(key, feeds, (op, results, nanos) -> {
            values.put(op, results);
            for (NdArray value : results) {
                check(op, value, values, fed);
            }
        });
    }

    private void check(Operation op, NdArray value, Map<Operation, NdArray[]> values, Map<Output, NdArray> fed) {
        String odd = NumericsBlame.odd(value);
        if (!odd.isEmpty()) {
            String what = odd.equals("nan") ? "NaN" : odd.equals("inf") ? "Inf" : "Inf and NaN";
            Messages m = messages.get();
            throw NnError.invalidArgument(op.name() + " : Tensor had " + what + " values")
                    .help(m.get("numerics.operation", odd, m.get("numerics.run", runs), NumericsBlame.text(op, values, fed, names.apply(op.graph()), m)));
        }
    }
}
