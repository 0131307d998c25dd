package io.github.venicevideo.home;

/** Why something that was dropped has no copy in the program's own tree. */
public enum Oddity {
    /** A symbolic link, or a junction of Windows. */
    LINK,
    /** A file that has another name elsewhere, which may be somebody else's. */
    HARD_LINK,
    /** A pipe, a socket or a device. */
    SPECIAL,
    /** It goes beyond the bytes that a bundle may have. */
    TOO_LARGE,
    /** It lies in more folders than a bundle may have within each other. */
    TOO_DEEP,
    /** It goes beyond the number of files that a bundle may have. */
    TOO_MANY,
    /** The program's user may not read it. */
    UNREADABLE,
    /** A folder that somebody put in the place of a file while the bundle was taken over; the file has a copy. */
    REPLACED
}
