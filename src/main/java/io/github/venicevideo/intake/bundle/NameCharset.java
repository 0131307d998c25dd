package io.github.venicevideo.intake.bundle;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The charsets that zips are named in where they are not in UTF-8, and what names in each of them look like. */
enum NameCharset {

    SHIFT_JIS("windows-31j", "Shift-JIS", "[\\p{IsHiragana}\\p{IsKatakana}\\p{IsHan}\u3000-\u301c\u30fb\u30fc\uff01-\uff5e]",
            "\u306e\u306b\u306f\u3092\u305f\u304c\u3067\u3057\u30f3\u30b9\u30c8\u30eb\u30a4\u30fc\u5199\u771f\u753b\u50cf\u52d5"
            + "\u65e5\u672c\u4eba\u5927\u5c0f\u65b0\u6620\u6a5f\u732b\u72ac\u82b1\u5c71\u6d77\u7a7a\u6851\u6728\u6c34\u590f\u79cb\u51ac\u6625"
            + "\u8868\u7d19\u80cc\u666f\u9854\u8863\u88c5\u7d20\u6750\u5b8c\u6210\u6700\u7d42\u521d\u56de\u8857\u591c\u671d\u5973\u7537"),
    GBK("GBK", "GBK", "[\\p{IsHan}\u3000-\u301c\uff01-\uff5e]",
            "\u7684\u4e00\u662f\u4e0d\u4e86\u4eba\u6211\u5728\u6709\u8fd9\u4e2d\u5927\u6765\u4e0a\u56fd\u4e2a\u5230\u8bf4\u4eec\u4e3a\u5b50"
            + "\u548c\u5730\u51fa\u65f6\u5e74\u56fe\u7247\u7167\u89c6\u9891\u753b\u9762\u7b2c\u5f20\u53f7\u65b0\u8001\u5c0f\u80cc\u666f"
            + "\u5c01\u9996\u5c3e\u5e27\u5f00\u59cb\u7ed3\u675f\u53c2\u8003\u4eba\u7269\u7d20\u6750\u98ce\u6d77\u5c71\u6c34\u5929\u7a7a"
            + "\u82b1\u732b\u72d7\u5973\u7537\u5b69\u591c\u57ce\u5e02\u6700\u7ec8\u7248"),
    KOREAN("x-windows-949", "EUC-KR", "[\\p{IsHangul}\uff01-\uff5e]",
            "\uc774\uac00\ub2e4\uc758\ub294\uc5d0\uc744\ub85c\ud558\uc0ac\uae30\uc9c0\uace0\ub3c4\uc5b4\ub098\uc790\uc2dc\uc778\uc544"
            + "\uc2a4\ub300\ud55c\ub9ac\uc815\uc804\uc218\uc77c\uc7a5\ubd80\ud574\uc0c1\uc8fc\ubcf4\ud654\uc6d0\uc81c\uad6d\ub3d9\uacbd"
            + "\uc601\uc9c4\uc11c\uad6c\uc131\uc5f0\uc870\ubbf8\uc720\uc2e0\uc120\uacfc\ubaa8\ubc30\uc911\ubb38\uadf8\ub9bc\ud45c\uccab"
            + "\ub9c8\ucd5c\uc885\uc0ac\ubc14\ub2e4\ud558\ub298\uace0\uc591\uac15\ubc14\ub78c\uc5ec\ub0a8\uc544\uce68\ubc24"),
    BIG5("Big5", "Big5", "[\\p{IsHan}\u3000-\u301c\uff01-\uff5e]",
            "\u7684\u4e00\u662f\u4e0d\u4e86\u4eba\u6211\u5728\u6709\u9019\u4e2d\u5927\u4f86\u4e0a\u570b\u500b\u5230\u8aaa\u5011\u70ba"
            + "\u5716\u7247\u7167\u8996\u756b\u9762\u5f35\u80cc\u666f\u5c01\u5c3e\u5e40\u958b\u7d50\u53c3\u4eba\u7269\u98a8\u6d77\u5c71"),
    CYRILLIC_DOS("IBM866", "cp866", "[\\p{IsCyrillic}\u2116]", ""),
    CYRILLIC("windows-1251", "windows-1251", "[\\p{IsCyrillic}\u2116\u00ab\u00bb]", ""),
    WESTERN_DOS("IBM437", "cp437", "\\p{IsLatin}", ""),
    WESTERN_DOS_850("IBM850", "cp850", "\\p{IsLatin}", ""),
    WESTERN("windows-1252", "windows-1252", "[\u00c0-\u00ff]", "");

