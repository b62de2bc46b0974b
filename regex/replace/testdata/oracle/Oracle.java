// Replaces with Matcher.replaceAll, for differential_test.go, which says what the lines are.
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.util.regex.*;

class Oracle {
    static String text(String hex) {
        byte[] bytes = new byte[hex.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static String hex(String text) {
        StringBuilder hex = new StringBuilder();
        // Half of a pair is no text: Java would write a ? for it.
        int[] points = text.codePoints().map(c -> 0xD800 <= c && c <= 0xDFFF ? 0xFFFD : c).toArray();
        for (byte b : new String(points, 0, points.length).getBytes(StandardCharsets.UTF_8)) {
            hex.append(String.format("%02x", b));
        }
        return hex.toString();
    }

    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        PrintStream out = new PrintStream(new BufferedOutputStream(System.out), false, "US-ASCII");
        for (String line; (line = in.readLine()) != null; ) {
            String[] fields = line.split("\t", -1);
            int flags = fields[1].contains("i") ? Pattern.CASE_INSENSITIVE : 0;
            try {
                out.println("ok\t" + hex(Pattern.compile(text(fields[0]), flags).matcher(text(fields[3])).replaceAll(text(fields[2]))));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                out.println("error\t" + hex(String.valueOf(e.getMessage())));
            }
        }
        out.flush();
    }
}
