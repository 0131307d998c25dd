package io.github.venicevideo.intake.bundle;

import io.github.venicevideo.intake.draft.BundleFile;
import io.github.venicevideo.intake.draft.Family;
import io.github.venicevideo.intake.media.MimeSniffer;
import io.github.venicevideo.intake.media.PlainText;
import io.github.venicevideo.intake.media.RawPicture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.Locale;

/** Says what becomes a bundle out of a file that is none by itself. */
final class LoneFile {

    private LoneFile() {
    }

    /** What to do with it, in sentences. */
    static String wayOut(BundleFile file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file.path(), LinkOption.NOFOLLOW_LINKS)) {
            head = in.readNBytes(MimeSniffer.HEAD);
        }
        String mimeType = new MimeSniffer().sniff(head, file.extension());
        String ending = file.extension().isEmpty() ? "" : "." + file.extension().toLowerCase(Locale.ROOT);
        if (mimeType.equals(RawPicture.MIME_TYPE)) {
            return "It is a camera's raw picture: export a JPEG, and put that into a folder as image.jpg, with a prompt.txt.";
        }
        if (Family.VIDEO.accepts(mimeType)) {
            return "To have it upscaled, put it into a folder by itself, as video" + ending + ". To make a new video of it, put"
                    + " it into a folder as reference_video_1" + ending + ", with a prompt.txt beside it.";
        }
        if (Family.IMAGE.accepts(mimeType)) {
            return "Put it into a folder as image" + ending + ", the first frame, with a prompt.txt beside it.";
        }
        if (Family.AUDIO.accepts(mimeType)) {
            return "Put it into a folder as audio" + ending + ", with a prompt.txt and an image beside it.";
        }
        return PlainText.fault(head).map(fault -> fault + " A prompt is a prompt.txt.")
                .orElse("Put what the video is made from into a folder, with a prompt.txt.");
    }
}
