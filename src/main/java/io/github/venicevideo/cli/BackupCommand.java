package io.github.venicevideo.cli;

import io.github.venicevideo.ledger.LedgerView;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code --backup FILE}: a copy of the ledger, also of one that a program is working with. */
final class BackupCommand implements Command {

    @Override
    public String option() {
        return "--backup";
    }

    @Override
    public String operands() {
        return "FILE";
    }

    @Override
    public String says() {
        return "copy the ledger to a new file, and check the copy";
    }

    @Override
    public int run(CommandSettings start, List<String> operands, PrintStream out) throws Exception {
        if (operands.size() != 1) {
            throw new IllegalArgumentException("--backup needs the name of one file that is not there yet");
        }
        Path file = Path.of(operands.get(0)).toAbsolutePath().normalize();
        try {
            long jobs = LedgerView.of(start.ledger()).copyTo(file);
            out.println("Copied the ledger to " + file + ": " + jobs + " jobs, " + Files.size(file) + " bytes, checked");
            return 0;
        } catch (IOException e) {
            throw new IllegalArgumentException("The ledger could not be copied to " + file + ": " + e.getMessage(), e);
        }
    }
}
