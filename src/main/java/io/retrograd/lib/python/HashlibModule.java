package io.retrograd.lib.python;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.python.io.StreamValue;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/** The module {@code hashlib}. */
final class HashlibModule {
    private HashlibModule() {}

    static ModuleValue make(Machine m) {
        return new ModuleValue("hashlib").with(HashlibModuleTable.TABLE);
    }

    /** A digest that grows with what it is given. */
    static final class Digest implements Value {
        private static final TypeValue TYPE = new TypeValue("hashlib", "HASH", CoreTypes.OBJECT, DigestMethodsTable.TABLE, null);

        private final String name;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        Digest(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        void update(byte[] more) {
            content.writeBytes(more);
        }

        Digest copy() {
            Digest other = new Digest(name);
            other.update(content.toByteArray());
            return other;
        }

        byte[] value() {
            String java = name.startsWith("sha") && !name.startsWith("sha3") ? "SHA-" + name.substring(3) : name.equals("md5") ? "MD5" : name;
            try {
                return MessageDigest.getInstance(java).digest(content.toByteArray());
            } catch (NoSuchAlgorithmException e) {
                throw NnError.value("unsupported hash type " + name);
            }
        }

        @Override
        public TypeValue type() {
            return TYPE;
        }
    }

    private static Object digest(Machine m, String name, Object data) {
        Digest made = new Digest(name);
        if (data instanceof String) {
            throw NnError.type("Strings must be encoded before hashing");
        }
        made.update(StreamValue.bytes(m, data));
        return made;
    }

    private static Object orEmpty(Object data) {
        return data == None.NONE ? new BytesValue(new byte[0]) : data;
    }

    @Builtin(value = "new", signature = "name, data=None", doc = "A digest by its name.")
    static Object make(Machine m, String name, Object data) {
        return digest(m, name.toLowerCase(Locale.ROOT), orEmpty(data));
    }

    @Builtin(value = "md5", signature = "data=None, *, usedforsecurity=True", doc = "An MD5 digest.")
    static Object md5(Machine m, Object data, Object security) {
        return digest(m, "md5", orEmpty(data));
    }

    @Builtin(value = "sha1", signature = "data=None, *, usedforsecurity=True", doc = "A SHA-1 digest.")
    static Object sha1(Machine m, Object data, Object security) {
        return digest(m, "sha1", orEmpty(data));
    }

    @Builtin(value = "sha224", signature = "data=None, *, usedforsecurity=True", doc = "A SHA-224 digest.")
    static Object sha224(Machine m, Object data, Object security) {
        return digest(m, "sha224", orEmpty(data));
    }

    @Builtin(value = "sha256", signature = "data=None, *, usedforsecurity=True", doc = "A SHA-256 digest.")
    static Object sha256(Machine m, Object data, Object security) {
        return digest(m, "sha256", orEmpty(data));
    }

    @Builtin(value = "sha384", signature = "data=None, *, usedforsecurity=True", doc = "A SHA-384 digest.")
    static Object sha384(Machine m, Object data, Object security) {
        return digest(m, "sha384", orEmpty(data));
    }

    @Builtin(value = "sha512", signature = "data=None, *, usedforsecurity=True", doc = "A SHA-512 digest.")
    static Object sha512(Machine m, Object data, Object security) {
        return digest(m, "sha512", orEmpty(data));
    }
}
