package io.retrograd.lib.python.io;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.value.StringText;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What goes wrong with files, as Python words it. */
public final class OsErrors {
    private OsErrors() {}

    /** The error of an operating system's call, with errno and its text. */
    public static NnError of(ErrorKind kind, int number, String text, String path) {
        return new NnError(kind, "[Errno " + number + "] " + text + ": " + StringText.repr(path));
    }

    /** FileNotFoundError: nothing is at this path. */
    public static NnError notFound(String path) {
        return of(ErrorKind.FILE_NOT_FOUND_ERROR, 2, "No such file or directory", path);
    }

    /** FileExistsError: something is at this path. */
    public static NnError exists(String path) {
        return of(ErrorKind.FILE_EXISTS_ERROR, 17, "File exists", path);
    }

    /** IsADirectoryError: a file was wanted. */
    public static NnError isFolder(String path) {
        return of(ErrorKind.IS_A_DIRECTORY_ERROR, 21, "Is a directory", path);
    }

    /** NotADirectoryError: a folder was wanted. */
    public static NnError notFolder(String path) {
        return of(ErrorKind.NOT_A_DIRECTORY_ERROR, 20, "Not a directory", path);
    }

    /** What Python raises where Java failed so. */
    public static NnError of(IOException e, String path) {
        if (e instanceof NoSuchFileException) {
            return notFound(path);
        }
        if (e instanceof FileAlreadyExistsException) {
            return exists(path);
        }
        if (e instanceof AccessDeniedException) {
            return of(ErrorKind.PERMISSION_ERROR, 13, "Permission denied", path);
        }
        if (e instanceof DirectoryNotEmptyException) {
            return of(ErrorKind.OS_ERROR, 39, "Directory not empty", path);
        }
        if (e instanceof NotDirectoryException) {
            return notFolder(path);
        }
        // A FileSystemException's message begins with the file as the host sees it.
        String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        String text = reason == null ? "Input/output error" : reason;
        if (text.contains("Is a directory")) {
            return isFolder(path);
        }
        if (text.contains("File name too long")) {
            return of(ErrorKind.OS_ERROR, 36, "File name too long", path);
        }
        return of(ErrorKind.OS_ERROR, 5, text, path);
    }
}
