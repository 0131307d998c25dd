package io.github.venicevideo.intake.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes decide the type. */
class MimeSnifferTest {

    private final MimeSniffer sniffer = new MimeSniffer();

    @ParameterizedTest
    @CsvSource({
            "png, image/png", "jpg, image/jpeg", "gif, image/gif", "bmp, image/bmp", "webp, image/webp",
            "heic, image/heic", "heif, image/heic", "avif, image/avif", "m4a, audio/mp4", "mp4, video/mp4", "mp42, video/mp4", "mov, video/quicktime", "webm, video/webm",
            "wav, audio/wav", "mp3, audio/mpeg", "mp3-bare, audio/mpeg", "pdf, application/pdf", "html, text/html",
            "svg, image/svg+xml", "txt, text/plain", "junk, application/octet-stream"})
    void theNameTheApiKnows(String format, String mimeType) {
        assertThat(sniffer.sniff(Samples.named(format), "png")).isEqualTo(mimeType);
    }

    @ParameterizedTest
    @CsvSource({
            "docx, application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "png, application/zip"})
    void theExtensionTellsOnlyOfficeDocumentsApart(String extension, String mimeType) {
        assertThat(sniffer.sniff(Samples.zip(Samples.files("word/document.xml", "=<x/>")), extension))
                .isEqualTo(mimeType);
    }
}
