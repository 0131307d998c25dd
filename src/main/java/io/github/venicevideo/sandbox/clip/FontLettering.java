package io.github.venicevideo.sandbox.clip;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.List;

/** Letters from the machine's fonts. */
final class FontLettering implements TextMask {

    @Override
    public byte[] draw(int width, int height, String title, String text) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setColor(Color.WHITE);
            int margin = Math.max(4, width / 20);
            graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, Math.max(8, height / 22)));
            int top = margin + graphics.getFontMetrics().getAscent();
            graphics.drawString(title, margin, top);
            drawWrapped(graphics, text, margin, top + margin / 2, width - 2 * margin, height - 2 * margin);
        } finally {
            graphics.dispose();
        }
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }

    /** In the largest size that fits. */
    private static void drawWrapped(Graphics2D graphics, String text, int x, int top, int width, int bottom) {
        for (int size = Math.max(9, bottom / 8); ; size = size * 4 / 5) {
            graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, size));
            FontMetrics metrics = graphics.getFontMetrics();
            List<String> lines = WordWrap.wrap(text, line -> metrics.stringWidth(line) <= width);
            if (size < 9 || top + lines.size() * metrics.getHeight() <= bottom) {
                for (int i = 0; i < lines.size(); i++) {
                    graphics.drawString(lines.get(i), x, top + i * metrics.getHeight() + metrics.getAscent());
                }
                return;
            }
        }
    }
}
