package io.github.venicevideo.intake.source;

import java.util.ArrayList;
import java.util.List;

/**
 * A bundle as it lies in a bucket.
 *
 * @param source the source's name
 * @param bucket the bucket's name
 * @param entry the name it is dropped with: of a file, or of a "folder"
 * @param folder whether it is made of all objects below one name
 * @param base what all its keys begin with; below it stand the names of its files
 * @param ready whether an object {@code .ready} says that it is whole
 * @param objects all of them; the last one is what made it a bundle, and is the last to be removed
 */
record BucketBundle(String source, String bucket, String entry, boolean folder, String base, boolean ready,
                    List<BucketObject> objects) {

    BucketBundle {
        objects = List.copyOf(objects);
    }

    /** The object that makes it a bundle. */
    BucketObject trigger() {
        return objects.get(objects.size() - 1);
    }

    /** What a second look at it is known by. */
    String reference() {
        return "source:" + source + ":" + bucket + "/" + trigger().key() + "#" + trigger().version();
    }

    /** The same, with what its bucket calls the trigger's content. */
    BucketBundle withVersionId(String id) {
        List<BucketObject> named = new ArrayList<>(objects);
        named.set(objects.size() - 1, trigger().withVersionId(id));
        return new BucketBundle(source, bucket, entry, folder, base, ready, named);
    }

    /** Where it lies, whatever its content. */
    String place() {
        return placeOf(reference());
    }

    /** The place that a reference begins with. */
    static String placeOf(String reference) {
        return reference.substring(0, reference.lastIndexOf('#'));
    }

    long bytes() {
        return objects.stream().mapToLong(BucketObject::bytes).sum();
    }

    /** The name of an object's file in the bundle. */
    String fileOf(BucketObject object) {
        return object.key().substring(base.length());
    }

    @Override
    public String toString() {
        return entry;
    }
}
