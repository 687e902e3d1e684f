package io.retrograd.lib.pillow;

import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/** What {@code image.load()} answers: the pixels by place, {@code px[x, y]}. */
record PixelAccess(ImageValue image) implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("PIL", "PixelAccess", null);

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public Object item(Machine m, Object key) {
        return ImageValue.getPixel(m, image, key);
    }

    @Override
    public void setItem(Machine m, Object key, Object value) {
        ImageValue.putPixel(m, image, key, value);
    }
}
