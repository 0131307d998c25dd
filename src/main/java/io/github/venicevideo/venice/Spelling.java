package io.github.venicevideo.venice;

/** How far two spellings lie apart. */
public final class Spelling {

    /** Longer names are no typing mistakes, and the table grows with the product. */
    private static final int LONGEST = 300;

    private Spelling() {
    }

    /**
     * Levenshtein's distance, with two swapped letters counting as one mistake.
     *
     * @return 0 for equal texts; at most the length of the longer one
     */
    public static int distance(String a, String b) {
        if (a.length() > LONGEST || b.length() > LONGEST) {
            return Math.max(a.length(), b.length());
        }
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
