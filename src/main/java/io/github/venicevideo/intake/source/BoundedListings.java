package io.github.venicevideo.intake.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import org.apache.camel.component.file.remote.CamelFTPParserFactory;
import org.apache.camel.spi.ClassResolver;
import org.apache.commons.net.ftp.FTPClientConfig;
import org.apache.commons.net.ftp.FTPFile;
import org.apache.commons.net.ftp.FTPFileEntryParser;
import org.apache.commons.net.ftp.parser.FTPFileEntryParserFactory;

/** Has an FTP client read a folder's listing no further than a folder can be gone through: it is held whole, and may not end. */
public final class BoundedListings implements FTPFileEntryParserFactory {

    static final int MOST_ENTRIES = 10_000;
    static final int LONGEST_ENTRY = 8_192;

    private final FTPFileEntryParserFactory parsers;

    public BoundedListings(ClassResolver classes) {
        this.parsers = new CamelFTPParserFactory(classes);
    }

    @Override
    public FTPFileEntryParser createFileEntryParser(FTPClientConfig config) {
        return new Bounded(parsers.createFileEntryParser(config));
    }

    @Override
    public FTPFileEntryParser createFileEntryParser(String key) {
        return new Bounded(parsers.createFileEntryParser(key));
    }

    /** One client's, which reads one listing after the other. */
    private static final class Bounded implements FTPFileEntryParser {

        private final FTPFileEntryParser parser;
        private BufferedReader listing;
        private Lines lines;
        private int entries;

        Bounded(FTPFileEntryParser parser) {
            this.parser = parser;
        }

        @Override
        public String readNextEntry(BufferedReader reader) throws IOException {
            if (reader != listing) {
                listing = reader;
                lines = new Lines(reader);
                entries = 0;
            }
            String entry = parser.readNextEntry(lines);
            if (entry != null && ++entries > MOST_ENTRIES) {
                throw new IOException("The folder has more than " + MOST_ENTRIES + " entries, which is as many as are read. Move"
                        + " some of them elsewhere");
            }
            return entry;
        }

        @Override
        public List<String> preParse(List<String> original) {
            return parser.preParse(original);
        }

        @Override
        public FTPFile parseFTPEntry(String entry) {
            return parser.parseFTPEntry(entry);
        }
    }

    private static final class Lines extends BufferedReader {

        private final BufferedReader reader;

        Lines(BufferedReader reader) {
            super(reader, 1);
            this.reader = reader;
        }

        @Override
        public String readLine() throws IOException {
            StringBuilder line = new StringBuilder();
            int c = reader.read();
            if (c < 0) {
                return null;
            }
            for (; c >= 0 && c != '\n'; c = reader.read()) {
                line.append((char) c);
                if (line.length() > LONGEST_ENTRY) {
                    throw new IOException("An entry of the folder's listing has more than " + LONGEST_ENTRY + " characters");
                }
            }
            int end = line.length();
            return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
        }
    }
}
