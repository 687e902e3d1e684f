package io.retrograd.lang.run;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;

/** What scripts can ask a generator. */
final class GeneratorMethods {
    private GeneratorMethods() {}

    @Builtin(value = {"__next__", "next"}, method = true, doc = "The next value that it yields; StopIteration at its end.")
    static Object next(Machine m, GeneratorValue self) {
        return self.orStop(m, self.next(m));
    }

    @Builtin(value = "__iter__", method = true, doc = "The generator itself.")
    static Object iter(Machine m, GeneratorValue self) {
        return self;
    }

    @Builtin(value = "send", method = true, signature = "arg, /", doc = "Goes on with a value for the yield expression; the next value that it yields.")
    static Object send(Machine m, GeneratorValue self, Object arg) {
        return self.orStop(m, self.send(m, arg));
    }

    @Builtin(value = "throw", method = true, signature = "type, value=None, traceback=None, /", doc = "Goes on with an error at the yield expression; the next value that it yields.")
    static Object raise(Machine m, GeneratorValue self, Object type, Object value, Object traceback) {
        return self.orStop(m, self.raise(m, GeneratorValue.exception(m, type, value)));
    }

    @Builtin(value = "close", method = true, doc = "Ends it: runs its finally blocks.")
    static Object close(Machine m, GeneratorValue self) {
        self.close(m);
        return None.NONE;
    }
}
