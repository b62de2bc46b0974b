// Runs patterns on System.Text.RegularExpressions for regex/engine/runtime.go, which says what the messages mean.
// Run as: dotnet exec SDK/FSharp/fsi.dll --nologo --quiet --exec --optimize+ --debug- --use:dotnet.fsx
open System
open System.Diagnostics
open System.Runtime.InteropServices
open System.Text
open System.Text.Json
open System.Text.RegularExpressions

exception Refused of kind: string * message: string * offset: int

let input = Console.OpenStandardInput()
let output = Console.OpenStandardOutput()

let quoted (s: string) =
    let b = StringBuilder("\"")
    for c in s do
        if c = '"' || c = '\\' || c < ' ' || Char.IsSurrogate c then b.AppendFormat("\\u{0:x4}", int c) |> ignore
        else b.Append c |> ignore
    b.Append('"').ToString()

// send writes a frame: a header without its last brace, and numbers as the body.
let send (header: string) (numbers: int[]) length =
    let line = Encoding.UTF8.GetBytes(header + ",\"bytes\":" + string (4 * length) + "}\n")
    let frame = Array.zeroCreate<byte> (line.Length + 4 * length)
    Buffer.BlockCopy(line, 0, frame, 0, line.Length)
    Buffer.BlockCopy(numbers, 0, frame, line.Length, 4 * length)
    output.Write(frame, 0, frame.Length)
    output.Flush()

let finish id data = send ("{\"id\":" + id + ",\"done\":true,\"data\":" + data) [||] 0

let fail id kind message (offset: int) =
    send ("{\"id\":" + id + ",\"error\":" + quoted message + ",\"data\":{\"kind\":\"" + kind + "\",\"offset\":" + string offset + "}") [||] 0

let option letter =
    match letter with
    | 'i' -> RegexOptions.IgnoreCase
    | 'm' -> RegexOptions.Multiline
    | 'n' -> RegexOptions.ExplicitCapture
    | 's' -> RegexOptions.Singleline
    | 'x' -> RegexOptions.IgnorePatternWhitespace
    | _ -> raise (Refused("failed", "flag " + string letter, -1))

let mutable key = ""
let mutable program: Regex = null
let mutable numbers = [||]
let mutable text = ""
let mutable textID = ""

// refusal is what .NET says of a pattern: "Invalid pattern 'PATTERN' at offset 5. REASON". The place is behind what is
// wrong.
let refusal (source: string) (message: string) =
    let start = "Invalid pattern '" + source + "' at offset "
    let stop = if message.StartsWith(start, StringComparison.Ordinal) then message.IndexOf(". ", start.Length) else -1
    if stop < 0 then Refused("pattern", message, -1)
    else Refused("pattern", message.Substring(stop + 2), max 0 (int (message.Substring(start.Length, stop - start.Length)) - 1))

let compile (flags: string) (hex: string) =
    let wanted = flags + "/" + hex
    if key <> wanted then
        key <- ""
        let source = Encoding.UTF8.GetString(Array.init (hex.Length / 2) (fun i -> Convert.ToByte(hex.Substring(2 * i, 2), 16)))
        let options = Seq.fold (fun all letter -> all ||| option letter) RegexOptions.None flags
        try program <- Regex(source, options)
        with :? ArgumentException as e -> raise (refusal source e.Message)
        numbers <- program.GetGroupNumbers()
        key <- wanted

// groups are the numbers of the groups, which can have gaps, and the names of those that have one.
let groups () =
    let names = ResizeArray()
    for i in 0 .. numbers.Length - 1 do
        let name = program.GroupNameFromNumber numbers.[i]
        if numbers.[i] <> i || name <> string i then names.Add("[" + string i + "," + quoted name + "]")
    let join (items: seq<string>) = "[" + String.Join(",", items) + "]"
    "{\"groups\":" + string (numbers.Length - 1) + ",\"numbers\":" + join (Seq.map string numbers) + ",\"names\":" + join names + "}"

