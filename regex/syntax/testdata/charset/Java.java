import java.io.*;
import java.util.regex.*;

public class Java {
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
        String[] tried = in.readLine().split(" ");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            int blank = line.indexOf(' ');
            String flags = line.substring(0, blank).replace("-", "");
            Pattern re;
            try {
                re = Pattern.compile((flags.isEmpty() ? "" : "(?" + flags + ")") + line.substring(blank + 1));
            } catch (PatternSyntaxException e) {
                System.out.println("! " + e.getDescription());
                continue;
            }
            StringBuilder found = new StringBuilder();
            for (String range : tried) {
                int hyphen = range.indexOf('-');
                int last = Integer.parseInt(range.substring(hyphen + 1), 16);
                for (int r = Integer.parseInt(range.substring(0, hyphen), 16); r <= last; r++) {
                    if ((r < 0xD800 || r >= 0xE000) && re.matcher(new String(Character.toChars(r))).matches()) {
                        found.append(Integer.toHexString(r)).append('-').append(Integer.toHexString(r)).append(' ');
                    }
                }
            }
            System.out.println(found);
        }
    }
}
