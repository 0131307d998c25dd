package io.github.venicevideo.cli;

import java.io.PrintStream;
import java.util.List;

/**
 * Something that the program does instead of running: it looks, says what it sees, and ends. A new one is a line in
 * {@link Commands}. It may run while another program works in the same home, so it takes no lock and changes nothing there;
 * {@link ForgetCommand} alone does, when no program runs.
 */
public interface Command {

    /** The option that asks for it, such as {@code --status}. */
    String option();

    /** What may follow the option, such as {@code [--json]}; empty when nothing may. */
    String operands();

    /** What it does, in a few words for the usage. */
    String says();

    /** Whether it is about the settings themselves, so that it runs with wrong ones too. */
    default boolean checksSettings() {
        return false;
    }

    /**
     * Does it.
     *
     * @param start the settings, and where the home is
     * @param operands what followed the option, without {@code --config FILE}
     * @param out for the answer; the log goes elsewhere
     * @return the exit status: 0 when all is well
     * @throws UsageException when the operands cannot be understood
     */
    int run(CommandSettings start, List<String> operands, PrintStream out) throws Exception;
}
