package io.retrograd.lib.tf;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Output;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.session.PlanKey;
import java.util.List;

/**
 * What a call of {@code run} asked for, kept for the next one: the same fetches with the same feed keys are found again
 * by identity, without reading their structure or looking names up.
 */
final class RunSite {
    private static final Object[] NOTHING = {};

    final Fetch fetch;
    final PlanKey key;
    final Output[] tensors;
    private final Object fetches;
    private final Object[] elements;
    private final Object[] keys;
    private final Graph graph;
    private final long rollbacks;

    private RunSite(Graph graph, Object fetches, Object[] elements, Object[] keys, Fetch fetch, PlanKey key) {
        this.graph = graph;
        this.rollbacks = graph.rollbacks();
        this.fetches = elements == null ? fetches : null;
        this.elements = elements;
        this.keys = keys;
        this.fetch = fetch;
        this.key = key;
        this.tensors = key.feeds().toArray(new Output[0]);
    }

    /** Null where the request is too rare or too odd in form to be worth remembering. */
    static RunSite of(Graph graph, Object fetches, Object feeds, Fetch fetch, List<Output> tensors) {
        Object[] elements = null;
        if (fetches instanceof ListValue list && list.getClass() == ListValue.class) {
            elements = list.toArray();
            for (Object each : elements) {
                if (!isPlain(each)) {
                    return null;
                }
            }
        } else if (!isPlain(fetches)) {
            return null;
        }
        Object[] keys = NOTHING;
        if (feeds instanceof DictValue dict) {
            keys = dict.keyArray();
            if (keys.length != tensors.size()) {
                return null;
            }
            for (int i = 0; i < keys.length; i++) {
                if (!(keys[i] instanceof TensorValue t && t.output() == tensors.get(i))) {
                    return null;
                }
            }
        }
        return new RunSite(graph, fetches, elements, keys, fetch, new PlanKey(fetch.outputs, fetch.targets, tensors));
    }

    private static boolean isPlain(Object fetch) {
        return fetch instanceof TensorValue || fetch instanceof OperationValue || fetch instanceof VariableValue;
    }

    /** Whether this is the same request; feeds are a dict or null. */
    boolean fits(Object wanted, DictValue feeds) {
        if (graph.rollbacks() != rollbacks || (feeds == null ? 0 : feeds.size()) != keys.length) {
            return false;
        }
        if (elements == null) {
            if (wanted != fetches) {
                return false;
            }
        } else {
            if (!(wanted instanceof ListValue list) || list.size() != elements.length
                    || list.getClass() != ListValue.class) {
                return false;
            }
            for (int i = 0; i < elements.length; i++) {
                if (list.get(i) != elements[i]) {
                    return false;
                }
            }
        }
        if (keys.length > 0) {
            DictValue.Entries entries = feeds.entries();
            for (int i = 0; entries.next(); i++) {
                if (entries.key() != keys[i]) {
                    return false;
                }
            }
        }
        return true;
    }
}
