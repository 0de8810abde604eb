package io.entrawatch.yaml;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file cannot be read or written, where Java says no more than its name. */
public final class FileReason {

    private FileReason() {}

    public static String of(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "does not exist";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "exists and is not a directory";
        }
        return failure instanceof FileSystemException file && file.getReason() != null
                ? file.getReason()
                : String.valueOf(failure.getMessage());
    }

    /** The same with the name of the file before it, where that is known. */
    public static String named(IOException failure) {
        return failure instanceof FileSystemException file ? file.getFile() + ": " + of(failure) : of(failure);
    }
}
