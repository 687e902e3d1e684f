package io.retrograd.lang.run;

import io.retrograd.lang.value.ClassValue;
import io.retrograd.lang.value.InstanceValue;
import io.retrograd.lang.value.Layout;

/**
 * What a place in the script knows of one class whose instances it has met: where they keep the attribute that the place
 * names, or what their class holds under that name. A place knows a short list of them.
 */
final class KnownClass {
    /** A place that meets more classes than this asks them every time. */
    private static final int MOST = 6;

    private static final int NO_FIELD = -1;

    final ClassValue type;

    /** The field of the attribute, or -1 where the class holds it. */
    final int field;

    /** What the class holds; null where the instance does. */
    final Object member;

    /** The layout after the attribute was added; null where it is there already. */
    final Layout wider;

    private final Layout layout;
    private final boolean counting;
    private final int version;
    private final KnownClass next;

    private KnownClass(
            ClassValue type, Layout layout, Layout wider, int field, Object member, boolean counting, int version, KnownClass next) {
        this.type = type;
        this.layout = layout;
        this.wider = wider;
        this.field = field;
        this.member = member;
        this.counting = counting;
        this.version = version;
        this.next = next;
    }

    /** What a place knows of the class of this instance; null if nothing, or nothing that is still true. */
    static KnownClass of(KnownClass first, InstanceValue i) {
        Layout layout = i.layout();
        for (KnownClass k = first; k != null; k = k.next) {
            if (k.layout == layout) {
                return k.isTrue() ? k : null;
            }
        }
        return null;
    }

    /** The list with the field in which instances of that layout keep the attribute. */
    static KnownClass withField(KnownClass first, ClassValue type, Layout layout, Layout wider, int field) {
        return with(first, new KnownClass(type, layout, wider, field, null, false, type.version(), null));
    }

    /** The list with what the class holds; {@code data} that it may count without being another class. */
    static KnownClass withMember(KnownClass first, ClassValue type, Layout layout, Object member, boolean data) {
        return with(first, new KnownClass(
                type, layout, null, NO_FIELD, member, data, data ? type.dataVersion() : type.version(), null));
    }

    /** A place that has met too many classes keeps what it knows. */
    private static KnownClass with(KnownClass first, KnownClass made) {
        KnownClass others = null;
        int count = 0;
        for (KnownClass k = first; k != null; k = k.next) {
            if (k.layout != made.layout && k.isTrue()) {
                others = k.before(others);
                count++;
            }
        }
        return count < MOST ? made.before(others) : first;
    }

    private KnownClass before(KnownClass others) {
        return new KnownClass(type, layout, wider, field, member, counting, version, others);
    }

    private boolean isTrue() {
        return (counting ? type.dataVersion() : type.version()) == version;
    }
}
