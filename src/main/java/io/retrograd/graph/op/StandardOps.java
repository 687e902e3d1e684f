package io.retrograd.graph.op;

import io.retrograd.graph.OpDef;
import io.retrograd.graph.OpLibrary;
import java.util.HashMap;
import java.util.Map;

/**
 * All operation types. Which family has one stands in {@code FamilyTable}, which is generated from the families; a
 * definition is made when it is first needed.
 */
public final class StandardOps implements OpLibrary {
    private final Map<String, OpDef> made = new HashMap<>();

    @Override
    public OpDef find(String type) {
        OpDef definition = made.get(type);
        if (definition == null) {
            definition = FamilyTable.find(type);
            if (definition != null) {
                made.put(type, definition);
            }
        }
        return definition;
    }
}
