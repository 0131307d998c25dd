package io.github.venicevideo.intake.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.venicevideo.MovableClock;
import io.github.venicevideo.api.InvalidSettingException;
import io.github.venicevideo.home.drop.Source;
import io.github.venicevideo.settings.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.Map;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.impl.engine.DefaultClassResolver;
import org.apache.commons.net.ftp.FTPFileEntryParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server lists, which may be anything. */
@Timeout(180)
class RemoteListingTest {

    private final SourceFiles files = new SourceFiles(new MovableClock(), Settings.packaged().with(Map.of("venice.drop.settle", "0s")));

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "../inbox", "a/b", "..\\x", "/etc", "a\u202eb", "a\nb"})
    void aFolderThatLeadsElsewhereIsNotGoneInto(String name) {
        assertThat(files.accept(file(name, true))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../canal.zip", "../../home/.ssh/x.txt", "/etc/canal.txt", "a/../../canal.json", "..\\canal.txt", "a\nb.txt"})
    void aFileThatLeadsElsewhereIsNotFetched(String name) {
        assertThat(files.accept(file(name, false))).isFalse();
    }

    @Test
    void anOrdinaryOneIs() {
        assertThat(files.accept(file("canal.zip", false))).isTrue();
        assertThat(files.accept(file("orders", true))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localWorkDirectory=/srv/x", "binary=false"})
    void anOptionThatHasAServerNameFilesOrChangeThemIsRefused(String option) {
        Source source = new Source("courier", "ftp:u@h/inbox?password=s3cret&" + option, "drop");

        assertThatThrownBy(() -> SourceUri.of(source).remoteFiles("polls", "listings")).isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(option.substring(0, option.indexOf('='))).hasMessageNotContaining("s3cret");
    }

    @Test
    void aListingWithoutEndBreaksOff() throws Exception {
        FTPFileEntryParser parser = new BoundedListings(new DefaultClassResolver()).createFileEntryParser("UNIX");
        BufferedReader endless = new BufferedReader(new Endless("-rw-r--r-- 1 u g 1 Jan 01 00:00 x\r\n"));

        assertThatThrownBy(() -> {
            while (parser.readNextEntry(endless) != null) {
                continue;
            }
        }).isInstanceOf(IOException.class).hasMessageContaining("more than 10000 entries");
        assertThat(parser.readNextEntry(new BufferedReader(new StringReader("one\r\ntwo")))).isEqualTo("one");
    }

    @Test
    void aLineWithoutEndBreaksOff() throws Exception {
        FTPFileEntryParser parser = new BoundedListings(new DefaultClassResolver()).createFileEntryParser("UNIX");

        assertThatThrownBy(() -> parser.readNextEntry(new BufferedReader(new Endless("x")))).isInstanceOf(IOException.class)
                .hasMessageContaining("8192");
    }

    private static GenericFile<Object> file(String name, boolean directory) {
        GenericFile<Object> file = new GenericFile<>();
        file.setFileNameOnly(name);
        file.setEndpointPath("inbox");
        file.setRelativeFilePath(name);
        file.setDirectory(directory);
        return file;
    }

    /** A text again and again. */
    private static final class Endless extends Reader {

        private final String text;
        private int at;

        Endless(String text) {
            this.text = text;
        }

        @Override
        public int read(char[] characters, int from, int length) {
            for (int i = 0; i < length; i++) {
                characters[from + i] = text.charAt(at++ % text.length());
            }
            return length;
        }

        @Override
        public void close() {
            at = 0;
        }
    }
}
