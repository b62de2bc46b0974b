// Asks java.util.regex about patterns. Run as: java --add-opens java.base/java.util.regex=ALL-UNNAMED Child.java
// A request's body has a line for each pattern, FLAGS TAB BASE64, or for a search FLAGS TAB BASE64 TAB TEXT,TEXT... with
// the texts in base64; so has the answer: see readAnswer in child.go and readFound in search.go.
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

    static String search(String flags, String pattern, String[] texts) {
        int options = 0;
        for (char letter : flags.toCharArray()) options |= option(letter);
        Pattern compiled;
        try {
            compiled = Pattern.compile(pattern, options);
        } catch (RuntimeException e) {
            return "-\t" + base64(String.valueOf(e.getMessage()));
        } catch (StackOverflowError | OutOfMemoryError e) {
            return "!\t" + base64(e.getClass().getSimpleName());
        }
        StringJoiner found = new StringJoiner(";");
        for (String text : texts) {
            try {
                found.add(find(compiled.matcher(new Patient(text)), places(text)));
            } catch (StackOverflowError | Patient.Lost e) {
                found.add("!");
            }
        }
        return "+\t" + found;
    }

    static String find(Matcher m, int[] at) {
        StringJoiner matches = new StringJoiner(" ");
        for (int n = 0; n < 4 && m.find(); n++) {
            StringJoiner groups = new StringJoiner(",");
            for (int i = 0; i <= m.groupCount(); i++) {
                groups.add(m.start(i) < 0 ? "-1,-1" : at[m.start(i)] + "," + at[m.end(i)]);
            }
            matches.add(groups.toString());
            if (m.start() == m.end()) break;
        }
        return matches.toString();
    }

    // places returns, for each UTF-16 unit of a text and for its end, the offset in bytes.
    static int[] places(String text) {
        int[] at = new int[text.length() + 1];
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            at[i + 1] = at[i] + (c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3);
        }
        return at;
    }

    // A Patient text is read so many times and no more: that is how a search ends that would take for ever.
    static class Patient implements CharSequence {
        static class Lost extends Error {}

        final String text;
        int left = 1000000;

        Patient(String text) { this.text = text; }

        public char charAt(int i) {
            if (--left < 0) throw new Lost();
            return text.charAt(i);
        }

        public int length() { return text.length(); }

        public CharSequence subSequence(int start, int end) { return text.substring(start, end); }

        public String toString() { return text; }
    }

    static String text(String encoded) { return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8); }

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
                String[] fields = row.split("\t", -1);
                if (fields.length == 2) {
                    answers.append(answer(fields[0], text(fields[1]))).append('\n');
                    continue;
                }
                String[] texts = fields[2].split(",", -1);
                for (int i = 0; i < texts.length; i++) texts[i] = text(texts[i]);
                answers.append(search(fields[0], text(fields[1]), texts)).append('\n');
            }
            byte[] answer = answers.toString().getBytes(StandardCharsets.UTF_8);
            String reply = "{\"id\":" + number(ID, header) + ",\"done\":true,\"bytes\":" + answer.length + "}\n";
            out.write(reply.getBytes(StandardCharsets.UTF_8));
            out.write(answer);
            out.flush();
        }
    }
}
