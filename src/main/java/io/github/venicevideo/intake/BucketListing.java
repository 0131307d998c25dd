package io.github.venicevideo.intake;

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

    /** What makes objects below one name a bundle; the first that is there stands for all of them. */
    private static final List<String> TRIGGERS = List.of("request.json", "request.yaml", "request.yml", ".ready");

    private final String source;
    private final String bucket;
    private final String base;

    /** @param prefix as the endpoint has it; bundles lie below its last slash */
    BucketListing(String source, String bucket, String prefix) {
        this.source = source;
        this.bucket = bucket;
        this.base = prefix.substring(0, prefix.lastIndexOf('/') + 1);
    }

    /** The bundles, oldest first. */
    List<BucketBundle> bundles(List<BucketObject> objects) {
        Map<String, List<BucketObject>> folders = new LinkedHashMap<>();
        List<BucketBundle> bundles = new ArrayList<>();
        for (BucketObject object : objects) {
            String name = object.key().substring(base.length());
            int slash = name.indexOf('/');
            if (object.isFolderMark() || IgnoredNames.isIgnored(slash >= 0 ? name.substring(0, slash) : name)) {
                continue;
            }
            if (slash >= 0) {
                folders.computeIfAbsent(name.substring(0, slash), key -> new ArrayList<>()).add(object);
            } else if (BundleNames.isSingleFile(name)) {
                bundles.add(new BucketBundle(source, bucket, name, false, base, true, List.of(object)));
            }
        }
        folders.forEach((name, content) -> bundles.addAll(folder(name, content)));
        bundles.sort(Comparator.comparingLong(bundle -> bundle.trigger().modified()));
        return bundles;
    }

    private List<BucketBundle> folder(String name, List<BucketObject> content) {
        String inside = base + name + "/";
        boolean ready = content.stream().anyMatch(object -> object.key().equals(inside + ".ready"));
        for (String trigger : TRIGGERS) {
            List<BucketObject> objects = new ArrayList<>(content);
            for (BucketObject object : content) {
                if (object.key().equals(inside + trigger)) {
                    objects.remove(object);
                    objects.add(object);
                    return List.of(new BucketBundle(source, bucket, name, true, inside, ready, objects));
                }
            }
        }
        return List.of();
    }

    /** Why a bundle is not fetched at all; empty when nothing speaks against it. */
    static String refusal(BucketBundle bundle, ReadLimits limits) {
        if (bundle.bytes() > limits.unpackedBytes()) {
            return "it has " + bundle.bytes() / 1_000_000 + " MB, and a bundle has at most "
                    + limits.unpackedBytes() / 1_000_000 + " MB";
        }
        if (bundle.objects().size() > limits.files()) {
            return "it has " + bundle.objects().size() + " objects, and a bundle has at most " + limits.files();
        }
        for (BucketObject object : bundle.objects()) {
            String name = bundle.fileOf(object);
            boolean named = SafeNames.isRelativeInside(name) && !SafeNames.hasUnsafeCharacter(name)
                    && name.split("/").length <= ReadLimits.DEPTH;
            if (!named) {
                return "its object \"" + name.codePoints().filter(c -> !SafeNames.isUnsafe(c)).collect(StringBuilder::new,
                        StringBuilder::appendCodePoint, StringBuilder::append) + "\" has a name that no file can have";
            }
        }
        return SafeNames.isFileName(bundle.entry()) ? "" : "its name is none that a file can have";
    }
}
