package io.github.venicevideo.ledger.store;

import java.util.List;
import java.util.stream.Stream;

/** The scripts that make the ledger's tables, in their order. */
final class Migrations {

    static final List<Migration> ALL = Stream.of("V1__ledger.sql", "V2__limits.sql", "V3__consent.sql", "V4__deliveries.sql",
            "V5__errands.sql", "V6__home.sql", "V7__sources.sql", "V7_1__staging.sql", "V8__retention.sql", "V9__model_names.sql",
            "V10__wire_calls.sql", "V10_1__forgetting.sql", "V12__clock_step.sql",
            "V12_1__unread_columns.sql", "V14__bundle_folders.sql", "V14_1__queue_ids.sql", "V16__download_url_origin.sql",
            "V16_1__api_reach.sql", "V16_2__balance_seen.sql", "V17__prices.sql", "V17_1__consent_models.sql",
            "V19__hot_paths.sql", "V20__own_history.sql").map(Migration::packaged).toList();

    private Migrations() {
    }
}
