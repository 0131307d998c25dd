package io.github.venicevideo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ShownOutputTest {

    @Test
    void whatACommandPrintsDoesNothingToATerminal() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new ShownOutput(new PrintStream(bytes, true, StandardCharsets.UTF_8));

        out.println("a\u001b[2J\u202eb");
        out.print("Göndola\u009b\n\tsecond\r\n");
        out.printf("%5d %s%n", 7, "c\u0007");

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("a\\u001B[2J\\u202Eb" + System.lineSeparator()
                + "Göndola\\u009B\n\tsecond\r\n    7 c\\u0007" + System.lineSeparator());
    }
}
