package io.github.venicevideo.cli;

import io.github.venicevideo.home.ShownNames;
import java.io.PrintStream;
import java.util.Locale;

/** What a command prints, with nothing in it that moves a cursor or turns the reading direction, whoever wrote it. */
final class ShownOutput extends PrintStream {

    private static final String LAYOUT = "\n\r\t";

    /** It alone knows which characters its terminal has. */
    private final PrintStream to;

    ShownOutput(PrintStream to) {
        super(to, true);
        this.to = to;
    }

    @Override
    public void print(String text) {
        to.print(ShownNames.spelled(String.valueOf(text), LAYOUT));
    }

    @Override
    public void println(String text) {
        to.println(ShownNames.spelled(String.valueOf(text), LAYOUT));
    }

    @Override
    public PrintStream printf(String format, Object... arguments) {
        print(String.format(Locale.ROOT, format, arguments));
        return this;
    }
}
