package io.github.venicevideo.intake.media;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import org.w3c.dom.Element;

/** JPEGs as the JDK's encoder can be told to make them. */
public final class JpegSamples {

    private static final String TREE = "javax_imageio_jpeg_image_1.0";

    private JpegSamples() {
    }

    /**
     * A picture with something in it.
     *
     * @param across how often brightness is sampled for one sample of colour, likewise down; 0 for a grey picture
     * @param restarts a restart marker after so many units; 0 for none
     */
    public static byte[] of(int width, int height, int across, int down, int restarts) throws IOException {
        BufferedImage image = new BufferedImage(width, height, across == 0 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, x * 3 + y * 517 + (random.nextInt(64) << 8));
            }
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpg").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            IIOMetadata metadata = writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
            IIOMetadataNode tree = (IIOMetadataNode) metadata.getAsTree(TREE);
            if (across > 0) {
                Element brightness = (Element) tree.getElementsByTagName("componentSpec").item(0);
                brightness.setAttribute("HsamplingFactor", "" + across);
                brightness.setAttribute("VsamplingFactor", "" + down);
            }
            if (restarts > 0) {
                IIOMetadataNode dri = new IIOMetadataNode("dri");
                dri.setAttribute("interval", "" + restarts);
                Element markers = (Element) tree.getElementsByTagName("markerSequence").item(0);
                markers.insertBefore(dri, markers.getElementsByTagName("sos").item(0));
            }
            metadata.setFromTree(TREE, tree);
            writer.setOutput(stream);
            writer.write(new IIOImage(image, null, metadata));
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }
}
