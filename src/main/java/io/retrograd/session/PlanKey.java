package io.retrograd.session;

import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import java.util.Arrays;
import java.util.List;

/** Which tensors a run fetches, which operations it runs besides, which tensors are fed: compared by identity. */
public final class PlanKey {
    private final Object[] parts;
    private final int fetches;
    private final int targets;
    private final int hash;

    public PlanKey(List<Output> fetches, List<Operation> targets, List<Output> feeds) {
        this.fetches = fetches.size();
        this.targets = targets.size();
        this.parts = new Object[this.fetches + this.targets + feeds.size()];
        int n = 0;
        int h = this.fetches * 31 + this.targets;
        for (List<?> list : List.of(fetches, targets, feeds)) {
            for (Object part : list) {
                parts[n++] = part;
                h = h * 31 + System.identityHashCode(part);
            }
        }
        this.hash = h;
    }

    @SuppressWarnings("unchecked")
    private <T> List<T> part(int from, int to) {
        return (List<T>) (List<?>) Arrays.asList(Arrays.copyOfRange(parts, from, to));
    }

    public List<Output> fetches() {
        return part(0, fetches);
    }

    public List<Operation> targets() {
        return part(fetches, fetches + targets);
    }

    public List<Output> feeds() {
        return part(fetches + targets, parts.length);
    }

    Output feed(int i) {
        return (Output) parts[fetches + targets + i];
    }

    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof PlanKey k) || k.hash != hash || k.fetches != fetches || k.targets != targets
                || k.parts.length != parts.length) {
            return false;
        }
        for (int i = 0; i < parts.length; i++) {
            if (parts[i] != k.parts[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
