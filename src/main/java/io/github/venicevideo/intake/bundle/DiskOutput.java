package io.github.venicevideo.intake.bundle;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file's output whose own failures can be told from those of whatever writes to it. */
final class DiskOutput extends OutputStream {

    private final FileOutputStream file;

    private DiskOutput(FileOutputStream file) {
        this.file = file;
    }

    /** A new file, in a folder that is made when it is not there. */
    static DiskOutput to(Path path) throws NotWrittenException {
        try {
            Files.createDirectories(path.getParent());
            return new DiskOutput(new FileOutputStream(path.toFile()));
        } catch (IOException e) {
            throw new NotWrittenException(e);
        }
    }

    @Override
    public void write(int value) throws NotWrittenException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws NotWrittenException {
        written(() -> file.write(bytes, from, length));
    }

    /** On disk when this returns. */
    void sync() throws NotWrittenException {
        written(() -> file.getFD().sync());
    }

    @Override
    public void close() throws NotWrittenException {
        written(file::close);
    }

    private static void written(Step step) throws NotWrittenException {
        try {
            step.run();
        } catch (IOException e) {
            throw new NotWrittenException(e);
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }
}
