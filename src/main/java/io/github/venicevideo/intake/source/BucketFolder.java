package io.github.venicevideo.intake.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The objects below one name of a bucket, as far as they matter: a "folder" that holds too many is no bundle. */
final class BucketFolder {

    /** What makes objects below one name a bundle; the first that is there stands for all of them. */
    private static final List<String> TRIGGERS = List.of("request.json", "request.yaml", "request.yml", ".ready");

    private final String inside;
    private final int most;
    private final List<BucketObject> objects = new ArrayList<>();
    private final List<BucketObject> triggers = new ArrayList<>();

    /**
     * None yet.
     *
     * @param inside what all their keys begin with, with its slash
     * @param most so many are kept, beside those that make it a bundle
     */
    BucketFolder(String inside, int most) {
        this.inside = inside;
        this.most = most;
    }

    void add(BucketObject object) {
        if (TRIGGERS.contains(object.key().substring(inside.length()))) {
            triggers.add(object);
        } else if (objects.size() < most) {
            objects.add(object);
        }
    }

    boolean isReady() {
        return trigger(".ready").isPresent();
    }

    /** All of them, the one that makes it a bundle last; empty when there is none. */
    List<BucketObject> bundle() {
        Optional<BucketObject> first = TRIGGERS.stream().flatMap(name -> trigger(name).stream()).findFirst();
        if (first.isEmpty()) {
            return List.of();
        }
        List<BucketObject> all = new ArrayList<>(objects);
        triggers.stream().filter(trigger -> trigger != first.get()).forEach(all::add);
        all.add(first.get());
        return all;
    }

    private Optional<BucketObject> trigger(String name) {
        return triggers.stream().filter(trigger -> trigger.key().equals(inside + name)).findFirst();
    }
}
