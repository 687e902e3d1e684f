package io.retrograd.lang.run;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Finds the slots of the frame that a node and all nodes below it may touch. Looks at the nodes' fields, so that
 * a new kind of node needs nothing here; only asked when something hot is compiled.
 */
final class SlotUse {
    private final BitSet slots = new BitSet();
    private boolean pauses;
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private SlotUse() {}

    static BitSet of(Object node) {
        SlotUse use = new SlotUse();
        use.visit(node);
        return use.slots;
    }

    /** Whether a node or one below it pauses a generator. */
    static boolean pauses(Object node) {
        SlotUse use = new SlotUse();
        use.visit(node);
        return use.pauses;
    }

    private void visit(Object node) {
        if (node == null || node instanceof Code || !seen.add(node)) {
            return;
        }
        Class<?> type = node.getClass();
        if (type.isArray()) {
            for (int i = 0; !type.getComponentType().isPrimitive() && i < Array.getLength(node); i++) {
                visit(Array.get(node, i));
            }
            return;
        }
        if (!type.getName().startsWith(SlotUse.class.getPackageName() + ".")) {
            return;
        }
        pauses |= type.getEnclosingClass() == Generators.class;
        if (node instanceof Functions.FrameCall) {
            // It looks at all the variables there are.
            slots.set(0, Character.MAX_VALUE);
        }
        if (node instanceof Definitions.Captures captures) {
            for (int i = 0; i < captures.at().length; i++) {
                if (captures.own()[i]) {
                    slots.set(captures.at()[i]);
                }
            }
            return;
        }
        for (Class<?> c = type; c != Object.class && c != Record.class && c != null; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                visit(node, field);
            }
        }
    }

    private void visit(Object node, Field field) {
        if (Modifier.isStatic(field.getModifiers())) {
            return;
        }
        try {
            field.setAccessible(true);
            if (field.getType() == int.class && field.getName().equals("slot")) {
                slots.set(field.getInt(node));
            } else if (field.getType() == int[].class) {
                if (field.getName().equals("freshCells") || field.getName().equals("kept")) {
                    for (int slot : (int[]) field.get(node)) {
                        slots.set(slot);
                    }
                }
            } else if (!field.getType().isPrimitive()) {
                visit(field.get(node));
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
