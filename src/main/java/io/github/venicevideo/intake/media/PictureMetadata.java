package io.github.venicevideo.intake.media;

import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.bmp.BmpMetadataReader;
import com.drew.imaging.gif.GifMetadataReader;
import com.drew.imaging.heif.HeifMetadataReader;
import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.png.PngMetadataReader;
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
import com.drew.metadata.png.PngDirectory;
import com.drew.metadata.webp.WebpDirectory;
import io.github.venicevideo.intake.media.MediaMeasurer.UnreadableMediumException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.tika.io.BoundedInputStream;

/** What the headers of pictures tell, read with metadata-extractor. */
final class PictureMetadata {

    /** Those whose size any file in order tells. */
    private static final Set<String> SIZED = Set.of("image/jpeg", "image/png", "image/webp", "image/gif", "image/bmp",
            "image/heic", "image/heif", "image/avif", "image/tiff");

    private PictureMetadata() {
    }

    static Measured read(Path file, String mimeType, Structure.Found found)
            throws IOException, UnreadableMediumException {
        if (!SIZED.contains(mimeType)) {
            return Measured.NOTHING;
        }
        Metadata metadata;
        try (InputStream in = open(file, found)) {
            metadata = metadata(in, mimeType);
        } catch (ImageProcessingException | IOException e) {
            // The file was walked through a moment ago, so that it is not the disk that fails.
            throw new UnreadableMediumException(e);
        }
        return picture(metadata, mimeType, found);
    }

    private static InputStream open(Path file, Structure.Found found) throws IOException {
        return found.head().length > 0 ? new ByteArrayInputStream(found.head())
                : new BufferedInputStream(new BoundedInputStream(found.end(), Files.newInputStream(file)), 65_536);
    }

    private static Metadata metadata(InputStream in, String mimeType) throws IOException, ImageProcessingException {
        return switch (mimeType) {
            case "image/jpeg" -> JpegMetadataReader.readMetadata(in);
            case "image/png" -> PngMetadataReader.readMetadata(in);
            case "image/webp" -> WebpMetadataReader.readMetadata(in);
            case "image/gif" -> GifMetadataReader.readMetadata(in);
            case "image/bmp" -> BmpMetadataReader.readMetadata(in);
            case "image/tiff" -> TiffMetadataReader.readMetadata(new RandomAccessStreamReader(in));
            default -> HeifMetadataReader.readMetadata(in);
        };
    }

    private static Measured picture(Metadata metadata, String mimeType, Structure.Found found)
            throws UnreadableMediumException {
        int width = found.width() > 0 ? found.width() : size(metadata, mimeType, true);
        int height = found.height() > 0 ? found.height() : Math.abs(size(metadata, mimeType, false));
        if (width <= 0 || height == 0) {
            throw new UnreadableMediumException(null);
        }
        int turn = turn(metadata, mimeType);
        boolean onItsSide = turn >= 5;
        return new Measured(onItsSide ? height : width, onItsSide ? width : height, 0, found.moves() || moves(metadata),
                metadata.getDirectoriesOfType(GpsDirectory.class).stream().anyMatch(
                        gps -> gps.getGeoLocation() != null && !gps.getGeoLocation().isZero()), turn > 1, "");
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

    /** As Exif counts: from 1, which is upright, to 8; from 5 on the picture lies on its side. */
    private static int turn(Metadata metadata, String mimeType) {
        // HEIC files say how they are turned in a box of their own, which the reader does not add to the size.
        if (mimeType.startsWith("image/hei") || mimeType.equals("image/avif")) {
            return switch (number(metadata, HeifDirectory.class, HeifDirectory.TAG_IMAGE_ROTATION)) {
                case 1, -3 -> 8;
                case 2, -2 -> 3;
                case 3, -1 -> 6;
                default -> 1;
            };
        }
        int orientation = number(metadata, ExifIFD0Directory.class, ExifDirectoryBase.TAG_ORIENTATION);
        return orientation >= 1 && orientation <= 8 ? orientation : 1;
    }

    private static boolean moves(Metadata metadata) {
        WebpDirectory webp = metadata.getFirstDirectoryOfType(WebpDirectory.class);
        return metadata.getDirectoriesOfType(GifImageDirectory.class).size() > 1
                || webp != null && Boolean.TRUE.equals(webp.getBooleanObject(WebpDirectory.TAG_IS_ANIMATION));
    }
}
