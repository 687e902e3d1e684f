package io.retrograd.lang.run;

import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.Semantics;
import java.util.Collection;

/** A file of the script's own as a module: its attributes are the variables of its scope. */
public final class ScriptModule extends ModuleValue {
    private final ModuleScope scope;

    public ScriptModule(ModuleScope scope) {
        super(scope.name());
        this.scope = scope;
    }

    public ModuleScope scope() {
        return scope;
    }

    @Override
    public Object exact(Machine m, String attribute) {
        return attribute(m, attribute);
    }

    @Override
    public Object attribute(Machine m, String attribute) {
        Object found = scope.get(attribute);
        if (found != null) {
            return found;
        }
        return attribute.equals("__dict__") ? namespace() : type().attributeOf(m, this, attribute);
    }

    /** What {@code globals()} and {@code __dict__} give. */
    DictValue namespace() {
        return new NamespaceDict(scope);
    }

    @Override
    public void setAttribute(Machine m, String attribute, Object value) {
        scope.set(attribute, value);
    }

    @Override
    public void deleteAttribute(Machine m, String attribute) {
        if (!scope.remove(attribute)) {
            throw Semantics.noAttribute(m, this, attribute);
        }
    }

    @Override
    public Collection<String> attributeNames(Machine m) {
        return scope.names();
    }

    @Override
    public String repr(Machine m) {
        Object file = scope.get("__file__");
        return "<module '" + name() + "'" + (file == null ? "" : " from " + Semantics.repr(m, file)) + ">";
    }

    /** The variables of a module as a dict: what is written there becomes a variable. */
    private static final class NamespaceDict extends DictValue {
        private final ModuleScope scope;

        NamespaceDict(ModuleScope scope) {
            for (String name : scope.names()) {
                super.putText(name, scope.get(name));
            }
            this.scope = scope;
        }

        @Override
        public void put(Machine m, Object key, Object value) {
            super.put(m, key, value);
            if (key instanceof String name) {
                scope.set(name, value);
            }
        }

        @Override
        public void putText(String key, Object value) {
            super.putText(key, value);
            scope.set(key, value);
        }

        @Override
        public Object remove(Machine m, Object key) {
            if (key instanceof String name) {
                scope.remove(name);
            }
            return super.remove(m, key);
        }
    }
}
