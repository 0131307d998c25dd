package io.github.venicevideo.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountsTest {

    private final Mounts mounts = new Mounts(List.of(
            "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw",
            "30 22 254:0 /srv/videos /srv/videos rw,relatime shared:2 - ext4 /dev/vda rw",
            "31 22 254:0 /srv/a /srv/a\\040drop rw,relatime - ext4 /dev/vda rw",
            "broken"));

    @Test
    void aPathLiesOnTheNearestMountAboveIt() {
        assertThat(mounts.of(Path.of("/var/lib/venice-video"))).contains(Path.of("/"));
        assertThat(mounts.of(Path.of("/srv/videos/drop"))).contains(Path.of("/srv/videos"));
        assertThat(mounts.of(Path.of("/srv/videos2"))).contains(Path.of("/"));
        assertThat(mounts.of(Path.of("/srv/a drop"))).contains(Path.of("/srv/a drop"));
    }

    @Test
    void aPlatformThatDoesNotTellHasNone() {
        assertThat(new Mounts(List.of()).of(Path.of("/srv"))).isEmpty();
    }
}
