package io.github.venicevideo.sandbox.call;

/** What kind of medium a field takes. */
public enum MediaFamily {
    IMAGE, VIDEO, AUDIO, DOCUMENT;

    /** Whether a data URL labelled like this fits. */
    public boolean fits(String mime) {
        return switch (this) {
            case IMAGE -> mime.startsWith("image/");
            case VIDEO -> mime.startsWith("video/");
            case AUDIO -> mime.startsWith("audio/");
            case DOCUMENT -> true;
        };
    }
}
