package io.retrograd.lang.value;

/** An instance's {@code __dict__}: what is written there becomes an attribute of the instance. */
final class AttributeDict extends DictValue {
    private final InstanceValue instance;
    private final boolean filled;

    AttributeDict(Machine m, InstanceValue instance) {
        this.instance = instance;
        for (String name : instance.ownNames()) {
            super.putText(name, instance.own(name));
        }
        this.filled = true;
    }

    @Override
    public void put(Machine m, Object key, Object value) {
        super.put(m, key, value);
        if (key instanceof String name) {
            instance.own(name, value);
        }
    }

    @Override
    public void putText(String key, Object value) {
        super.putText(key, value);
        if (filled) {
            instance.own(key, value);
        }
    }

    @Override
    public Object remove(Machine m, Object key) {
        if (key instanceof String name) {
            instance.forget(name);
        }
        return super.remove(m, key);
    }

    @Override
    public void clear() {
        for (String name : instance.ownNames()) {
            instance.forget(name);
        }
        super.clear();
    }
}
