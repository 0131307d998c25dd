package io.github.venicevideo.cli;

import io.github.venicevideo.console.Spreadsheet;
import io.github.venicevideo.ledger.LedgerView;
import io.github.venicevideo.ledger.SpendRow;
import io.github.venicevideo.venice.MicroUsd;
import java.io.PrintStream;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code --spend}: what a month has cost, by day, drop folder and model. */
final class SpendCommand implements Command {

    private static final String MONTH = "--month";
    private static final String CSV = "--csv";
    private static final List<String> COLUMNS = List.of("day", "drop", "model", "jobs", "reserved_usd", "settled_usd", "refunded_usd",
            "in_doubt_usd");
    private static final String LINE = "%-10s  %-12s  %-40s %6s %12s %12s %12s %12s";
    private static final String ALL = "";

    private final Clock clock;

    SpendCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String option() {
        return "--spend";
    }

    @Override
    public String operands() {
        return "[--month YYYY-MM] [--csv]";
    }

    @Override
    public String says() {
        return "print what this month, or another, has cost, by day, drop folder and model";
    }

    @Override
    public int run(CommandSettings start, List<String> operands, PrintStream out) {
        Optional<YearMonth> given = Optional.empty();
        boolean csv = false;
        for (int i = 0; i < operands.size(); i++) {
            if (operands.get(i).equals(CSV)) {
                csv = true;
            } else if (operands.get(i).equals(MONTH) && i + 1 < operands.size()) {
                given = Optional.of(month(operands.get(++i)));
            } else {
                throw new UsageException("--spend takes " + operands() + ", not " + operands.get(i));
            }
        }
        YearMonth month = given.orElseGet(() -> YearMonth.from(LocalDate.ofInstant(clock.instant(),
                ZoneId.of(start.settings().required("venice.zone")))));
        List<SpendRow> rows = LedgerView.of(start.ledger()).spent(month);
        if (csv) {
            out.print(Spreadsheet.csv(COLUMNS, rows.stream().map(SpendCommand::cells).toList()));
        } else {
            lines(month, rows).forEach(out::println);
        }
        return 0;
    }

    private static YearMonth month(String text) {
        try {
            return YearMonth.parse(text);
        } catch (DateTimeException e) {
            throw new UsageException("--month takes a year and a month such as 2026-11, not " + text, e);
        }
    }

    private static List<String> lines(YearMonth month, List<SpendRow> rows) {
        if (rows.isEmpty()) {
            return List.of("Nothing was spent in " + month + ".");
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(List.of("day", "drop", "model", "jobs", "reserved", "settled", "refunded", "in doubt")));
        rows.forEach(row -> lines.add(line(cells(row))));
        lines.add("");
        sums(rows, SpendRow::model).forEach(sum -> lines.add(line(cells(new SpendRow(month.toString(), ALL, sum.model(), sum.jobs(),
                sum.reserved(), sum.settled(), sum.refunded(), sum.inDoubt())))));
        sums(rows, SpendRow::drop).forEach(sum -> lines.add(line(cells(new SpendRow(month.toString(), sum.drop(), ALL, sum.jobs(),
                sum.reserved(), sum.settled(), sum.refunded(), sum.inDoubt())))));
        SpendRow all = rows.stream().reduce(SpendRow::plus).orElseThrow();
        lines.add(line(cells(new SpendRow(month.toString(), "all", ALL, all.jobs(), all.reserved(), all.settled(), all.refunded(),
                all.inDoubt()))));
        lines.add("USD; the budget of a day counts reserved, settled and in doubt.");
        return lines;
    }

    private static List<SpendRow> sums(List<SpendRow> rows, Function<SpendRow, String> by) {
        return List.copyOf(rows.stream().collect(Collectors.groupingBy(by, java.util.TreeMap::new,
                Collectors.collectingAndThen(Collectors.reducing(SpendRow::plus), Optional::orElseThrow))).values());
    }

    private static List<String> cells(SpendRow row) {
        return List.of(row.day(), row.drop(), row.model(), String.valueOf(row.jobs()), MicroUsd.text(row.reserved()),
                MicroUsd.text(row.settled()), MicroUsd.text(row.refunded()), MicroUsd.text(row.inDoubt()));
    }

    private static String line(List<String> cells) {
        return String.format(LINE, cells.toArray()).stripTrailing();
    }
}
