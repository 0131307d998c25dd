package io.github.venicevideo.intake.source;

import io.github.venicevideo.home.ShownNames;
import io.github.venicevideo.intake.names.BundleNames;
import io.github.venicevideo.intake.names.IgnoredNames;
import io.github.venicevideo.intake.names.SafeNames;
import io.github.venicevideo.intake.problem.ReadLimits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds bundles in the listing of a bucket: single {@code .zip .json .yaml .txt} objects, and "folders" that hold a
 * manifest or an object {@code .ready}. What is neither is left alone.
 */
final class BucketListing {

    /** How far a look goes on in the "folder" that its part ends in. */
    static final int FARTHEST = 100_000;
    private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);

    private final String source;
    private final String bucket;
    private final String base;

    /** @param prefix as the endpoint has it; bundles lie below its last slash */
    BucketListing(String source, String bucket, String prefix) {
        this.source = source;
        this.bucket = bucket;
        this.base = prefix.substring(0, prefix.lastIndexOf('/') + 1);
    }

    /**
     * The bundles among the first of some objects: as many as are looked at in one go, and those that are left of the "folder"
     * that they end in.
     *
     * @param after the key that the objects begin behind; empty where they begin with the first
     * @param objects in the order of their keys; what comes after the part is not asked for
     */
    BucketPart part(String after, Iterable<BucketObject> objects, int most) {
        Map<String, BucketFolder> folders = new LinkedHashMap<>();
        List<BucketBundle> bundles = new ArrayList<>();
        String last = after;
        int seen = 0;
        for (BucketObject object : objects) {
            if (seen >= most && !entry(object.key()).equals(entry(last))) {
                return new BucketPart(bundles(bundles, folders), after, last);
            }
            if (seen - FARTHEST >= most) {
                // A "folder" with so many is no bundle, and a store may list one without end.
                return new BucketPart(bundles(bundles, folders), after, base + entry(last) + "/" + LAST_CHARACTER);
            }
            last = object.key();
            seen++;
            add(object, bundles, folders);
        }
        return new BucketPart(bundles(bundles, folders), after, "");
    }

    private void add(BucketObject object, List<BucketBundle> bundles, Map<String, BucketFolder> folders) {
        String name = object.key().substring(base.length());
        String entry = entry(object.key());
        boolean folder = name.length() > entry.length();
        if (object.isFolderMark() || (folder ? IgnoredNames.isIgnoredFolder(entry) : IgnoredNames.isIgnored(entry))) {
            return;
        }
        if (folder) {
            folders.computeIfAbsent(entry, key -> new BucketFolder(base + key + "/", ReadLimits.DEFAULT.files() + 1)).add(object);
        } else if (BundleNames.isSingleFile(name)) {
            bundles.add(new BucketBundle(source, bucket, name, false, base, true, List.of(object)));
        }
    }

    /** What stands in a key behind the base, up to the next slash. */
    private String entry(String key) {
        String name = key.substring(base.length());
        int slash = name.indexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }

    private List<BucketBundle> bundles(List<BucketBundle> singles, Map<String, BucketFolder> folders) {
        List<BucketBundle> bundles = new ArrayList<>(singles);
        folders.forEach((name, folder) -> {
            List<BucketObject> objects = folder.bundle();
            if (!objects.isEmpty()) {
                bundles.add(new BucketBundle(source, bucket, name, true, base + name + "/", folder.isReady(), objects));
            }
        });
        bundles.sort(Comparator.comparingLong(bundle -> bundle.trigger().modified()));
        return bundles;
    }

    /** Why a bundle is not fetched at all; empty when nothing speaks against it. */
    static String refusal(BucketBundle bundle, ReadLimits limits) {
        if (bundle.objects().size() > limits.files()) {
            return "it has more than " + limits.files() + " objects, which is as many as a bundle may have";
        }
        if (bundle.bytes() > limits.unpackedBytes()) {
            return "it has " + bundle.bytes() / 1_000_000 + " MB, and a bundle has at most "
                    + limits.unpackedBytes() / 1_000_000 + " MB";
        }
        for (BucketObject object : bundle.objects()) {
            String name = bundle.fileOf(object);
            boolean named = SafeNames.isRelativeInside(name) && !SafeNames.hasUnsafeCharacter(name)
                    && name.split("/").length <= ReadLimits.DEPTH;
            if (!named) {
                return "its object \"" + name.codePoints().filter(c -> !ShownNames.isUnsafe(c)).collect(StringBuilder::new,
                        StringBuilder::appendCodePoint, StringBuilder::append) + "\" has a name that no file can have";
            }
        }
        return SafeNames.isFileName(bundle.entry()) ? "" : "its name is none that a file can have";
    }
}
