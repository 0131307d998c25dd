package io.github.venicevideo.intake.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.venicevideo.intake.problem.Findings;
import io.github.venicevideo.intake.problem.ReadLimits;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** A text of YAML may be nothing but line ends, or one line of a thousand prompts. */
class YamlLinesTest {

    private static final int SIZE = 4_000_000;

    @Test
    void aTextOfLineEndsIsNotTakenApart() {
        String text = "\n".repeat(SIZE) + "prompt: Waves: again";
        long before = allocated();

        YamlLines lines = new YamlLines(text);

        assertThat(allocated() - before).isLessThan(SIZE / 10);
        Mark mark = new Mark("request.yaml", SIZE + 13, SIZE, 13, new int[0], 0);
        assertThat(lines.wayOut(Optional.of(mark))).contains("between double quotes");
    }

    @Test
    void aLineOfManyPromptsIsGoneThroughOnce() {
        String text = "[" + ("{prompt: a}," + " ".repeat(4_000)).repeat(1_000) + "]";
        long before = allocated();

        assertThat(new YamlText(ReadLimits.DEFAULT).read("request.yaml", text, new Findings())).isPresent();

        assertThat(allocated() - before).isLessThan(100L * text.length());
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
