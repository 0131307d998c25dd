package io.github.venicevideo.intake;

import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.bmp.BmpMetadataReader;
import com.drew.imaging.gif.GifMetadataReader;
import com.drew.imaging.heif.HeifMetadataReader;
import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.mp4.Mp4MetadataReader;
import com.drew.imaging.png.PngMetadataReader;
import com.drew.imaging.quicktime.QuickTimeMetadataReader;
import com.drew.imaging.tiff.TiffMetadataReader;
import com.drew.imaging.webp.WebpMetadataReader;
import com.drew.lang.RandomAccessStreamReader;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.bmp.BmpHeaderDirectory;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.GpsDirectory;
import com.drew.metadata.gif.GifHeaderDirectory;
import com.drew.metadata.gif.GifImageDirectory;
import com.drew.metadata.heif.HeifDirectory;
import com.drew.metadata.jpeg.JpegDirectory;
import com.drew.metadata.mov.QuickTimeDirectory;
import com.drew.metadata.mov.media.QuickTimeVideoDirectory;
import com.drew.metadata.mov.metadata.QuickTimeMetadataDirectory;
import com.drew.metadata.mp4.Mp4Directory;
import com.drew.metadata.mp4.media.Mp4VideoDirectory;
import com.drew.metadata.png.PngDirectory;
import com.drew.metadata.webp.WebpDirectory;
import io.github.venicevideo.intake.MediaMeasurer.UnreadableMediumException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** What the headers of pictures and clips tell, read with metadata-extractor. */
final class PictureMetadata {

    private static final Set<String> CLIPS = Set.of("video/mp4", "video/quicktime", "video/3gpp");
    /** Those whose size any file in order tells. */
    private static final Set<String> SIZED = Set.of("image/jpeg", "image/png", "image/webp", "image/gif", "image/bmp",
            "image/heic", "image/heif", "image/avif", "image/tiff");

    private PictureMetadata() {
    }

