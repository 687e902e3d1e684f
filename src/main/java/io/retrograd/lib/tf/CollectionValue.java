package io.retrograd.lib.tf;

import io.retrograd.lang.value.ListValue;
import java.util.List;

/** A collection of the graph as a list that a script may change: its changes are the graph's. */
final class CollectionValue extends ListValue {
    private final List<Object> collection;

    CollectionValue(List<Object> collection) {
        this.collection = collection;
        for (Object o : collection) {
            super.add(Elements.wrap(o));
        }
    }

    private void write() {
        collection.clear();
        for (int i = 0; i < size(); i++) {
            collection.add(Elements.unwrap(get(i)));
        }
    }

    @Override
    public void set(int i, Object value) {
        super.set(i, value);
        write();
    }

    @Override
    public void add(Object value) {
        super.add(value);
        if (collection != null) {
            write();
        }
    }

    @Override
    public void addAll(Object... values) {
        super.addAll(values);
        write();
    }

    @Override
    public void insert(int at, Object value) {
        super.insert(at, value);
        write();
    }

    @Override
    public Object removeAt(int at) {
        Object removed = super.removeAt(at);
        write();
        return removed;
    }

    @Override
    public void clear() {
        super.clear();
        write();
    }
}
