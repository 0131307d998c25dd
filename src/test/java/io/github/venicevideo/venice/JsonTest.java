package io.github.venicevideo.venice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

    private static final String HOSTILE = "a\u001b[2J\u007f\u009b1A\u202emoc\u2028\u2066\u200e\nb";

    @Test
    void whatIsWrittenDoesNothingToATerminalAndIsTheSameWhenItIsRead() throws Exception {
        for (String json : new String[] {new String(Json.pretty(Map.of("name", HOSTILE)), StandardCharsets.UTF_8),
                Json.mapper().writeValueAsString(Map.of("name", HOSTILE))}) {
            assertThat(json.codePoints().filter(c -> c != '\n' && c != '\r'))
                    .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT || c == 0x2028);
            assertThat(Json.mapper().readTree(json).path("name").asText()).isEqualTo(HOSTILE);
        }
    }

    @Test
    void whatPeopleWriteStaysReadable() throws Exception {
        assertThat(Json.mapper().writeValueAsString("Göndola 朝 👩\u200d🎨")).isEqualTo("\"Göndola 朝 👩\u200d🎨\"");
    }
}
