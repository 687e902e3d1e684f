package io.retrograd.session;

import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What operations inside a loop will take from stacks and TensorArrays, known before an iteration begins: the shape, and
 * of short vectors of ints, which are shapes that the forward loop kept for the backward one, the elements. A plan for
 * an iteration relies on both, so they are looked at anew before each.
 */
final class Foresight {
    static final Foresight NONE = new Foresight(List.of());

    private static final int MOST_ELEMENTS = 16;

    /** One operation; the handle is a feed, or the gradient array that another operation makes of one. */
    private record Taking(Instruction x, int feed, Instruction gradient) {}

    private record Handle(int feed, Object source) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Handle h && h.feed == feed && h.source.equals(source);
        }

        @Override
        public int hashCode() {
            return feed * 31 + source.hashCode();
        }
    }

    private final List<Taking> takings;
    private final Map<Instruction, Integer> index = new IdentityHashMap<>();
    private final NdArray[] now;
    /** Whether it gave the same elements each time. */
    private final boolean[] sure;

    private Foresight(List<Taking> takings) {
        this.takings = takings;
        this.now = new NdArray[takings.size()];
        this.sure = new boolean[now.length];
        for (int i = 0; i < now.length; i++) {
            index.put(takings.get(i).x, i);
            sure[i] = takings.get(i).x.definition.foreseesElements();
        }
    }

    static Foresight of(Plan plan) {
        Map<Integer, Integer> feedOf = new HashMap<>();
        for (int i = 0; i < plan.feedSlots.length; i++) {
            feedOf.put(plan.feedSlots[i], i);
        }
        Map<Integer, Instruction> makers = new HashMap<>();
        Map<Integer, Integer> same = new HashMap<>();
        Map<Handle, List<Instruction>> users = new HashMap<>();
        Map<Instruction, Taking> found = new LinkedHashMap<>();
        for (Instruction x : plan.code) {
            if (x.in.length == 0) {
                continue;
            }
            int slot = same.getOrDefault(x.in[0], x.in[0]);
            if (x.operation.type().equals("Identity")) {
                same.put(x.out, slot);
                continue;
            }
            Instruction maker = makers.get(slot);
            Integer feed = feedOf.get(maker == null ? slot : same.getOrDefault(maker.in[0], maker.in[0]));
            if (feed == null || x.operation.input(0).dtype() != DType.RESOURCE) {
                continue;
            }
            if (x.operation.type().equals("TensorArrayGradV3")) {
                if (maker == null) {
                    makers.put(x.out, x);
                }
                continue;
            }
            Object source = maker == null ? "" : maker.operation.attribute("source");
            users.computeIfAbsent(new Handle(feed, source), k -> new ArrayList<>()).add(x);
            found.put(x, new Taking(x, feed, maker));
        }
        List<Taking> takings = new ArrayList<>();
        users.forEach((handle, list) -> {
            // Where others put something in or take something out, nobody knows what will be there.
            boolean readOnly = true;
            for (Instruction x : list) {
                readOnly &= x.definition.foresees() && (list.size() == 1 || !x.definition.foreseesElements());
            }
            if (readOnly) {
                list.forEach(x -> takings.add(found.get(x)));
            }
        });
        return takings.isEmpty() ? NONE : new Foresight(takings);
    }

    /** Looks at what will come. */
    void look(NdArray[] feeds) {
        for (int i = 0; i < now.length; i++) {
            Taking t = takings.get(i);
            NdArray handle = feeds[t.feed];
            if (t.gradient != null) {
                handle = t.gradient.definition.foresee(t.gradient.operation, handle);
            }
            now[i] = t.x.definition.foresee(t.x.operation, handle);
        }
    }

    /** What it saw, to be remembered: without elements that do not count. */
    NdArray[] snapshot() {
        NdArray[] all = now.clone();
        for (int i = 0; i < all.length; i++) {
            if (all[i] != null) {
                all[i] = isShort(all[i]) && sure[i] ? all[i].copy() : NdArray.zeros(DType.FLOAT32).broadcastTo(all[i].shape());
            }
        }
        return all;
    }

    private static boolean isShort(NdArray a) {
        return a.dtype() == DType.INT32 && a.rank() == 1 && a.size() <= MOST_ELEMENTS;
    }

    /** Whether what it saw has the shapes of what it saw then. */
    boolean fits(NdArray[] then) {
        for (int i = 0; i < now.length; i++) {
            if (now[i] == null || then[i] == null ? now[i] != then[i] : !now[i].hasShapeOf(then[i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether elements that were the same until now differ from those then; they are not relied on any more. */
    boolean differs(NdArray[] then) {
        boolean differ = false;
        for (int i = 0; i < now.length; i++) {
            if (!isSure(i, then)) {
                continue;
            }
            for (int k = 0; k < now[i].size(); k++) {
                if (now[i].getInt(k) != then[i].getInt(k)) {
                    sure[i] = false;
                    differ = true;
                    break;
                }
            }
        }
        return differ;
    }

    int indexOf(Instruction x) {
        return now.length == 0 ? -1 : index.getOrDefault(x, -1);
    }

    /** Whether a plan may rely on the elements that it saw then. */
    boolean isSure(int i, NdArray[] then) {
        return sure[i] && then[i] != null && isShort(then[i]);
    }
}
