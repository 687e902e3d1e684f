package io.retrograd.lib.pyplot;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;

/** What scripts do with something that stands in axes of three dimensions. */
final class SpaceBody {
    private SpaceBody() {}

    @Builtin(value = "remove", method = true, doc = "Takes it off its axes.")
    static void remove(Machine m, SpacePlots.BodyValue self) {
        self.space().bodies.remove(self.body());
    }
}