    /** Small letters before capitals are found in no word, and in every word that is read in the wrong charset. */
    private static final Pattern MIXED = Pattern.compile(".*\\p{IsLowercase}[\\p{IsUppercase}&&[^\\x00-\\x7f]].*"
            + "|.*[\\p{IsLowercase}&&[^\\x00-\\x7f]]\\p{IsUppercase}.*", Pattern.DOTALL);
    /** One character of another script in the middle of a word is half an accent and the letter behind it. */
    private static final Pattern LODGED =
            Pattern.compile("(?s).*[A-Za-z][^\\x00-\\x7f][A-Za-z].*|[^\\x00-\\x7f][a-z]{2,}.*|.*[a-z]{2}[^\\x00-\\x7f](\\..*)?");
    private static final Pattern GRAFTED = Pattern.compile("[A-Za-z][^\\x00-\\x7f]|[^\\x00-\\x7f][A-Za-z]");
    private static final Pattern ODD = Pattern.compile("[^\\x00-\\x7f]");

    private final String name;
    private final String shown;
    private final Pattern letters;
    private final String common;

    NameCharset(String name, String shown, String letters, String common) {
        this.name = name;
        this.shown = shown;
        this.letters = Pattern.compile(letters);
        this.common = common;
    }

    /** Empty where the Java that runs this does not have it. */
    Optional<Charset> charset() {
        return Charset.isSupported(name) ? Optional.of(Charset.forName(name)) : Optional.empty();
    }

    /** As people know it. */
    String shown() {
        return shown;
    }

    /** Whether all that is not ASCII is what people write in names, in words that have a beginning and an end. */
    boolean isLikely(List<String> names) {
        return names.stream().allMatch(this::isLikely);
    }

    private boolean isLikely(String name) {
        List<String> odd = ODD.matcher(name).results().map(found -> found.group()).toList();
        if (!odd.stream().allMatch(c -> letters.matcher(c).matches())) {
            return false;
        }
        if (isAlphabet()) {
            return !MIXED.matcher(name).matches()
                    && (this == CYRILLIC || this == CYRILLIC_DOS ? !GRAFTED.matcher(name).find() : isMostlyPlain(name, odd.size()));
        }
        return !LODGED.matcher(name).matches() && (this != GBK && this != SHIFT_JIS || isEveryday(name));
    }

    private static boolean isMostlyPlain(String name, int odd) {
        return name.chars().filter(c -> c < 0x80 && Character.isLetter(c)).count() >= 2L * odd;
    }

    private boolean isAlphabet() {
        return common.isEmpty();
    }

    /** The first level of each standard has what is in use; rare ones are what other charsets' bytes come to. */
    private boolean isEveryday(String name) {
        for (char c : name.toCharArray()) {
            byte[] bytes = Character.toString(c).getBytes(charset().orElseThrow());
            int lead = bytes[0] & 0xff;
            boolean rare = this == GBK ? lead > 0xd7 || lead >= 0x80 && (lead < 0xa1 || (bytes[1] & 0xff) < 0xa1)
                    : bytes.length == 2 && lead > 0x97 || bytes.length == 1 && lead > 0x7f;
            if (c > 0x7f && rare) {
                return false;
            }
        }
        return true;
    }

    /** How much of it is what people write most, in hundredths. */
    int common(List<String> names) {
        String all = String.join("", names);
        long odd = all.chars().filter(c -> c > 0x7f).count();
        if (isAlphabet()) {
            // A word that makes sense letter by letter is no accident; the two Western ones differ in rare letters alone.
            return 50;
        }
        long found = all.chars().filter(c -> c > 0x7f && (common.indexOf(c) >= 0 || isKana(c))).count();
        return (int) (100 * found / Math.max(1, odd));
    }

    private static boolean isKana(int c) {
        return c >= 0x3041 && c <= 0x30fc;
    }
}
