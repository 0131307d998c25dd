package io.github.venicevideo.intake.names;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names that systems, editors and storage leave behind without anybody's asking. This is the one list of them; what
 * begins with a dot is a leaving too, and is not in it.
 */
final class Leavings {

    private static final Set<String> FILES = Set.of("thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini",
            "picasa.ini", "zbthumbnail.info", "sync.ffs_db", "sync.ffs_lock", "albumartsmall.jpg", "wpsettings.dat",
            "indexervolumeguid",
            // The icon of a folder on a Mac ends in a carriage return, which shares spell in their own ways.
            "icon\r", "icon\uf00d", "icon\u240d", "icon?");

    private static final Set<String> FOLDERS = Set.of("__macosx", "@eadir", "@tmp", "@recycle", "@recently-snapshot",
            "@__thumb", "#recycle", "#snapshot", "~snapshot", "$recycle.bin", "recycler", "system volume information",
            "lost+found", "network trash folder", "temporary items", "thevolumesettingsfolder",
            "thefindbycontentfolder");

    private static final Pattern FILE = Pattern.compile(
            // Copies that editors keep of what was there before, and their locks.
            ".+~|#.+#|~\\$.+|.+\\.(bak\\d*|backup|old|orig|rej|sw[nop]|swpx?|save(\\.\\d+)?|autosave|asv|wbk|un~|sb-[0-9a-f]{8}-.+)"
            // What Windows knows of a file that was downloaded, and Macs of any, on disks that have no place for it.
            + "|.+(:|\uf03a|\uf022|\ua789|%3a|_)zone\\.identifier(:\\$data)?"
            + "|.+[:\uf03a\uf022](afp_afpinfo|afp_resource|smartscreen|encryptable|com[._](apple|dropbox)[._].+)(:\\$data)?"
            + "|.+@syno(resource|eastream)|:2e.+|albumart_\\{.+}_(large|small)\\.jpg"
            // What was done to a picture, kept beside it.
            + "|.+\\.(aae|xmp)");

    private static final Pattern FOLDER = Pattern.compile("found\\.\\d{3}|.+\\.sb-[0-9a-f]{8}-.+|:2e.+");

    private Leavings() {
    }

    /** @param name of a file, in lower case */
    static boolean isFile(String name) {
        return FILES.contains(name) || FOLDERS.contains(name) || FILE.matcher(name).matches();
    }

    /** @param name of a folder, in lower case: what people call theirs may well end in {@code .old} */
    static boolean isFolder(String name) {
        return FOLDERS.contains(name) || FOLDER.matcher(name).matches();
    }
}
