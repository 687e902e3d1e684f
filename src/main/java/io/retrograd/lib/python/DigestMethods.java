package io.retrograd.lib.python;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lib.python.io.StreamValue;

/** What scripts can ask a digest. */
final class DigestMethods {
    private DigestMethods() {}

    @Builtin(value = "update", method = true, signature = "data, /", doc = "Goes on with more bytes.")
    static void update(Machine m, HashlibModule.Digest self, Object data) {
        self.update(StreamValue.bytes(m, data));
    }

    @Builtin(value = "digest", method = true, doc = "The digest of what it was given so far.")
    static Object digest(Machine m, HashlibModule.Digest self) {
        return new BytesValue(self.value());
    }

    @Builtin(value = "hexdigest", method = true, doc = "The digest in hexadecimal.")
    static String hexDigest(Machine m, HashlibModule.Digest self) {
        StringBuilder out = new StringBuilder();
        for (byte b : self.value()) {
            out.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
        }
        return out.toString();
    }

    @Builtin(value = "copy", method = true, doc = "Another digest that was given the same.")
    static Object copy(Machine m, HashlibModule.Digest self) {
        return self.copy();
    }

    @Builtin(value = "name", property = true, doc = "The digest's name.")
    static String name(Machine m, HashlibModule.Digest self) {
        return self.name();
    }

    @Builtin(value = "digest_size", property = true, doc = "How many bytes the digest has.")
    static long size(Machine m, HashlibModule.Digest self) {
        return self.value().length;
    }
}
