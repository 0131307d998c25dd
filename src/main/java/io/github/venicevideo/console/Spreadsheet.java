package io.github.venicevideo.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Tables for spreadsheets (RFC 4180). */
public final class Spreadsheet {

    /** What makes a spreadsheet take a cell for a formula. */
    private static final String FORMULA = "=+-@\t\r\n";

    private Spreadsheet() {
    }

    /** The table as text, with its columns' names in the first line. */
    public static String csv(List<String> columns, List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.RFC4180.builder().setHeader(columns.toArray(String[]::new)).get())) {
            for (List<String> row : rows) {
                printer.printRecord(row.stream().map(Spreadsheet::cell).toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Whoever names a file or fills in a form must not run anything in the spreadsheet of whoever opens the table. */
    private static String cell(String value) {
        return !value.isEmpty() && FORMULA.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    }
}
