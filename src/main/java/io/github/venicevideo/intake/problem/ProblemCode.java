package io.github.venicevideo.intake.problem;

import java.util.Locale;

/**
 * Everything that can be wrong with a bundle. The code is for programs ({@code job.json}), the words are the
 * clause that {@link Problem#sentence()} is built from.
 *
 * <h2>Contract</h2>
 * Codes are stable: a released code is never renamed, because scripts match on it.
 */
public enum ProblemCode {

    /** What was dropped is none of the four forms of a bundle. */
    NOT_A_BUNDLE("is nothing a video can be made from"),
    /** A folder, zip or text without content. */
    EMPTY_BUNDLE("holds nothing to make a video from"),
    /** More files, or deeper folders, than a bundle may have. */
    TOO_MANY_FILES("holds too much"),
    /** A text or manifest that is longer than is ever needed. */
    FILE_TOO_LARGE("is too large"),
    /** A zero-byte file. */
    EMPTY_FILE("is empty"),
    /** A symbolic link, or a path that leads out of the bundle. */
    LINK("is a link, and links are not followed"),
    /** A pipe, a device or a socket. */
    SPECIAL_FILE("is not an ordinary file"),
    /** A name with control characters, or with parts such as {@code ..}. */
    UNSAFE_NAME("has a name that cannot be used"),
    /** A file that is no medium, no prompt and no manifest. */
    UNKNOWN_FILE("is a file that a bundle has no use for"),
    /** A medium whose name does not say which field it is for. */
    UNNAMED_MEDIUM("does not say by its name what it is for"),
    /** Two files, or a file and the manifest, for one field. */
    GIVEN_TWICE("is given twice"),
    /** A second manifest. */
    SECOND_MANIFEST("is a second manifest"),
    /** A second text beside the prompt. */
    SECOND_PROMPT("is a second text beside the prompt"),

    /** A zip that is cut short, or whose checksums do not fit. */
    ZIP_DAMAGED("cannot be unpacked: the zip is damaged or was not copied to its end"),
    /** A zip with a password. */
    ZIP_ENCRYPTED("cannot be unpacked: it is protected by a password"),
    /** An archive that is no zip, or a zip whose files are packed in another way than bundles are. */
    ZIP_METHOD("cannot be unpacked: it is packed in a way that is not read here"),
    /** A zip whose names are in an encoding that cannot be told. */
    ZIP_NAMES("names its files in an encoding that cannot be told"),
    /** A zip that would unpack to more than is allowed. */
    ZIP_TOO_LARGE("unpacks to more than a bundle may hold"),
    /** A zip inside a bundle that holds other files too, or inside a zip. */
    ZIP_INSIDE("is a zip inside the bundle"),

    /** What lies there instead of a file that a cloud or a repository has not brought yet. */
    NOT_DOWNLOADED("is not downloaded yet: what lies there only stands in for it"),
    /** A file that calls itself a text, and is a document of another kind. */
    NOT_PLAIN_TEXT("is not a plain text"),
    /** A text that is not valid UTF-8. */
    NOT_UTF8("is not a UTF-8 text"),
    /** A manifest that is no valid JSON or YAML. */
    SYNTAX("cannot be read"),
    /** A key that stands twice in one object. */
    DUPLICATE_KEY("stands there twice"),
    /** A manifest that is a list or a plain value. */
    NOT_AN_OBJECT("is not a set of fields"),
    /** Nesting or YAML aliases beyond all need. */
    TOO_COMPLEX("is nested too deeply or repeats itself too often"),
    /** Half of a character, as in {@code "\ud83d"} alone. */
    BROKEN_CHARACTER("holds half of a character"),

    /** A field whose name nearly matches a known one. */
    UNKNOWN_FIELD("is not a field of a video request"),
    /** A value of another JSON type than the field has. */
    WRONG_TYPE("is of the wrong kind"),
    /** A text, list or number beyond its bounds. */
    OUT_OF_BOUNDS("is out of bounds"),
    /** A required field that nothing gives, not even a default. */
    MISSING_FIELD("is missing"),
    /** {@code consents} in any other form than the API takes. */
    CONSENTS("must be given exactly as the API takes it, or not at all"),
    /** Something wrong in our own key {@code bundle}. */
    BUNDLE_OPTION("is not a setting that works"),

    /** A file named by the manifest that the bundle does not hold. */
    FILE_NOT_FOUND("names a file that is not in the bundle"),
    /** A file name that leads, or tries to lead, out of the bundle. */
    FILE_OUTSIDE("does not name a file inside the bundle"),
    /** A URL that cannot be one. */
    BAD_URL("is not a usable URL"),
    /** A URL that leads into a private network, or to the machine itself. */
    PRIVATE_URL("is a URL that does not lead to the public internet"),
    /** A data URL that does not hold what it says. */
    BAD_DATA_URL("is not a usable data URL"),
    /** Bytes that are not what the field takes. */
    WRONG_MEDIUM("is not the kind of medium this field takes"),
    /** Bytes of the right kind that no program could open. */
    CANNOT_BE_OPENED("cannot be opened"),
    /** A picture that is too small, too wide or too tall for the model. */
    PICTURE_SIZE("has a size that the model does not take"),
    /** A clip or sound that is too short or too long, or several that are together. */
    CLIP_LENGTH("has a length that is not taken"),
    /** A medium of more bytes than its field takes. */
    MEDIUM_TOO_LARGE("is too large for its field"),

    /** A model that was removed: a call for it would go to another. */
    UNKNOWN_MODEL("is not a model that the API offers"),
    /** A value that this model does not take. */
    NOT_ALLOWED("is not taken by this model"),
    /** A field that this model, or this combination of fields, does not take. */
    FORBIDDEN_FIELD("is not taken by this model"),
    /** A prompt that is longer than the model takes. */
    PROMPT_TOO_LONG("is too long for this model"),
    /** A medium that this model, or this combination of fields, cannot do without. */
    MISSING_MEDIUM("is missing"),
    /** A prompt that names a picture, clip, sound or element that is not attached. */
    NOT_ATTACHED("names what is not attached"),
    /** Elements and pictures beside them, together too many. */
    TOO_MANY_REFERENCES("are too many together"),
    /** A keyframe on the same frame as another, or after the video's end. */
    KEYFRAME("is not a frame that a keyframe can stand on"),

    /** The body would be larger than the API takes. */
    BODY_TOO_LARGE("is too large to be sent");

    private final String says;

    ProblemCode(String says) {
        this.says = says;
    }

    /** The code as programs see it, such as {@code unknown-field}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The clause for people, such as "is missing". */
    public String says() {
        return says;
    }
}
