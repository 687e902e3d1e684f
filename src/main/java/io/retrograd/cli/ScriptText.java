package io.retrograd.cli;

import io.retrograd.lang.tree.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The text of the script to run: a file, a notebook's code, an argument or standard input. */
final class ScriptText {
    /** There is no script to run; says why. */
    static class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message, null, false, false);
        }
    }

    /** There is no file of that name. */
    static final class Missing extends Unreadable {
        private static final long serialVersionUID = 1L;

        Missing(String name) {
            super("cannot open '" + name + "': no such file");
        }
    }

    private ScriptText() {}

    static Source read(Options options, ProcessWorld world) throws Unreadable, IOException {
        return switch (options.from) {
            case CODE -> new Source("<string>", options.program);
            case STDIN, NOTHING -> new Source("<stdin>", decode("<stdin>", world.in().readAllBytes()));
            case SCRIPT -> file(options.program, world);
        };
    }

    private static Source file(String name, ProcessWorld world) throws Unreadable, IOException {
        Path path = world.files().readable(name);
        if (!Files.exists(path)) {
            throw new Missing(name);
        }
        if (Files.isDirectory(path)) {
            throw new Unreadable("cannot run '" + name + "': it is a folder");
        }
        if (!Files.isReadable(path)) {
            throw new Unreadable("cannot open '" + name + "': permission denied");
        }
        String text = decode(name, Files.readAllBytes(path));
        return new Source(name, text);
    }

    /** UTF-8, or what a coding comment in the first two lines says. */
    private static String decode(String name, byte[] bytes) throws Unreadable {
        for (int i = 0; i < Math.min(bytes.length, 4096); i++) {
            if (bytes[i] == 0) {
                throw new Unreadable("cannot run '" + name + "': it is a binary file, not a script");
            }
        }
        int start = bytes.length >= 3 && (bytes[0] & 0xff) == 0xEF && (bytes[1] & 0xff) == 0xBB && (bytes[2] & 0xff) == 0xBF ? 3 : 0;
        Charset charset = declared(bytes);
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, start, bytes.length - start))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new Unreadable("cannot run '" + name + "': its text is not " + charset.name()
                    + " (save it as UTF-8, or say its encoding in the first line: # -*- coding: gbk -*-)");
        }
    }

    private static Charset declared(byte[] bytes) {
        int end = 0;
        for (int lines = 0; end < Math.min(bytes.length, 512) && lines < 2; end++) {
            if (bytes[end] == '\n') {
                lines++;
            }
        }
        String head = new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
        int at = head.indexOf("coding");
        if (at < 0 || head.indexOf('#') < 0 || head.indexOf('#') > at) {
            return StandardCharsets.UTF_8;
        }
        int from = at + "coding".length();
        if (from >= head.length() || head.charAt(from) != ':' && head.charAt(from) != '=') {
            return StandardCharsets.UTF_8;
        }
        from++;
        while (from < head.length() && head.charAt(from) == ' ') {
            from++;
        }
        int to = from;
        while (to < head.length() && (Character.isLetterOrDigit(head.charAt(to)) || "-_.".indexOf(head.charAt(to)) >= 0)) {
            to++;
        }
        try {
            return Charset.forName(head.substring(from, to));
        } catch (IllegalArgumentException unknown) {
            return StandardCharsets.UTF_8;
        }
    }
}
