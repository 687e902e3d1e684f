package io.retrograd.lang.value;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which attribute of an instance lies in which field. Instances of a class that were given the same attributes
 * in the same order share one, so that a place in the script which has seen a layout knows the field at once.
 */
public final class Layout {
    private final Map<String, Integer> fields;
    private final List<String> names;
    private final Map<String, Layout> wider;

    private Layout(Map<String, Integer> fields, List<String> names) {
        this(fields, names, new HashMap<>(4));
    }

    private Layout(Map<String, Integer> fields, List<String> names, Map<String, Layout> wider) {
        this.fields = fields;
        this.names = names;
        this.wider = wider;
    }

    /** The layout of objects that seldom have attributes: what follows from it is not kept. */
    static final Layout BARE = new Layout(Map.of(), List.of(), null);

    static Layout empty() {
        return new Layout(Map.of(), List.of());
    }

    /** The field of that attribute, or -1. */
    public int indexOf(String name) {
        Integer i = fields.get(name);
        return i == null ? -1 : i;
    }

    /** The same and one more. */
    public Layout with(String name) {
        Layout next = wider == null ? null : wider.get(name);
        if (next == null) {
            Map<String, Integer> more = new HashMap<>(fields);
            more.put(name, names.size());
            List<String> longer = new ArrayList<>(names);
            longer.add(name);
            next = new Layout(more, longer);
            if (wider != null) {
                wider.put(name, next);
            }
        }
        return next;
    }

    /** Attributes in the order of their fields. */
    public List<String> names() {
        return names;
    }
}