    static Measured read(Path file, String mimeType, Structure.Found found)
            throws IOException, UnreadableMediumException {
        if (!CLIPS.contains(mimeType) && !SIZED.contains(mimeType)) {
            return Measured.NOTHING;
        }
        Metadata metadata;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 65_536)) {
            metadata = metadata(in, mimeType);
        } catch (ImageProcessingException | IOException e) {
            // The file was walked through a moment ago, so that it is not the disk that fails.
            throw new UnreadableMediumException(e);
        }
        return CLIPS.contains(mimeType) ? clip(metadata) : picture(metadata, mimeType, found);
    }

    private static Metadata metadata(InputStream in, String mimeType) throws IOException, ImageProcessingException {
        return switch (mimeType) {
            case "image/jpeg" -> JpegMetadataReader.readMetadata(in);
            case "image/png" -> PngMetadataReader.readMetadata(in);
            case "image/webp" -> WebpMetadataReader.readMetadata(in);
            case "image/gif" -> GifMetadataReader.readMetadata(in);
            case "image/bmp" -> BmpMetadataReader.readMetadata(in);
            case "image/tiff" -> TiffMetadataReader.readMetadata(new RandomAccessStreamReader(in));
            case "video/quicktime" -> QuickTimeMetadataReader.readMetadata(in);
            case "video/mp4", "video/3gpp" -> Mp4MetadataReader.readMetadata(in);
            default -> HeifMetadataReader.readMetadata(in);
        };
    }

    private static Measured clip(Metadata metadata) {
        double seconds = Math.max(
                seconds(metadata.getFirstDirectoryOfType(Mp4Directory.class), Mp4Directory.TAG_DURATION_SECONDS),
                seconds(metadata.getFirstDirectoryOfType(QuickTimeDirectory.class),
                        QuickTimeDirectory.TAG_DURATION_SECONDS));
        boolean position = metadata.getDirectoriesOfType(Mp4Directory.class).stream()
                .anyMatch(directory -> directory.containsTag(Mp4Directory.TAG_LATITUDE))
                || metadata.getDirectoriesOfType(QuickTimeMetadataDirectory.class).stream()
                .anyMatch(directory -> directory.containsTag(QuickTimeMetadataDirectory.TAG_LOCATION_ISO6709));
        double known = Measured.lasting(seconds).seconds();
        int width = Math.max(0, Math.max(number(metadata, Mp4VideoDirectory.class, Mp4VideoDirectory.TAG_WIDTH),
                number(metadata, QuickTimeVideoDirectory.class, QuickTimeVideoDirectory.TAG_WIDTH)));
        int height = Math.max(0, Math.max(number(metadata, Mp4VideoDirectory.class, Mp4VideoDirectory.TAG_HEIGHT),
                number(metadata, QuickTimeVideoDirectory.class, QuickTimeVideoDirectory.TAG_HEIGHT)));
        boolean turned = Math.abs(number(metadata, Mp4Directory.class, Mp4Directory.TAG_ROTATION)) % 180 == 90;
        return new Measured(turned ? height : width, turned ? width : height, known, false, position, "");
    }

    private static double seconds(Directory directory, int tag) {
        Double seconds = directory == null ? null : directory.getDoubleObject(tag);
        return seconds == null ? 0 : seconds;
    }

    private static Measured picture(Metadata metadata, String mimeType, Structure.Found found)
            throws UnreadableMediumException {
        int width = found.width() > 0 ? found.width() : size(metadata, mimeType, true);
        int height = found.height() > 0 ? found.height() : Math.abs(size(metadata, mimeType, false));
        if (width <= 0 || height == 0) {
            throw new UnreadableMediumException(null);
        }
        boolean turned = isTurned(metadata, mimeType);
        return new Measured(turned ? height : width, turned ? width : height, 0, found.moves() || moves(metadata),
                metadata.getDirectoriesOfType(GpsDirectory.class).stream().anyMatch(
                        gps -> gps.getGeoLocation() != null && !gps.getGeoLocation().isZero()), "");
    }

    private static int size(Metadata metadata, String mimeType, boolean width) {
        return switch (mimeType) {
            case "image/jpeg" -> number(metadata, JpegDirectory.class,
                    width ? JpegDirectory.TAG_IMAGE_WIDTH : JpegDirectory.TAG_IMAGE_HEIGHT);
            case "image/png" -> number(metadata, PngDirectory.class,
                    width ? PngDirectory.TAG_IMAGE_WIDTH : PngDirectory.TAG_IMAGE_HEIGHT);
            case "image/webp" -> number(metadata, WebpDirectory.class,
                    width ? WebpDirectory.TAG_IMAGE_WIDTH : WebpDirectory.TAG_IMAGE_HEIGHT);
            case "image/gif" -> number(metadata, GifHeaderDirectory.class,
                    width ? GifHeaderDirectory.TAG_IMAGE_WIDTH : GifHeaderDirectory.TAG_IMAGE_HEIGHT);
            case "image/bmp" -> number(metadata, BmpHeaderDirectory.class,
                    width ? BmpHeaderDirectory.TAG_IMAGE_WIDTH : BmpHeaderDirectory.TAG_IMAGE_HEIGHT);
            case "image/tiff" -> number(metadata, ExifIFD0Directory.class,
                    width ? ExifDirectoryBase.TAG_IMAGE_WIDTH : ExifDirectoryBase.TAG_IMAGE_HEIGHT);
            default -> number(metadata, HeifDirectory.class,
                    width ? HeifDirectory.TAG_IMAGE_WIDTH : HeifDirectory.TAG_IMAGE_HEIGHT);
        };
    }

    /** What the first of these directories says that says anything: HEIC files have several. */
    private static int number(Metadata metadata, Class<? extends Directory> type, int tag) {
        for (Directory directory : metadata.getDirectoriesOfType(type)) {
            Integer number = directory.getInteger(tag);
            if (number != null) {
                return number;
            }
        }
        return 0;
    }

    /** HEIC files say how they are turned in a box of their own, which the reader does not add to the size. */
    private static boolean isTurned(Metadata metadata, String mimeType) {
        if (mimeType.startsWith("image/hei") || mimeType.equals("image/avif")) {
            int quarters = number(metadata, HeifDirectory.class,
                    HeifDirectory.TAG_IMAGE_ROTATION);
            return quarters % 2 != 0;
        }
        int orientation = number(metadata, ExifIFD0Directory.class, ExifDirectoryBase.TAG_ORIENTATION);
        return orientation >= 5 && orientation <= 8;
    }

    private static boolean moves(Metadata metadata) {
        WebpDirectory webp = metadata.getFirstDirectoryOfType(WebpDirectory.class);
        return metadata.getDirectoriesOfType(GifImageDirectory.class).size() > 1
                || webp != null && Boolean.TRUE.equals(webp.getBooleanObject(WebpDirectory.TAG_IS_ANIMATION));
    }
}
