package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/** What {@code sess.make_callable} returns. */
record SessionCallable(SessionValue session, Object fetches, Object[] feeds) implements Value {
    @Override
    public TypeValue type() {
        return CoreTypes.BUILTIN_FUNCTION;
    }

    @Override
    public boolean isCallable() {
        return true;
    }

    @Override
    public Object call(Machine m, Object[] arguments, String[] keywords) {
        if (arguments.length - keywords.length != feeds.length) {
            throw NnError.type("the function takes " + feeds.length + " fed values but " + arguments.length + " were given");
        }
        DictValue dict = new DictValue();
        for (int i = 0; i < feeds.length; i++) {
            dict.put(m, feeds[i], arguments[i]);
        }
        return session.run(m, fetches, dict);
    }
}
