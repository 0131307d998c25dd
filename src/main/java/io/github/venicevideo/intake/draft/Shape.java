package io.github.venicevideo.intake.draft;

/** The JSON form of a field's value. */
public enum Shape {
    TEXT("a text in quotes"),
    INTEGER("a whole number, without quotes"),
    FLAG("true or false, without quotes"),
    MEDIUM("the name of a file in the bundle, an https:// URL or a data: URL"),
    MEDIA("a list of file names, https:// URLs or data: URLs"),
    ELEMENTS("a list of {frontal_image_url, reference_image_urls, video_url}"),
    KEYFRAMES("a list of {image_url, frame_index}"),
    CONSENTS("{\"seedance\": {…}}");

    private final String allowed;

    Shape(String allowed) {
        this.allowed = allowed;
    }

    public String allowed() {
        return allowed;
    }
}
