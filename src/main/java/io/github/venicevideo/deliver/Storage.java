package io.github.venicevideo.deliver;

import java.io.IOException;

/** What can be asked of a destination about what it holds, on behalf of one job. */
interface Storage {

    /** Whether one of the files that would bear these names is there already and is not this job's, as far as it can be asked. */
    default boolean isTaken(FileNames names) throws IOException {
        return false;
    }

    /**
     * Takes the names for this job before anything is sent under them, where the destination can keep others from doing so.
     *
     * @return whether they are this job's now; if not, somebody else was quicker
     */
    default boolean claim(FileNames names) throws IOException {
        return true;
    }

    /** Whether an item is known to be there already, whole, and this job's: then it is not sent again. */
    default boolean holds(Item item) throws IOException {
        return false;
    }

    /** Gets ready for an item that is sent next, where there is something to do. */
    default void expect(Item item) throws IOException {
    }

    /**
     * Checks an item that was sent, as far as the destination can be asked.
     *
     * @throws IOException when it is not what was sent
     */
    default void verify(Item item) throws IOException {
    }

    /** Removes what a send that broke off has left there, where no listing shows it; most destinations have nothing of that kind. */
    default void removeLeftovers() throws IOException {
    }

    /** Where an item of that name is, without credentials. */
    String location(String name);
}
