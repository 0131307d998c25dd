package io.github.venicevideo.intake.draft;

import io.github.venicevideo.intake.media.RawPicture;

/** The kind of medium a field takes. Which formats of it a model takes is the model's own rule. */
public enum Family {
    IMAGE("a picture (JPEG, PNG, WebP, HEIC, GIF, BMP, TIFF)"),
    AUDIO("a sound (WAV, MP3)"),
    VIDEO("a video (MP4, MOV, WebM)"),
    DOCUMENT("a document (PDF, text, Word)");

    private final String allowed;

    Family(String allowed) {
        this.allowed = allowed;
    }

    public String allowed() {
        return allowed;
    }

    public boolean accepts(String mimeType) {
        return switch (this) {
            // Drawings and layered files start with image/ too, but no model opens them.
            case IMAGE -> mimeType.startsWith("image/") && !mimeType.equals("image/svg+xml")
                    && !mimeType.startsWith(RawPicture.MIME_TYPE)
                    && !mimeType.startsWith("image/vnd.");
            case AUDIO -> mimeType.startsWith("audio/");
            case VIDEO -> mimeType.startsWith("video/");
            case DOCUMENT -> mimeType.equals("application/pdf") || mimeType.startsWith("text/")
                    || mimeType.equals("application/rtf") || mimeType.equals("application/msword")
                    || mimeType.startsWith("application/vnd.o");
        };
    }
}
