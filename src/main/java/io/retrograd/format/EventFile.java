package io.retrograd.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of events as TensorBoard reads them: records of Event messages, each framed by its length and two
 * checksums. The first record names the format.
 */
public final class EventFile implements AutoCloseable {
    private static final String VERSION = "brain.Event:2";

    private final OutputStream out;

    /** Creates the file and writes its first record. {@code wallTime} is in seconds since 1970. */
    public EventFile(Path file, double wallTime) throws IOException {
        out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        append(event(wallTime, 0).text(3, VERSION).toBytes());
    }

    /** An event that carries a Summary message. */
    public void summary(double wallTime, long step, byte[] summary) throws IOException {
        append(event(wallTime, step).bytes(5, summary).toBytes());
    }

    /** An event that carries a GraphDef message. */
    public void graph(double wallTime, long step, byte[] graphDef) throws IOException {
        append(event(wallTime, step).bytes(4, graphDef).toBytes());
    }

    /** An event that carries a MetaGraphDef message. */
    public void metaGraph(double wallTime, long step, byte[] metaGraphDef) throws IOException {
        append(event(wallTime, step).bytes(9, metaGraphDef).toBytes());
    }

    /** An event that carries what a run recorded about itself, under a tag. */
    public void runMetadata(double wallTime, long step, String tag, byte[] metadata) throws IOException {
        WireBuffer tagged = new WireBuffer().text(1, tag).bytes(2, metadata);
        append(event(wallTime, step).message(8, tagged).toBytes());
    }

    private static WireBuffer event(double wallTime, long step) {
        return new WireBuffer().real(1, wallTime).number(2, step);
    }

    private void append(byte[] record) throws IOException {
        byte[] length = new WireBuffer().fixed64(record.length).toBytes();
        out.write(new WireBuffer()
                .raw(length)
                .fixed32(MaskedCrc.of(length))
                .raw(record)
                .fixed32(MaskedCrc.of(record))
                .toBytes());
    }

    /** Hands everything written so far to the system. */
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
