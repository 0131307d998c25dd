package io.github.venicevideo.ledger.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.venicevideo.ledger.store.LedgerException;
import io.github.venicevideo.venice.Json;
import io.github.venicevideo.venice.request.VideoRequest;
import java.io.UncheckedIOException;
import org.jdbi.v3.core.Jdbi;

/** Columns that hold JSON. */
public final class LedgerJson {

    private LedgerJson() {
    }

    public static void register(Jdbi jdbi) {
        column(jdbi, VideoRequest.class);
        column(jdbi, JobOptions.class);
        column(jdbi, Video.class);
    }

    public static String write(Object value) {
        try {
            return Json.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> void column(Jdbi jdbi, Class<T> type) {
        jdbi.registerColumnMapper(type, (row, column, context) -> {
            String text = row.getString(column);
            try {
                return text == null ? null : Json.mapper().readValue(text, type);
            } catch (JsonProcessingException e) {
                throw new LedgerException("The ledger holds a " + type.getSimpleName() + " that cannot be read", e);
            }
        });
    }
}
