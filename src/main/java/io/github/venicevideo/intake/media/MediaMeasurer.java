package io.github.venicevideo.intake.media;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Opens a medium and measures it.
 *
 * <h2>Contract</h2>
 * Reads the file and nothing else; decodes no pixel and no sample. Whatever a library makes of odd bytes comes out as
 * a {@link Measured#flaw()}: nothing is thrown but for a disk that fails. Formats that no library of ours knows are
 * {@link Measured#NOTHING}, which is no flaw. Stateless.
 */
public final class MediaMeasurer {

    private static final String DAMAGED = "It is damaged, or was not copied to its end.";
    /** Larger ones are far beyond what can be sent; they are not looked into. */
    private static final long LARGEST = 200_000_000L;

    /** @param mimeType what {@link MimeSniffer} made of its bytes */
    public Measured measure(Path file, String mimeType) throws IOException {
        long size = Files.size(file);
        boolean clip = mimeType.startsWith("video/");
        if (size == 0 || size > LARGEST && !clip) {
            return Measured.NOTHING;
        }
        // Seen to be in order first: the libraries set memory aside for whatever length the bytes claim.
        Structure.Found found = Structure.walk(file, mimeType);
        if (found.flaw().isPresent()) {
            return Measured.flawed(found.flaw().get());
        }
        try {
            return switch (mimeType) {
                case "audio/wav" -> Measured.lasting(WavLength.seconds(file));
                case "audio/mpeg" -> Measured.lasting(Mp3Length.seconds(file));
                case "video/webm" -> Measured.lasting(WebmLength.seconds(file));
                case "video/mp4", "video/quicktime", "video/3gpp" -> MovieWalk.measure(file);
                default -> PictureMetadata.read(file, mimeType, found);
            };
        } catch (UnreadableMediumException e) {
            return Measured.flawed(e.getMessage());
        } catch (EOFException e) {
            return Measured.flawed(DAMAGED);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // Bytes made to confuse a reader confuse it in many ways; what it held is garbage by now.
            return Measured.flawed(DAMAGED);
        }
    }

    /** Bytes that a library refuses. The message is a sentence for people. */
    static final class UnreadableMediumException extends Exception {
        UnreadableMediumException(String message, Throwable cause) {
            super(message, cause);
        }

        UnreadableMediumException(Throwable cause) {
            this(DAMAGED, cause);
        }
    }
}
