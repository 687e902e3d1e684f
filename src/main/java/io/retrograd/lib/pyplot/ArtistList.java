package io.retrograd.lib.pyplot;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.plot.Artist;
import io.retrograd.plot.Axes;
import io.retrograd.plot.Placed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** {@code ax.lines} and the like: what axes show now, of one kind. Taking something out takes it off the axes. */
record ArtistList(Axes axes, Predicate<Artist> kind) implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("builtins", "list", ArtistListTable.TABLE);

    @Override
    public TypeValue type() {
        return TYPE;
    }

    private List<Placed> now() {
        List<Placed> found = new ArrayList<>();
        for (Placed each : axes.artists) {
            if (kind.test(each.artist)) {
                found.add(each);
            }
        }
        return found;
    }

    private ListValue list() {
        return ListValue.copyOf(now().stream().map(p -> (Object) new ArtistValue(axes, p)).toList());
    }

    @Override
    public int length(Machine m) {
        return now().size();
    }

    @Override
    public boolean truth(Machine m) {
        return !now().isEmpty();
    }

    @Override
    public Object item(Machine m, Object key) {
        return list().item(m, key);
    }

    @Override
    public void deleteItem(Machine m, Object key) {
        if (item(m, key) instanceof ArtistValue a) {
            axes.artists.remove(a.placed());
        } else {
            ((ListValue) item(m, key)).asList().forEach(each -> axes.artists.remove(((ArtistValue) each).placed()));
        }
    }

    @Override
    public Iteration iterate(Machine m) {
        return list().iterate(m);
    }

    @Override
    public boolean contains(Machine m, Object element) {
        return element instanceof ArtistValue a && now().contains(a.placed());
    }

    @Override
    public String repr(Machine m) {
        return Semantics.repr(m, list());
    }

    @Builtin(value = "remove", signature = "artist", method = true, doc = "Takes it off the axes.")
    static void remove(Machine m, ArtistList self, Object artist) {
        if (!(artist instanceof ArtistValue a) || !self.axes.artists.remove(a.placed())) {
            throw NnError.value("list.remove(x): x not in list");
        }
    }

    @Builtin(value = "pop", signature = "index=-1", method = true, doc = "Takes the last one, or that one, off the axes and answers it.")
    static Object pop(Machine m, ArtistList self, int index) {
        List<Placed> now = self.now();
        int at = index < 0 ? index + now.size() : index;
        if (at < 0 || at >= now.size()) {
            throw new NnError(ErrorKind.INDEX_ERROR, now.isEmpty() ? "pop from empty list" : "pop index out of range");
        }
        self.axes.artists.remove(now.get(at));
        return new ArtistValue(self.axes, now.get(at));
    }

    @Builtin(value = "clear", method = true, doc = "Takes all of them off the axes.")
    static void clear(Machine m, ArtistList self) {
        self.axes.artists.removeAll(self.now());
    }
}
