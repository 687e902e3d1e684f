package io.retrograd.lang.run;

import io.retrograd.lang.value.ModuleValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The variables of a module. They stay between the entries of an interactive session and the cells of a notebook. */
public final class ModuleScope {
    private final Map<String, GlobalSlot> slots = new LinkedHashMap<>();
    private final String name;
    private final String packageName;

    /** The scope of a module that is no package. */
    public ModuleScope(String name) {
        this(name, name.lastIndexOf('.') < 0 ? "" : name.substring(0, name.lastIndexOf('.')));
    }

    ModuleScope(String name, String packageName) {
        this.name = name;
        this.packageName = packageName;
        set("__name__", name);
    }

    /** The module's dotted name; {@code __main__} for the script itself. */
    public String name() {
        return name;
    }

    /** The package against which its relative imports go. */
    String packageName() {
        return packageName;
    }

    GlobalSlot slot(String variable) {
        GlobalSlot slot = slots.get(variable);
        if (slot == null) {
            slot = new GlobalSlot(variable);
            slots.put(variable, slot);
        }
        return slot;
    }

    /** The variable's value, or null if it is not bound. */
    public Object get(String variable) {
        GlobalSlot slot = slots.get(variable);
        return slot == null ? null : slot.get();
    }

    public void set(String variable, Object value) {
        slot(variable).value = value;
    }

    /** Gives a meaning to a name that the script has not bound, before the library's. */
    public void offer(String variable, Object value) {
        slot(variable).word = value;
    }

    /** Leaves a name that the script has not bound to the library again. */
    public void withdraw(String variable) {
        slot(variable).word = null;
    }

    /** The variable that holds tf, if the script says so where its functions come from; empty if there is none. */
    String tensorFlow() {
        for (GlobalSlot slot : slots.values()) {
            if (slot.value instanceof ModuleValue module && module.name().equals("tensorflow")) {
                return slot.name;
            }
        }
        return "";
    }

    /** Unbinds a variable; false if it was not bound. */
    public boolean remove(String variable) {
        GlobalSlot slot = slots.get(variable);
        if (slot == null || slot.get() == null) {
            return false;
        }
        slot.clear();
        return true;
    }

    /** The bound variables in the order in which the script first mentions them. */
    public Collection<String> names() {
        List<String> names = new ArrayList<>();
        for (GlobalSlot slot : slots.values()) {
            if (slot.get() != null) {
                names.add(slot.name);
            }
        }
        return names;
    }
}
