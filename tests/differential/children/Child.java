// Asks java.util.regex about patterns. Run as: java --add-opens java.base/java.util.regex=ALL-UNNAMED Child.java
// A request's body has a line for each pattern, FLAGS TAB BASE64; so has the answer: see readAnswer in child.go.
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

public class Child {
    static final Pattern ID = Pattern.compile("\"id\":(\\d+)"), BYTES = Pattern.compile("\"bytes\":(\\d+)");
    static Method namedGroups;

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static int option(char letter) {
        switch (letter) {
            case 'd': return Pattern.UNIX_LINES;
            case 'i': return Pattern.CASE_INSENSITIVE;
            case 'm': return Pattern.MULTILINE;
            case 's': return Pattern.DOTALL;
            case 'u': return Pattern.UNICODE_CASE;
            case 'x': return Pattern.COMMENTS;
            case 'U': return Pattern.UNICODE_CHARACTER_CLASS;
        }
        throw new IllegalStateException("no flag " + letter);
    }

    static String answer(String flags, String pattern) throws ReflectiveOperationException {
        int options = 0;
        for (char letter : flags.toCharArray()) options |= option(letter);
        Pattern compiled;
        try {
            compiled = Pattern.compile(pattern, options);
        } catch (PatternSyntaxException e) {
            int offset = -1;
            if (e.getIndex() >= 0) {
                int index = Math.min(e.getIndex(), pattern.length());
                offset = pattern.substring(0, index).getBytes(StandardCharsets.UTF_8).length;
            }
            return "-\t" + offset + "\t" + base64(e.getDescription()) + "\t0\t";
        } catch (StackOverflowError | OutOfMemoryError e) {
            return "!\t-1\t" + base64(e.getClass().getSimpleName()) + "\t0\t";
        } catch (RuntimeException e) { // the parser's own faults, such as an index out of bounds: it refuses too
            return "-\t-1\t" + base64(e.toString()) + "\t0\t";
        }
        StringJoiner names = new StringJoiner(",");
        for (Map.Entry<?, ?> e : ((Map<?, ?>) namedGroups.invoke(compiled)).entrySet()) {
            names.add(e.getValue() + ":" + base64((String) e.getKey()));
        }
        return "+\t-1\t\t" + compiled.matcher("").groupCount() + "\t" + names;
    }

    static String readLine(DataInputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c; (c = in.read()) != '\n'; line.write(c)) {
            if (c < 0) System.exit(0);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    static int number(Pattern key, String header) {
        Matcher m = key.matcher(header);
        return m.find() ? Integer.parseInt(m.group(1)) : 0;
    }

    public static void main(String[] args) throws Exception {
        namedGroups = Pattern.class.getDeclaredMethod("namedGroups");
        namedGroups.setAccessible(true);
        DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(System.in));
        PrintStream out = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), false);
        String hello = "{\"protocol\":1,\"name\":\"java\",\"version\":\"" + System.getProperty("java.version") + "\"}\n";
        out.write(hello.getBytes(StandardCharsets.UTF_8));
        out.flush();
        for (;;) {
            String header = readLine(in);
            byte[] body = new byte[number(BYTES, header)];
            in.readFully(body);
            StringBuilder answers = new StringBuilder();
            for (String row : new String(body, StandardCharsets.UTF_8).split("\n")) {
                if (row.isEmpty()) continue;
                int tab = row.indexOf('\t');
                byte[] pattern = Base64.getDecoder().decode(row.substring(tab + 1));
                answers.append(answer(row.substring(0, tab), new String(pattern, StandardCharsets.UTF_8))).append('\n');
            }
            byte[] answer = answers.toString().getBytes(StandardCharsets.UTF_8);
            String reply = "{\"id\":" + number(ID, header) + ",\"done\":true,\"bytes\":" + answer.length + "}\n";
            out.write(reply.getBytes(StandardCharsets.UTF_8));
            out.write(answer);
            out.flush();
        }
    }
}
