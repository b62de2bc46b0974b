// Runs patterns on java.util.regex for regex/engine/runtime.go, which says what the messages mean.
// Run as: java --add-opens java.base/java.util.regex=ALL-UNNAMED --source 11 FILE
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

public class Runtime {
    static final Pattern FIELD = Pattern.compile("\"(id|bytes|op|flags|pattern|text|sent|start|skip|max|repeat)\":\"?(\\w*)");
    static final OutputStream out = new FileOutputStream(FileDescriptor.out);
    static Pattern program;
    static String key = "", text = "", textID = "";

    static String quoted(String s) {
        StringBuilder b = new StringBuilder("\"");
        for (char c : s.toCharArray()) {
            if (c == '"' || c == '\\' || c < ' ' || Character.isSurrogate(c)) b.append(String.format("\\u%04x", (int) c));
            else b.append(c);
        }
        return b.append('"').toString();
    }

    static void send(String header, byte[] body, int length) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream(length + 100);
        frame.write((header + ",\"bytes\":" + length + "}\n").getBytes(StandardCharsets.UTF_8));
        frame.write(body, 0, length);
        frame.writeTo(out);
    }

    static void fail(String id, String kind, String message, int offset) throws IOException {
        send("{\"id\":" + id + ",\"error\":" + quoted(message) + ",\"data\":{\"kind\":\"" + kind + "\",\"offset\":" + offset + "}",
            new byte[0], 0);
    }

    static void done(String id, String data) throws IOException {
        send("{\"id\":" + id + ",\"done\":true,\"data\":" + data, new byte[0], 0);
    }

    static int option(char letter) {
        switch (letter) {
            case 'i': return Pattern.CASE_INSENSITIVE;
            case 'm': return Pattern.MULTILINE;
            case 's': return Pattern.DOTALL;
            case 'x': return Pattern.COMMENTS;
            case 'u': return Pattern.UNICODE_CASE;
            case 'd': return Pattern.UNIX_LINES;
            case 'U': return Pattern.UNICODE_CHARACTER_CLASS;
            default: throw new IllegalArgumentException("flag " + letter);
        }
    }

    static void compile(String flags, String hex) {
        if (key.equals(flags + "/" + hex)) return;
        byte[] source = new byte[hex.length() / 2];
        for (int i = 0; i < source.length; i++) source[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        int options = 0;
        for (char letter : flags.toCharArray()) options |= option(letter);
        key = "";
        program = Pattern.compile(new String(source, StandardCharsets.UTF_8), options);
        key = flags + "/" + hex;
    }

    // names are a method of Pattern from Java 20 on; before, it is there and not public.
    static String names() throws ReflectiveOperationException {
        Method method = Pattern.class.getDeclaredMethod("namedGroups");
        method.setAccessible(true);
        StringJoiner pairs = new StringJoiner(",", "[", "]");
        for (Map.Entry<?, ?> e : ((Map<?, ?>) method.invoke(program)).entrySet()) {
            pairs.add("[" + e.getValue() + "," + quoted((String) e.getKey()) + "]");
        }
        return pairs.toString();
    }

    static void search(String id, int start, int skip, int max) throws IOException {
        Matcher matcher = program.matcher(text);
        int size = 8 * (matcher.groupCount() + 1), early = 64, count = 0;
        ByteBuffer found = ByteBuffer.allocate(Math.max(1 << 16, size)).order(ByteOrder.LITTLE_ENDIAN);
        long flushed = System.nanoTime();
        for (boolean from = true; from ? matcher.find(start) : matcher.find(); from = false) {
            if (skip-- > 0) continue;
            for (int i = 0; i <= matcher.groupCount(); i++) found.putInt(matcher.start(i)).putInt(matcher.end(i));
            if (++count == max) break;
            // The first ones at once, then after a millisecond each.
            if (early > 0 || found.remaining() < size || System.nanoTime() - flushed > 1_000_000) {
                if (early > 0) early--;
                send("{\"id\":" + id, found.array(), found.position());
                found.clear();
                flushed = System.nanoTime();
            }
        }
        send("{\"id\":" + id + ",\"done\":true", found.array(), found.position());
    }

    // measure is the loop that a user of the engine writes, with nothing of ours in it.
    static void measure(String id, int repeat) throws IOException {
        int count = 0;
        long start = System.nanoTime();
        for (int i = 0; i < repeat; i++) {
            count = 0;
            for (Matcher matcher = program.matcher(text); matcher.find();) count++;
        }
        done(id, "{\"count\":" + count + ",\"seconds\":" + (System.nanoTime() - start) / 1e9 + "}");
    }

    static void answer(String id, Map<String, String> request, byte[] body) throws Exception {
        if (request.get("op").equals("compile")) {
            compile(request.get("flags"), request.get("pattern"));
            done(id, "{\"groups\":" + program.matcher("").groupCount() + ",\"names\":" + names() + "}");
            return;
        }
        if (request.get("sent").equals("true")) {
            text = "";
            text = new String(body, StandardCharsets.UTF_8);
            textID = request.get("text");
        } else if (!textID.equals(request.get("text"))) {
            done(id, "{\"resend\":true}");
            return;
        }
        compile(request.get("flags"), request.get("pattern"));
        if (request.get("op").equals("measure")) measure(id, Integer.parseInt(request.get("repeat")));
        else search(id, Integer.parseInt(request.get("start")), Integer.parseInt(request.get("skip")), Integer.parseInt(request.get("max")));
    }

    static String readLine(DataInputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) System.exit(0);
            line.write(c);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    public static void main(String[] args) throws Exception {
        String home = System.getProperty("java.home");
        String program = java.nio.file.Path.of(home, "bin", "java").toString();
        send("{\"protocol\":1,\"name\":\"java\",\"version\":" + quoted(System.getProperty("java.version")) + ",\"data\":{\"program\":"
            + quoted(program) + ",\"note\":" + quoted(System.getProperty("java.vm.name")) + "}", new byte[0], 0);
        DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(System.in, 1 << 16));
        for (;;) {
            Map<String, String> request = new java.util.HashMap<>();
            for (Matcher m = FIELD.matcher(readLine(in)); m.find();) request.put(m.group(1), m.group(2));
            byte[] body = new byte[Integer.parseInt(request.getOrDefault("bytes", "0"))];
            in.readFully(body);
            String id = request.get("id");
            try {
                answer(id, request, body);
            } catch (PatternSyntaxException e) {
                fail(id, "pattern", e.getDescription(), e.getIndex());
            } catch (StackOverflowError e) {
                fail(id, "limit", "Java's stack is too small for this: StackOverflowError", -1);
            } catch (OutOfMemoryError e) {
                fail(id, "limit", "Java has no memory left: OutOfMemoryError", -1);
            } catch (IllegalArgumentException e) {
                fail(id, "pattern", String.valueOf(e.getMessage()), -1);
            } catch (Exception | LinkageError e) {
                fail(id, "failed", e.toString(), -1);
            }
        }
    }
}
