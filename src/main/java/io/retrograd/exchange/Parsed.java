package io.retrograd.exchange;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;

/** Messages from bytes of whatever origin. */
final class Parsed {
    private Parsed() {}

    /** The message in the bytes. In damaged ones the generated classes meet fields that they take for set and are not. */
    static <M extends MessageLite> M from(byte[] bytes, Parser<M> parser) throws InvalidProtocolBufferException {
        try {
            return parser.parseFrom(bytes);
        } catch (NullPointerException | ClassCastException | IllegalStateException damaged) {
            throw new InvalidProtocolBufferException("the message contradicts itself");
        }
    }
}
