package io.github.venicevideo.deliver;

import java.io.IOException;

/** What can be asked of a destination about what it holds, on behalf of one job. */
interface Storage {

    /** Whether a video of that name, without extension, is there already that is not this job's. */
    boolean isTaken(String name) throws IOException;

    /** Whether an item is there already, whole, and this job's: then it is not sent again. */
    boolean holds(Item item) throws IOException;

    /** Gets ready for an item that is sent next. */
    void expect(Item item) throws IOException;

    /**
     * Checks an item that was sent, as far as the destination can be asked.
     *
     * @throws IOException when it is not what was sent
     */
    void verify(Item item) throws IOException;

    /** Where an item of that name is, without credentials. */
    String location(String name);
}