let search id start skip most =
    let size = 2 * numbers.Length
    let found = Array.zeroCreate<int> (max (1 <<< 14) size)
    let millisecond = Stopwatch.Frequency / 1000L
    let mutable skip, early, count, at = skip, 64, 0, 0
    let mutable flushed = Stopwatch.GetTimestamp()
    let mutable m = program.Match(text, start)
    while m.Success do
        if skip > 0 then
            skip <- skip - 1
            m <- m.NextMatch()
        else
            found.[at] <- m.Index
            found.[at + 1] <- m.Index + m.Length
            for i in 1 .. numbers.Length - 1 do
                let group = m.Groups.[numbers.[i]]
                found.[at + 2 * i] <- if group.Success then group.Index else -1
                found.[at + 2 * i + 1] <- if group.Success then group.Index + group.Length else -1
            at <- at + size
            count <- count + 1
            if count = most then
                m <- Match.Empty
            else
                // The first ones at once, then after a millisecond each.
                if early > 0 || at + size > found.Length || Stopwatch.GetTimestamp() - flushed > millisecond then
                    early <- early - 1
                    send ("{\"id\":" + id) found at
                    at <- 0
                    flushed <- Stopwatch.GetTimestamp()
                m <- m.NextMatch()
    send ("{\"id\":" + id + ",\"done\":true") found at

// measure is the loop that a user of the engine writes, with nothing of ours in it.
let measure id repeat =
    let mutable count = 0
    let watch = Stopwatch.StartNew()
    for _ in 1 .. repeat do
        count <- 0
        let mutable m = program.Match text
        while m.Success do
            count <- count + 1
            m <- m.NextMatch()
    finish id ("{\"count\":" + string count + ",\"seconds\":" + watch.Elapsed.TotalSeconds.ToString("R", Globalization.CultureInfo.InvariantCulture) + "}")

let answer id (request: JsonElement) (body: byte[]) =
    let word (name: string) = request.GetProperty(name).GetString()
    let number (name: string) = request.GetProperty(name).GetInt32()
    let wanted = request.GetProperty("text").GetRawText()
    if word "op" = "compile" then
        compile (word "flags") (word "pattern")
        finish id (groups ())
    elif request.GetProperty("sent").GetBoolean() || wanted = textID then
        if request.GetProperty("sent").GetBoolean() then
            text <- ""
            text <- Encoding.UTF8.GetString body
            textID <- wanted
        compile (word "flags") (word "pattern")
        if word "op" = "measure" then measure id (number "repeat")
        else search id (number "start") (number "skip") (number "max")
    else
        finish id "{\"resend\":true}"

let buffer = Array.zeroCreate<byte> (1 <<< 16)
let mutable have, used = 0, 0

let refill () =
    have <- input.Read(buffer, 0, buffer.Length)
    used <- 0
    if have = 0 then exit 0

let readLine () =
    let line = ResizeArray<byte>()
    let mutable ended = false
    while not ended do
        if used = have then refill ()
        ended <- buffer.[used] = 10uy
        line.Add buffer.[used]
        used <- used + 1
    line.ToArray()

let readBody size =
    let body = Array.zeroCreate<byte> size
    let mutable filled = 0
    while filled < size do
        if used = have then refill ()
        let part = min (have - used) (size - filled)
        Buffer.BlockCopy(buffer, used, body, filled, part)
        used <- used + part
        filled <- filled + part
    body

let serve () =
    use header = JsonDocument.Parse(ReadOnlyMemory(readLine ()))
    let has, bytes = header.RootElement.TryGetProperty "bytes"
    let body = readBody (if has then bytes.GetInt32() else 0)
    let id = header.RootElement.GetProperty("id").GetRawText()
    try
        answer id (header.RootElement.GetProperty "data") body
    with
    | Refused(kind, message, offset) -> fail id kind message offset
    | :? OutOfMemoryException -> fail id "limit" ".NET has no memory left: OutOfMemoryException" -1
    | :? InsufficientExecutionStackException -> fail id "limit" ".NET's stack is too small for this: InsufficientExecutionStackException" -1
    | e -> fail id "failed" (e.GetType().Name + ": " + e.Message) -1

send
    ("{\"protocol\":1,\"name\":\"dotnet\",\"version\":" + quoted (string Environment.Version) + ",\"data\":{\"prefix\":"
     + quoted (RuntimeEnvironment.GetRuntimeDirectory()) + ",\"note\":" + quoted ("System.Text.RegularExpressions of " + RuntimeInformation.FrameworkDescription) + "}")
    [||] 0
while true do serve ()
