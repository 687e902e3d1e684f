package io.retrograd;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Optional;

/** Interfaces with one method to implement. */
final class Functional {
    private Functional() {}

    /** The one method of a public interface that has no implementation; empty for all other classes. */
    static Optional<Method> method(Class<?> type) {
        if (!type.isInterface()) {
            return Optional.empty();
        }
        Method found = null;
        for (Method m : type.getMethods()) {
            if (!Modifier.isAbstract(m.getModifiers()) || isObjects(m)) {
                continue;
            }
            if (found != null && !sameForm(found, m)) {
                return Optional.empty();
            }
            found = found == null ? m : found;
        }
        return Optional.ofNullable(found);
    }

    private static boolean isObjects(Method m) {
        try {
            Object.class.getMethod(m.getName(), m.getParameterTypes());
            return true;
        } catch (NoSuchMethodException own) {
            return false;
        }
    }

    private static boolean sameForm(Method a, Method b) {
        return a.getName().equals(b.getName()) && a.getParameterCount() == b.getParameterCount();
    }

    /** The one functional interface that an object of a class without public methods of its own implements. */
    static Optional<Method> methodOf(Class<?> type) {
        Optional<Method> found = Optional.empty();
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            for (Class<?> each : c.getInterfaces()) {
                Optional<Method> here = method(each);
                if (here.isPresent() && JavaObject.isVisible(each)) {
                    if (found.isPresent()) {
                        return Optional.empty();
                    }
                    found = here;
                }
            }
        }
        return found;
    }
}
