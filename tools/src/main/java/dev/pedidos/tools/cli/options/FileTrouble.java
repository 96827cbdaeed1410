package dev.pedidos.tools.cli.options;

import dev.pedidos.shared.broker.connection.BrokerFault;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Explains a file error in words: the JDK's messages for the most common errors are the name of the file only. */
public final class FileTrouble {

    private FileTrouble() {}

    public static String text(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> denied.getFile() + ": permission denied";
            case NoSuchFileException missing -> missing.getFile() + ": there is no such file or folder";
            case FileAlreadyExistsException taken -> taken.getFile() + ": another file or folder has this name";
            case FileSystemException other
            when other.getReason() == null ->
                other.getFile() + ": " + other.getClass().getSimpleName();
            case CharacterCodingException text -> "the input is not UTF-8";
            default -> e.getMessage() == null ? BrokerFault.describe(e) : e.getMessage();
        };
    }
}
