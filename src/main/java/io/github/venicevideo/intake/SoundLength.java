package io.github.venicevideo.intake;

import com.mpatric.mp3agic.InvalidDataException;
import com.mpatric.mp3agic.Mp3File;
import com.mpatric.mp3agic.UnsupportedTagException;
import io.github.venicevideo.intake.MediaMeasurer.UnreadableMediumException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** How long sounds last. */
final class SoundLength {

    private static final int BUFFER = 65_536;

    private SoundLength() {
    }

    static Measured wav(Path file) throws IOException, UnreadableMediumException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            AudioFileFormat format = AudioSystem.getAudioFileFormat(in);
            float rate = format.getFormat().getFrameRate();
            int bytes = format.getFormat().getFrameSize();
            // The header of a sound that was streamed claims more, or nothing; no sound has more than its file.
            double most = rate > 0 && bytes > 0 ? Files.size(file) / (double) bytes / rate : 0;
            double told = rate > 0 && format.getFrameLength() > 0 ? format.getFrameLength() / (double) rate : most;
            return Measured.lasting(Math.min(told, most));
        } catch (UnsupportedAudioFileException | EOFException e) {
            throw new UnreadableMediumException("Save it again as an uncompressed (PCM) WAV, or as an MP3.", e);
        }
    }

    static Measured mp3(Path file) throws IOException, UnreadableMediumException {
        try {
            Mp3File sound = new Mp3File(file, BUFFER, true);
            return Measured.lasting(sound.getLengthInMilliseconds() / 1000.0);
        } catch (UnsupportedTagException e) {
            return Measured.NOTHING;
        } catch (InvalidDataException e) {
            // Players pass over tags that they cannot read; of what comes behind such a one nothing is known here.
            if (isTagged(file)) {
                return Measured.NOTHING;
            }
            throw new UnreadableMediumException(e);
        }
    }

    private static boolean isTagged(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(3), StandardCharsets.ISO_8859_1).equals("ID3");
        }
    }
}
