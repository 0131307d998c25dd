package io.github.venicevideo.console;

import io.github.venicevideo.ledger.Ledger;
import io.github.venicevideo.ledger.consent.ConsentFilter;
import io.github.venicevideo.ledger.consent.ConsentReport;
import io.github.venicevideo.ledger.consent.ConsentRow;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** The report of consents, for whoever asks over HTTP. */
public final class ReportCalls {

    private static final int BAD_REQUEST = 400;
    private static final String CSV = "csv";
    private static final String JSON = "json";

    private final Ledger ledger;

    public ReportCalls(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Answers with the report, as JSON in the body or as a table: rows that fit the parameters {@code person}, {@code medium} and {@code job}.
     *
     * @throws ConsoleRefusal when a parameter cannot be understood
     */
    public void report(Exchange exchange) throws ConsoleRefusal {
        Message call = exchange.getMessage();
        String format = format(call);
        ConsentReport report = ledger.consentReport();
        List<ConsentRow> rows = report.rows(filter(call));
        if (format.equals(CSV)) {
            ConsoleAnswer.csv(exchange, ConsentTable.csv(rows));
        } else {
            call.setBody(ConsentTable.json(report.head(), rows));
        }
    }

    /** Puts the head of the chain into the body. */
    public void head(Exchange exchange) {
        exchange.getMessage().setBody(ConsentTable.json(ledger.consentReport().head()));
    }

    private static ConsentFilter filter(Message call) throws ConsoleRefusal {
        try {
            return new ConsentFilter(header(call, "person"), header(call, "medium"), header(call, "job"));
        } catch (IllegalArgumentException e) {
            throw new ConsoleRefusal(BAD_REQUEST, e.getMessage());
        }
    }

    private static String format(Message call) throws ConsoleRefusal {
        String format = header(call, "format").map(text -> text.toLowerCase(Locale.ROOT))
                .orElse(header(call, "Accept").filter(accept -> accept.contains("text/csv")
                        && !accept.contains("application/json")).map(accept -> CSV).orElse(JSON));
        if (!format.equals(CSV) && !format.equals(JSON)) {
            throw new ConsoleRefusal(BAD_REQUEST, "The parameter format is json or csv, or left out.");
        }
        return format;
    }

    private static Optional<String> header(Message call, String name) {
        return Optional.ofNullable(call.getHeader(name, String.class)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
