package io.github.venicevideo.home;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What a file system's errors mean, whose own messages are often a path and nothing else. */
public final class FileTroubles {

    private FileTroubles() {
    }

    /** Why, without the path, as the end of a sentence. */
    public static String inWords(IOException trouble) {
        if (trouble instanceof AccessDeniedException) {
            return "this program's user has no right to";
        }
        if (trouble instanceof NoSuchFileException) {
            return "it, or the folder that it lies in, is not there";
        }
        String reason = trouble instanceof FileSystemException file ? file.getReason() : trouble.getMessage();
        if (trouble instanceof FileAlreadyExistsException || trouble instanceof NotDirectoryException
                || "Not a directory".equals(reason)) {
            return "there is a file of that name, or in its way";
        }
        return reason == null ? trouble.getClass().getSimpleName() : reason;
    }
}
