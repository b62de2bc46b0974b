// Code generated from ui/wire (messages.go, welcome.go, benchmark.go, native.go, comparing.go, debug.go, library.go, program.go, replacement.go, testfile.go, input.go) by ui/wire/gen; DO NOT EDIT.

/// Protocol is the version of this protocol. A page that says another number in
/// its hello is refused with [FaultProtocol] and has to be reloaded.
export const Protocol = 5;

export const TypeHello = "hello";

export const TypeUpdate = "update";

export const TypeCancel = "cancel";

export const TypeContinue = "continue";

export const TypeLoadFile = "load-file";

export const TypeShow = "show";

export const TypeRefresh = "refresh";

export const TypeWelcome = "welcome";

export const TypeEngines = "engines";

export const TypeStarted = "started";

export const TypeInvalid = "invalid";

export const TypeIdle = "idle";

export const TypeProgress = "progress";

export const TypeWaiting = "waiting";

export const TypeDone = "done";

export const TypeResync = "resync";

export const TypeFault = "fault";

export const TypeNoEngine = "no-engine";

export const TypeAnalysis = "analysis";

export const TypeWarnings = "warnings";

export const TypeExplanation = "explanation";

export const TypeLiterals = "literals";

export const TypeConversions = "conversions";

export const TypeAnalysisFailed = "analysis-failed";

export const TypeDiagram = "diagram";

/// FramePutText (page to server): the rest of the frame is the whole test
/// text. It starts no search; the update that follows does.
export const FramePutText = 0x01;

/// FrameText (server to page): the rest of the frame is the file named in
/// the welcome, the answer to load-file.
export const FrameText = 0x02;

/// FrameMatches (server to page): a run of matches, see [Encoder]; and page to
/// server: matches of a run that was asked for with [NativeRun].
export const FrameMatches = 0x10;

/// Hello opens the conversation; nothing else is answered before it.
export interface Hello {
  type: typeof TypeHello;
  protocol: number;
  /// Native is the browser's own RegExp, when the page lends it for comparisons and
  /// measurements. Its note is not looked at.
  native?: Engine;
}

/// Query is what to search for.
export interface Query {
  flavor: string;
  flags: string;
  pattern: string;
}

/// Edit replaces the units [From, To) of the text by Insert. The edits of one
/// update are all in positions of the text before it, ascending, not overlapping.
export interface Edit {
  from: number;
  to: number;
  /// Insert is the new text when it is well-formed.
  insert?: string;
  /// InsertBase64 is the new text's bytes (standard base64) when it holds
  /// bytes that are not UTF-8, which JSON cannot carry. It wins over Insert.
  insertBase64?: string;
}

/// Update is the page's state at a version: one message a frame at most. It
/// supersedes the search of every earlier version.
export interface Update {
  type: typeof TypeUpdate;
  version: number;
  query: Query;
  edits?: Edit[];
  /// Units is the length of the page's text after the edits. When the server
  /// counts otherwise it answers resync.
  units: number;
  /// Engine is the name of the flavor's engine that is to run the pattern, absent
  /// for the first there is, or EngineBrowser.
  engine?: string;
  /// BudgetMs is the wall time after which the search pauses, absent for the
  /// server's own. What is beyond Limits.MaxBudgetMs is that.
  budgetMs?: number;
}

/// EngineBrowser in the place of an engine's name says that the page runs the
/// pattern itself, on the browser's own RegExp: the server only analyses it.
export const EngineBrowser = "browser";

/// Cancel stops the search of a version; what it found stays.
export interface Cancel {
  type: typeof TypeCancel;
  version: number;
}

/// Continue goes on with a search that ended by timeout, limit or cancel, from
/// where it got to and with the larger budget that its done announced.
export interface Continue {
  type: typeof TypeContinue;
  version: number;
}

/// Refresh asks to look for the machine's engines again. Engines answers.
export interface Refresh {
  type: typeof TypeRefresh;
}

/// LoadFile asks for the file that the server was started with.
export interface LoadFile {
  type: typeof TypeLoadFile;
}

/// Show says which panels the page shows, by their ids: until the next show the
/// server sends what these need besides matches and analysis, for the present
/// query at once.
export interface Show {
  type: typeof TypeShow;
  panels: string[];
  /// Width is the width of the panels in CSS pixels, for which a diagram is
  /// wrapped; absent before it is known.
  width?: number;
}

/// Group is a capture group of the pattern; number 0 is the whole match.
export interface Group {
  number: number;
  name: string;
}

/// Started says that the pattern is valid and the search has begun.
export interface Started {
  type: typeof TypeStarted;
  version: number;
  engine: Engine;
  groups: Group[];
  /// Bytes is the length of the text.
  bytes: number;
  /// Continued is true when this goes on with an earlier search of the same
  /// version, whose matches stay.
  continued: boolean;
}

/// Range is a half-open span of the pattern, or of the text, in both units.
export interface Range {
  from: number; // UTF-16 units
  to: number;
  fromBytes: number;
  toBytes: number;
}

export const SeverityError = "error"; // engines refuse the pattern

export const SeverityWarning = "warning"; // it hardly means what its author meant

export const SeverityHint = "hint"; // it could be written more clearly

/// Fix is a text to write instead of a part of the pattern.
export interface Fix {
  span: Range;
  text: string;
}

/// Diagnostic is what is wrong with a pattern, or suspicious about it.
export interface Diagnostic {
  code: string;
  severity: string;
  message: string;
  span: Range;
  /// Related is a second place that explains the first, with its own words.
  related?: Range;
  relatedNote?: string;
  hint?: string;
  fix?: Fix;
}

/// Invalid says that the engine, or the flavor's table of flags, refuses the
/// pattern. It ends the version.
export interface Invalid {
  type: typeof TypeInvalid;
  version: number;
  engine: Engine;
  error: Diagnostic;
}

/// NoEngine says that this machine has no engine for the flavor, so that there is
/// no search; the pattern is analysed all the same. It ends the version.
export interface NoEngine {
  type: typeof TypeNoEngine;
  version: number;
  message: string; // as in Flavor.Missing, or that there is none of this name
}

/// Idle says that there is nothing to search for: the pattern is empty. It ends
/// the version.
export interface Idle {
  type: typeof TypeIdle;
  version: number;
}

/// Progress is sent about four times a second by a search that takes longer than
/// a quarter of a second.
export interface Progress {
  type: typeof TypeProgress;
  version: number;
  searched: number; // bytes
  bytes: number;
  count: number;
  /// WallMs and CPUMs are the search's own times so far; CPUMs is absent where
  /// the system does not tell a thread's time, and while a process of the engine's
  /// own searches, which tells at its end.
  wallMs: number;
  cpuMs?: number;
}

/// Waiting says that no worker is free yet for this version.
export interface Waiting {
  type: typeof TypeWaiting;
  version: number;
  /// Stuck is the number of superseded searches that cannot be interrupted
  /// and still run.
  stuck: number;
}

export const OutcomeMatch = "match";

export const OutcomeNoMatch = "no-match";

export const OutcomeError = "error";

export const OutcomeTimeout = "timeout";

export const OutcomeLimit = "limit";

export const OutcomeCancelled = "cancelled";

/// Done ends a version's search.
export interface Done {
  type: typeof TypeDone;
  version: number;
  outcome: string;
  /// Count is the number of matches sent for this version.
  count: number;
  /// Searched is the number of bytes up to which the text is known to hold no
  /// other match.
  searched: number;
  bytes: number;
  /// WallMs is the time on the worker, QueueMs the time before it.
  wallMs: number;
  cpuMs?: number;
  queueMs: number;
  /// Message explains error, timeout and limit.
  message?: string;
  /// CanContinue is true when continue is possible; the budget will then be
  /// NextBudgetMs and NextMatches.
  canContinue: boolean;
  nextBudgetMs?: number;
  nextMatches?: number;
}

/// PatternGroup is a capture group and where it is written.
export interface PatternGroup {
  number: number;
  name: string;
  span: Range;
}

/// Analysis is what the pattern's text means in its flavor, by this program's own
/// parser. It is sent once for each query, the empty pattern included, whatever
/// becomes of the search. Version is that of the update that brought the query;
/// later versions of the same query get no other.
export interface Analysis {
  type: typeof TypeAnalysis;
  version: number;
  /// Tokens are two numbers for each token, in order and without gaps: its kind,
  /// an index of Welcome.TokenKinds, and its length in UTF-16 units.
  tokens: number[];
  /// Pairs are three numbers for each pair of brackets, in the order of the
  /// first: the index of the token that opens it, of that which closes it, and
  /// the number of the capture group, or 0.
  pairs: number[];
  /// Groups are the capture groups that are written in the pattern.
  groups: PatternGroup[];
  /// Errors are what engines of the flavor refuse the pattern for, by position,
  /// at most MaxErrors of them.
  errors: Diagnostic[];
}

/// MaxErrors is how many errors an analysis holds: nobody reads more, and a
/// pattern of 64 KiB may have as many errors as bytes.
export const MaxErrors = 100;

/// Warnings are what a pattern hardly means, though it is valid. They follow each
/// analysis, and come again when an edit of the text changes what is to be said:
/// some depend on whether the text has letters beyond ASCII.
export interface Warnings {
  type: typeof TypeWarnings;
  version: number; // as in Analysis
  warnings: Diagnostic[];
}

/// Diagram is what the panel "diagram" shows, a railroad diagram.
export interface Diagram {
  type: typeof TypeDiagram;
  version: number;
  /// SVG is the picture, without styles. Its parts are g elements with data-from
  /// and data-to, UTF-16 positions in the pattern.
  svg: string;
  /// Width and Height are the picture's size in CSS pixels.
  width: number;
  height: number;
  /// Cut tells that parts of a very large pattern are left out.
  cut: boolean;
  /// Title and the two style sheets are for a file of its own: DarkStyle, behind
  /// Style, makes it dark.
  title: string;
  style: string;
  darkStyle: string;
}

/// Explanation is what the panel "explain" shows: the pattern in words. Of a
/// pattern with errors it explains what could be read.
export interface Explanation {
  type: typeof TypeExplanation;
  version: number; // as in Analysis
  /// Summary is what is to be said of the whole pattern, a sentence each.
  summary: string[];
  /// Words are what the items say, each once: parts of a pattern are much alike.
  words: ExplanationWords[];
  /// Items are five numbers for each part of the pattern, which comes before the parts in
  /// it: how many parts it is in; its place from and to, in UTF-16 units; the number of the
  /// capture group that it is or refers to, or 0; and the index of its words. An explanation
  /// of 2,000 characters has 20 KB so, and 80 if each part has its own words: more than the
  /// 64 that Chromium's socket hands over at once.
  items: number[];
}

/// ExplanationWords are what is said of parts of a pattern.
export interface ExplanationWords {
  kind: string;
  title: string;
  /// Details are sentences that say more.
  details?: string[];
  /// Flags are the letters of the flags that change what the part means.
  flags?: string;
  /// Error says what is wrong here, if anything is.
  error?: string;
}

/// Literals is what the menu "literals" shows: the pattern as it is written in
/// source code.
export interface Literals {
  type: typeof TypeLiterals;
  version: number; // as in Analysis
  literals: Literal[];
}

/// Literal is the pattern in one style of source code.
export interface Literal {
  style: string;
  label: string;
  /// Own tells that one would write patterns of this flavor so.
  own: boolean;
  text: string;
  /// Missing are the flags that the literal cannot carry.
  missing?: string;
  /// Error says why there is none.
  error?: string;
}

/// Conversions is what the menu "conversions" shows: the pattern in every other
/// flavor.
export interface Conversions {
  type: typeof TypeConversions;
  version: number; // as in Analysis
  /// Conversions are in the order of Welcome.Flavors, without the pattern's own.
  conversions: Conversion[];
}

/// Conversion is the pattern in another flavor.
export interface Conversion {
  flavor: string;
  flags: string;
  pattern: string;
  changes: Change[];
  /// Error says why there is none.
  error?: string;
}

/// Change is one thing that a conversion does: with the severity "error" the other
/// flavor cannot say it, with "warning" it may match something else, and with
/// "hint" it is only written otherwise.
export interface Change {
  /// Span is the part of the pattern that is converted.
  span: Range;
  severity: string;
  message: string;
}

/// AnalysisFailed is sent in the place of an analysis or of what a panel needs,
/// when it could not be made.
export interface AnalysisFailed {
  type: typeof TypeAnalysisFailed;
  version: number;
  /// Panel is the panel that has nothing to show, "warnings" for these, or ""
  /// for the analysis itself, without which there is nothing for any.
  panel: string;
  message: string;
}

/// Reference is the file reference.json: what there is to look up. It is the same
/// as long as the server runs.
export interface Reference {
  /// Categories are the headings of the features, in order.
  categories: string[];
  features: Feature[];
  rules: Rule[];
}

/// Names is the file names-FLAVOR.json: what can stand in a class by its name.
export interface Names {
  /// Posix are the names of POSIX classes, such as "alpha" in [[:alpha:]].
  posix: string[];
  properties: Property[];
}

/// Property is a set of characters, as \p{Name}.
export interface Property {
  name: string;
  /// Kind is "category", "script", "binary" or the like.
  kind: string;
  /// Also is its longer or shorter name, if it has one.
  also?: string;
}

/// Feature is a piece of syntax that some flavors have.
export interface Feature {
  id: string;
  category: string;
  title: string;
  syntax: string;
  meaning: string;
  /// Examples are one that serves all flavors without one of their own, and
  /// then those.
  examples: Example[];
  /// Flavors are the names of the flavors that have it.
  flavors: string[];
  /// Notes are what is particular in a flavor.
  notes: Note[];
}

/// Example is a pattern that does something with a text. Flavor is "" for that of
/// the flavors without one of their own.
export interface Example {
  flavor: string;
  pattern: string;
  flags: string;
  text: string;
}

/// Note is what is particular in a flavor, by its name.
export interface Note {
  flavor: string;
  text: string;
}

/// Rule is a kind of warning: the code of its diagnostics, what it warns of, why,
/// and an example in a flavor with what to write instead.
export interface Rule {
  code: string;
  severity: string;
  title: string;
  why: string;
  flavor: string;
  bad: string;
  good: string;
}

/// Resync says that the server's text is not the page's: the page sends it whole.
export interface Resync {
  type: typeof TypeResync;
  version: number;
}

export const FaultProtocol = "protocol"; // hello missing, or with another version

export const FaultMessage = "message"; // not a message of this protocol

export const FaultTooBig = "too-big"; // a text or pattern beyond the limits

export const FaultFlood = "flood"; // more messages than can be taken

export const FaultShutdown = "shutdown"; // the server is stopping

export const FaultInternal = "internal"; // a defect of the server

export const FaultNoFile = "no-file"; // load-file without a file

export const FaultTooMany = "too-many"; // no room for another connection

/// Fault says what went wrong with the conversation. When Fatal, the server
/// closes the connection after it.
export interface Fault {
  type: typeof TypeFault;
  code: string;
  message: string;
  fatal: boolean;
}

/// Flag is one flag of a flavor.
export interface Flag {
  letter: string;
  name: string;
  description: string;
}

/// Engine names a program that runs patterns.
export interface Engine {
  name: string;
  version: string;
  /// Note says what a user should know, such as "the .NET design, not
  /// Microsoft's binary".
  note?: string;
}

/// Choice is an engine that a flavor can be run on.
export interface Choice {
  engine: Engine;
  /// Missing says how to get it, for one that this machine does not have.
  missing?: string;
}

/// Flavor is a dialect that the page may choose, with its first real engine if
/// this machine has one.
export interface Flavor {
  name: string;
  label: string;
  aliases: string[];
  flags: Flag[];
  engine?: Engine;
  /// Engines are all that are known by now, the missing ones last.
  engines: Choice[];
  /// Missing says that there is no engine, and how to get one when that is
  /// known: a sentence.
  missing?: string;
}

/// File is the file that the server was started with.
export interface File {
  name: string;
  bytes: number;
}

/// Limits are the server's bounds, told at once so that the page can say them
/// before anything is lost.
export interface Limits {
  /// TextBytes is the longest test text, in bytes of UTF-8.
  textBytes: number;
  /// PatternBytes is the longest pattern, in bytes of UTF-8.
  patternBytes: number;
  /// Matches is the number of matches after which a search pauses with the
  /// outcome "limit".
  matches: number;
  /// Spans bounds matches times groups, the match itself counted as one.
  spans: number;
  /// BudgetMs is the wall time of a search, in milliseconds, after which it
  /// pauses with the outcome "timeout". Each continue has four times that of the
  /// leg before, up to MaxBudgetMs.
  budgetMs: number;
  maxBudgetMs: number;
}

/// Panel is a tab of the page that this server can serve.
export interface Panel {
  id: string;
  label: string;
  /// NeedsEngine tells that the panel is empty in a flavor without an engine.
  needsEngine: boolean;
  /// Menu tells that the page shows it beside the pattern, and not as a tab.
  menu: boolean;
}

/// Welcome answers hello.
export interface Welcome {
  type: typeof TypeWelcome;
  protocol: number;
  /// Server is the program's own version.
  server: string;
  /// Instance is another string each time a server starts.
  instance: string;
  flavors: Flavor[];
  /// Looking tells that engines are still being looked for: Engines follows.
  looking: boolean;
  panels: Panel[];
  /// TokenKinds are the names of the numbers in an analysis' tokens, such as
  /// "class-open".
  tokenKinds: string[];
  limits: Limits;
  file?: File;
}

/// Engines follows a welcome when more is known of the machine's engines: it takes
/// the place of Welcome.Flavors and Welcome.Looking.
export interface Engines {
  type: typeof TypeEngines;
  flavors: Flavor[];
  looking: boolean;
}

export const TypeBenchmark = "benchmark";

export const TypeStopBenchmark = "stop-benchmark";

export const TypeSpeeds = "speeds";

/// Benchmark asks how fast engines are at the pattern and the text of a version,
/// the page's present one; of another one it is ignored. It takes the place of a
/// benchmark that runs.
export interface Benchmark {
  type: typeof TypeBenchmark;
  version: number;
  /// Engines are their names. One that this machine has not is left out.
  engines: string[];
}

/// StopBenchmark ends it after the search that runs; what is measured stays.
export interface StopBenchmark {
  type: typeof TypeStopBenchmark;
  version: number;
}

/// Speeds follows a benchmark, first without rounds, then after each round, and
/// last with Done.
export interface Speeds {
  type: typeof TypeSpeeds;
  version: number;
  /// Round is the number of rounds measured, Rounds how many there will be at
  /// most: fewer when they take long.
  round: number;
  rounds: number;
  done: boolean;
  /// Failed says why there was no benchmark.
  failed?: string;
  bytes: number; // of the text
  speeds: Speed[];
}

/// Speed is how fast one engine is up to now.
export interface Speed {
  flavor: string; // its label
  engine: Engine;
  flags: string; // letters of its flavor
  /// Outcome is that of its searches; "refused" when it does not take the
  /// pattern, and "" before it has searched. Only with "match" and "no-match"
  /// there is a speed.
  outcome: string;
  /// Message says why there is no speed, or which flags the flavor lacks.
  message?: string;
  count: number;
  /// The median of the times of one search of the text, and the quartiles below
  /// and above it, in milliseconds; 0 before the first round.
  medianMs: number;
  lowMs: number;
  highMs: number;
}

/// OutcomeRefused is the outcome of an engine that does not take the pattern.
export const OutcomeRefused = "refused";

export const TypeNativeRun = "native-run";

export const TypeNativeTaken = "native-taken";

export const TypeNativeStop = "native-stop";

export const TypeNativeDone = "native-done";

export const NativeCompile = "compile"; // the groups, and nothing is searched

export const NativeSearch = "search"; // all matches, in frames of matches

export const NativeMeasure = "measure"; // the time of the plain loop, and the number of matches

/// NativeRun asks the page to run a pattern on the browser's own RegExp. One run is
/// under way at a time; another one takes its place.
export interface NativeRun {
  type: typeof TypeNativeRun;
  /// Run is the number of this run, which frames of matches have in the place of a
  /// version.
  run: number;
  op: string;
  flags: string;
  pattern: string;
  /// Version is that of the update whose text is searched, unless there is a Text.
  version: number;
  text?: string;
  /// Matches and BudgetMs are after how many matches and how long to stop.
  matches: number;
  budgetMs: number;
  /// Repeat is how often to search in a measurement.
  repeat: number;
}

/// NativeTaken says that a frame of matches of a run has been read: at most
/// NativeFrames are on their way.
export interface NativeTaken {
  type: typeof TypeNativeTaken;
  run: number;
}

/// NativeFrames is how many frames of matches of a run may be on their way to the
/// server: 4 of 64 KiB, and one that the worker had begun.
export const NativeFrames = 5;

/// NativeStop says that nobody wants the rest of a run.
export interface NativeStop {
  type: typeof TypeNativeStop;
  run: number;
}

/// NativeDone is the page's last word of a run.
export interface NativeDone {
  type: typeof TypeNativeDone;
  run: number;
  /// Outcome is one of those of a Done, or OutcomeRefused, with Message.
  outcome: string;
  message?: string;
  groups: Group[]; // of a pattern that is not refused
  count: number;
  searched: number;
  wallMs: number;
  /// ClockMs is the step of the clock that a measurement was taken with: browsers
  /// make theirs coarse.
  clockMs: number;
}

export const TypeCompare = "compare";

export const TypeSeek = "seek";

export const TypeComparison = "comparison";

export const TypePortability = "portability";

export const TypeSought = "sought";

/// Compare chooses the engines that the panel "compare" compares, until the next
/// one.
export interface Compare {
  type: typeof TypeCompare;
  /// All is every engine, but for those that stand in for another one that is
  /// there. So it is before the first of these messages.
  all: boolean;
  /// Engines are the names in Flavor.Engines of those to compare, unless All. A
  /// name may be followed by a colon and flags that the engine gets besides the
  /// query's, in letters of its flavor, such as "node:u".
  engines: string[];
}

/// Seek looks for a text on which the chosen engines differ, for the query and the
/// text of a version; Sought answers. With Stop, it ends that.
export interface Seek {
  type: typeof TypeSeek;
  version: number;
  /// Seed makes the same texts each time.
  seed: number;
  stop: boolean;
}

/// Comparison is how far the panel "compare" is: each takes the place of the one
/// before. It begins a moment after the last update.
export interface Comparison {
  type: typeof TypeComparison;
  version: number;
  done: boolean;
  /// Message says why there is nothing to compare.
  message?: string;
  engines: ComparedEngine[];
  /// Base is the engine that the others are compared with, an index of Engines:
  /// the first of the query's own flavor, if there is one.
  base: number;
  /// Classes are the indexes of engines that find the same, each class in the order
  /// of Engines, the base's first.
  classes: Class[];
  /// Differences are of the first engine of each other class.
  differences: EngineDifference[];
}

/// Class is engines that find the same.
export interface Class {
  members: number[];
}

/// ComparedEngine is one engine of a comparison.
export interface ComparedEngine {
  flavor: string;
  label: string; // of the flavor
  engine: Engine;
  /// Flags are the query's, as letters of this flavor; Lacks those that it has not.
  flags: string;
  lacks: string[];
  /// Outcome is "" until it is known, and OutcomeRefused for a pattern that the
  /// engine does not take.
  outcome: string;
  count: number;
  searched: number;
  wallMs: number;
  /// Error is why it is refused, Message what went wrong otherwise.
  error?: Diagnostic;
  message?: string;
}

/// EngineDifference is where two engines part, and why.
export interface EngineDifference {
  a: number; // indexes of engines
  b: number;
  /// Message says why nothing more is known.
  message?: string;
  /// Match is the first match that differs, from 0; Offset the byte at which it
  /// begins to, and At the same in UTF-16 units.
  match: number;
  offset: number;
  at: number;
  /// Excerpt is the text around it; Cut tells at which ends there is more.
  excerpt: string;
  cutStart: boolean;
  cutEnd: boolean;
  aMatch?: FoundMatch; // absent for no such match
  bMatch?: FoundMatch;
  blames: Blame[];
}

/// FoundMatch is a match that another engine has not, or has otherwise.
export interface FoundMatch {
  /// From and To are bytes of the text, ExcerptFrom and ExcerptTo UTF-16 units of
  /// the excerpt.
  from: number;
  to: number;
  excerptFrom: number;
  excerptTo: number;
  /// Groups are those that differ, at most MaxFoundGroups.
  groups: FoundGroup[];
}

/// MaxFoundGroups is how many groups of a difference are told.
export const MaxFoundGroups = 8;

/// FoundGroup is a group of a match. From is -1 when it took no part.
export interface FoundGroup {
  number: number;
  name: string;
  from: number; // bytes
  to: number;
  text: string; // of long ones the beginning
}

/// Blame is a part of the pattern that makes a difference.
export interface Blame {
  span: Range;
  reason: string;
  /// Proved says that this is known. Otherwise it may be so.
  proved: boolean;
}

/// Portability is what becomes of the pattern in every other flavor. It follows a
/// comparison that is done.
export interface Portability {
  type: typeof TypePortability;
  version: number;
  flavors: PortableFlavor[];
}

export const AgreementSame = "same";

export const AgreementSameSoFar = "same-so-far";

export const AgreementDiffers = "differs";

export const AgreementUnknown = "unknown";

/// PortableFlavor is what becomes of the pattern in a flavor.
export interface PortableFlavor {
  flavor: string;
  label: string;
  /// Refused is why the flavor does not take the pattern as it is.
  refused?: Diagnostic;
  asItIs: string; // an agreement
  /// Engine is what both were run with, absent where nothing was run.
  engine?: Engine;
  /// Conversion is the pattern as it has to be there; Exact that it means the same,
  /// as far as is known, and Converted what running it says.
  conversion: Conversion;
  exact: boolean;
  converted: string; // an agreement
}

/// Sought is how far a search for a text is on which engines differ: each takes the
/// place of the one before.
export interface Sought {
  type: typeof TypeSought;
  version: number; // that of the seek
  tried: number; // texts
  of: number;
  done: boolean;
  /// Message says why it found nothing, but for all texts being tried.
  message?: string;
  found?: FoundText;
}

/// FoundText is a text on which engines differ.
export interface FoundText {
  text: string;
  /// Smallest says that the two that differ agree on all shorter texts, of characters that stand for all that the
  /// pattern tells apart.
  smallest: boolean;
  engines: ComparedEngine[];
  classes: Class[];
  differences: EngineDifference[];
}

export const TypeDebug = "debug"; // of the page

export const TypeDebugProgram = "debug-program";

export const TypeDebugStep = "debug-step";

export const TypeDebugProgress = "debug-progress";

export const TypeDebugCounts = "debug-counts";

export const TypeDebugFailed = "debug-failed";

export const TypeDebugAgreement = "debug-agreement";

export const TypeDebugWhyNot = "debug-why-not";

export const TypeDebugListing = "debug-listing";

/// MoveTo goes to a step, or to the last one if there are fewer.
export const MoveTo = "to";

/// MoveEnd goes to the last step, once the run has ended.
export const MoveEnd = "end";

/// MoveFind goes to the next step, or the one before, that meets one of some conditions.
export const MoveFind = "find";

/// MovePlace goes to the first step that is of a token at an offset, else to the first one of the token.
export const MovePlace = "place";

/// MoveList goes nowhere: it asks for steps from one on, in a [DebugListing].
export const MoveList = "list";

/// Debug asks the step debugger for a step. The first one for a state begins a run of it; each takes the place of the one
/// before. It is ignored when its version is not that of the latest update.
export interface Debug {
  type: typeof TypeDebug;
  version: number;
  /// Request is a number for the answer to name.
  request: number;
  move: string;
  /// Step is where MoveTo goes to, where MoveFind begins, that step excluded, and the first one of MoveList, which asks for
  /// Count steps, at most MaxDebugListing.
  step?: number;
  count?: number;
  backward?: boolean; // of MoveFind
  /// Any are the conditions of MoveFind, or Search says in words what it looks for, see package finder; then Unit is what
  /// its offsets are in, "bytes", "utf16" or "runes".
  any?: DebugCondition[];
  search?: string;
  unit?: string;
  /// Place is that of MovePlace.
  place?: DebugPlace;
  /// Start is where in the text the run makes its only attempt, in UTF-16 units; it searches the whole text without it.
  /// Another one than before begins another run.
  start?: number;
  /// Optimize are names of optimisations of PCRE2 with commas between them, "start-optimize" and "auto-possess"; without them
  /// the rules are plain. Others than before begin another run. In other flavors there are none, and the run fails.
  optimize?: string;
  /// MaxSteps raises the limit of the run's steps, up to DebugProgram.MostSteps, if it is above the present one: a run that
  /// has stopped there goes on.
  maxSteps?: number;
  /// Around is how many steps to send before and behind the step, at most MaxDebugAround.
  around?: number;
}

/// MaxDebugAround is how many steps the page may ask for on each side: what an answer needs stays below 256 KB.
export const MaxDebugAround = 300;

/// MaxDebugListing is how many steps there are in one listing at most: they stay below 512 KB.
export const MaxDebugListing = 1000;

/// DebugListing answers MoveList: steps in order, fewer than were asked for when the run has no more.
export interface DebugListing {
  type: typeof TypeDebugListing;
  version: number;
  request: number;
  events: DebugEvent[];
}

/// DebugCondition is what a step has to meet: all that is set.
export interface DebugCondition {
  /// Kinds are names of kinds of steps, any when there are none.
  kinds?: string[];
  /// Token is an index of DebugProgram.Tokens.
  token?: number;
  /// Group is the number of a group that changes: it is set, or loses its text by backtracking or a new attempt.
  group?: number;
  /// Around is a token: the step's is in the innermost group that this one is in, or that it is.
  around?: number;
  /// Pos is where the machine is behind the step, in UTF-16 units.
  pos?: number;
  /// MaxDepth is the largest depth.
  maxDepth?: number;
  /// Backtrack is which backtrack of the token it is, from 1.
  backtrack?: number;
}

/// DebugPlace is what stays the same of a step when pattern and text are edited.
export interface DebugPlace {
  /// From and To are the token's span in UTF-16 units of the pattern.
  from: number;
  to: number;
  /// Kind is what happened, and Pos where in the text, in UTF-16 units.
  kind: string;
  pos: number;
}

/// DebugProgram says what a run is of. It comes before all else of the run.
export interface DebugProgram {
  type: typeof TypeDebugProgram;
  version: number;
  /// Tokens are two numbers for each token: its span in UTF-16 units of the pattern. The first is the whole pattern.
  tokens: number[];
  groups: Group[];
  /// Mode says by which rules the steps are made, in sentences.
  mode: string[];
  /// Threads says that the machine follows all possibilities at once, and never backtracks.
  threads: boolean;
  /// Repeats are those of the pattern: the token of a repeat is its operator, which alone says little.
  repeats: DebugRepeat[];
  /// Breaks are the comments (?#BREAK) of the pattern.
  breaks?: DebugBreak[];
  /// Start is that of the request.
  start?: number;
  /// MaxSteps is where a run stops, unless a request allows more, and MostSteps the most that one may allow.
  maxSteps: number;
  mostSteps: number;
}

/// DebugBreak is a comment (?#BREAK): a place to stop at before what follows is tried.
export interface DebugBreak {
  span: Range;
  /// Token is what follows, or 0 when nothing does: then it is the match. Kinds are those of the steps with which that is
  /// tried first.
  token: number;
  kinds: string[];
}

/// Place is a place in the text.
export interface Place {
  at: number; // in UTF-16 units
  bytes: number;
}

/// DebugEvent is one step.
export interface DebugEvent {
  step: number;
  /// Kind is its kind by name, and Sign what that means: trying, matched, failed or backtracked.
  kind: string;
  sign: string;
  token: number;
  attempt: Place;
  from: Place;
  pos: Place;
  /// Group is the number of the group that it changed, or -1.
  group: number;
  depth: number;
  /// Words say it in one plain sentence, with offsets in bytes.
  words: string;
  /// Offsets are three numbers for each offset in Words: where it stands there and how long it is, in UTF-16 units of
  /// Words, and which place of the text it is, in UTF-16 units of that.
  offsets: number[];
}

/// DebugGroup is what a group holds behind a step, and held before it; null while it holds nothing.
export interface DebugGroup {
  now: Range;
  before: Range;
}

/// DebugChoice is an open choice point.
export interface DebugChoice {
  token: number;
  pos: Place;
  what: string;
  /// Left is how many possibilities are left in it.
  left: number;
}

/// DebugThread is one possibility that a machine of threads follows.
export interface DebugThread {
  /// Token is what it looks at next, and Pos where.
  token: number;
  pos: Place;
  attempt: Place;
  /// AtEnd says that it has matched the whole pattern.
  atEnd?: boolean;
  /// Groups are what its groups hold.
  groups: DebugGroup[];
}

/// DebugLoop is a repeat that runs.
export interface DebugLoop {
  token: number;
  round: number;
  min: number;
  max: number; // -1 without one
}

/// DebugLook is a lookaround that is under way.
export interface DebugLook {
  token: number;
  /// Pos is where it was asked.
  pos: Place;
  /// Name is what it is, such as "negative lookbehind".
  name: string;
}

/// DebugCall is a call of a group that runs.
export interface DebugCall {
  token: number;
  group: number;
}

/// DebugProblem is what is wrong with the words of a search: a message and its place in them, in UTF-16 units.
export interface DebugProblem {
  span: Range;
  message: string;
}

/// DebugStep answers a request: a step, what the machine holds behind it, and the steps around it.
export interface DebugStep {
  type: typeof TypeDebugStep;
  version: number;
  request: number;
  /// Found is false when no step meets the conditions; then all else is as MoveTo its Step answers.
  found: boolean;
  /// Problem is what is wrong with the words of a search; then nothing was looked for.
  problem?: DebugProblem;
  event: DebugEvent;
  /// Events are the steps around it and it itself, in order.
  events: DebugEvent[];
  /// Groups are in the order of DebugProgram.Groups.
  groups: DebugGroup[];
  /// Choices are the open choice points, that which is taken up next first. HiddenChoices are below them.
  choices: DebugChoice[];
  hiddenChoices: number;
  /// Threads are those of a machine that follows all possibilities at once, the preferred one first, and HiddenThreads
  /// how many there are behind them. They are absent for a machine that backtracks.
  threads?: DebugThread[];
  hiddenThreads?: number;
  /// Loops, Calls and Looks are those that the step is in, the outermost first.
  loops: DebugLoop[];
  calls: DebugCall[];
  looks: DebugLook[];
  mark: string;
  /// Backtracks and Attempts count those so far.
  backtracks: number;
  attempts: number;
  /// Furthest is the furthest that a token of this attempt has matched up to, FurthestEver that of any attempt so far.
  furthest: Place;
  furthestEver: Place;
}

/// DebugProgress says how far a run is, at most eight times a second, and at its end.
export interface DebugProgress {
  type: typeof TypeDebugProgress;
  version: number;
  /// Outcome is "running", "match", "no-match", "step-limit", "memory-limit" or "match-limit".
  outcome: string;
  steps: number;
  backtracks: number;
  attempts: number;
  matches: number;
  furthest: Place;
  /// MaxSteps is where the run stops by now.
  maxSteps: number;
  /// WallMs is how long the machine has run.
  wallMs: number;
}

/// DebugCounts are exact counts of what has run: once a second while a run goes on, and at its end.
export interface DebugCounts {
  type: typeof TypeDebugCounts;
  version: number;
  steps: number;
  /// Tokens are five numbers for each token that was in a step, in the order of DebugProgram.Tokens: its index, and how
  /// often it was entered, matched, failed, and was backtracked to or, in a machine of threads, ended there merged. Of more than MaxDebugTokens there are those with the
  /// most steps.
  tokens: number[];
  /// Heat is three numbers for each stretch of the text, of which there are at most MaxDebugHeat: how often tokens were
  /// tried in it, how often they matched, and how many choices were taken up there. HeatAt is where each begins, in UTF-16
  /// units; the last one ends behind the end of the text. HeatBytes is how many bytes each has.
  heat: number[];
  heatAt: number[];
  heatBytes: number;
  /// Attempts are in the order of the text. Of very many there are the first, the last and those with the most steps.
  attempts: DebugAttempt[];
  /// Ribbon is six numbers for each stretch of StretchSteps steps: how many of them were trying, matched, failed and
  /// backtracked, how many found a match, and where in the text the last one was, in UTF-16 units.
  ribbon: number[];
  stretchSteps: number;
  /// Multiplying are two repeats that multiply each other's work, in the order of the pattern, or absent.
  multiplying?: DebugRepeat[];
}

/// DebugRepeat is a repeat: its token, which is its operator, and the span of all of it in the pattern.
export interface DebugRepeat {
  token: number;
  span: Range;
}

export const MaxDebugTokens = 2000;

export const MaxDebugHeat = 1024;

/// DebugAttempt is what came of an attempt.
export interface DebugAttempt {
  at: Place;
  first: number; // its first step
  steps: number;
  furthest: Place;
  matched: boolean;
  /// Failed is the token that failed at Furthest, the last one there, or -1.
  failed: number;
}

/// DebugAgreement follows the end of a run: what came of comparing its matches with
/// those of the flavor's real engine in the same text.
export interface DebugAgreement {
  type: typeof TypeDebugAgreement;
  version: number;
  /// Verdict is "agrees", "differs" or "unknown", and Words say it as a sentence.
  verdict: string;
  words: string;
  /// Steps say in a sentence what came of comparing steps with what the engine tells of its own, and StepsDiffer that they
  /// are others. Steps is "" where an engine tells none, or could not.
  steps?: string;
  stepsDiffer?: boolean;
}

/// DebugWhyNot follows the end of a run that found nothing: how far its best attempt got, what was expected there, and
/// changes with which the pattern matches. Spans are of the pattern, but for Match.
export interface DebugWhyNot {
  type: typeof TypeDebugWhyNot;
  version: number;
  /// Attempt is where the attempt began that got furthest, First its first step, and Furthest how far it got.
  attempt: Place;
  first: number;
  furthest: Place;
  /// Found is what stands there, in words.
  found: string;
  expected: DebugExpected[];
  /// Changes are at most three, the smallest first.
  changes: DebugChange[];
  /// Complete says that all changes were tried that there are.
  complete: boolean;
}

/// DebugExpected is a part of the pattern that failed where the attempt got to.
export interface DebugExpected {
  span: Range;
  words: string; // with code in backquotes
}

/// DebugChange is a change of one part with which the pattern matches.
export interface DebugChange {
  span: Range;
  words: string; // with code in backquotes
  /// Pattern is the whole pattern afterwards, and Flag a letter that is added to the flags, or "".
  pattern: string;
  flag: string;
  /// Match is what it matches then, in the text.
  match: Range;
}

/// DebugFailed says why there is no run, or why it ended.
export interface DebugFailed {
  type: typeof TypeDebugFailed;
  version: number;
  message: string;
  /// Span is the construct that the machine does not have.
  span?: Range;
}

export const TypeLibrary = "library";

export const TypeLibraryAnswer = "library-answer";

export const TypeLibraryChanged = "library-changed";

export const LibraryFind = "find";

export const LibrarySave = "save";

export const LibraryOpen = "open";

export const LibraryVersions = "versions";

export const LibraryDescribe = "describe";

export const LibraryMark = "mark";

export const LibraryRestore = "restore";

export const LibraryDelete = "delete";

export const LibraryExport = "export";

export const LibraryImport = "import";

/// Library asks something of the library. Requests are answered in their order, each by one answer.
export interface Library {
  type: typeof TypeLibrary;
  request: number; // the page's number, which the answer has
  op: string;
  /// ID is the entry's: of all but find, export and import. With New, save makes an entry of this id.
  id?: string;
  new?: boolean;
  /// Version is that to open or to restore; absent for the latest one.
  version?: string;
  /// As is the id that the version gets which save or restore makes. The page has made it: what is asked again with it is
  /// not done twice.
  as?: string;
  /// Words, Tag, Favourite and Skip are the filter of find. Favourite is also what mark makes of an entry.
  words?: string;
  tag?: string;
  favourite?: boolean;
  skip?: number;
  /// About is what save calls a new entry, and describe one that is there; a save of one that is there leaves what it is
  /// called. Was is what it was called when describe was begun: the answer is refused when that has changed since.
  about?: LibraryAbout;
  was?: LibraryAbout;
  /// Base is the version that what is saved was made from: a save is refused when another one has come since; absent to
  /// save it whatever has.
  base?: string;
  /// Content is what save writes, with the text of the state whose version is State.
  content?: LibraryContent;
  state?: number;
  /// Archive is the file that is imported.
  archive?: string;
}

/// LibraryAbout is what an entry is called, and how it is found again.
export interface LibraryAbout {
  name: string;
  description: string;
  tags: string[];
  favourite: boolean;
}

/// LibraryContent is what is saved besides the text.
export interface LibraryContent {
  query: Query;
  engine?: string;
  replace?: string;
  list?: string;
  /// Inputs is how the text is many inputs, as in Inputs.Mode.
  inputs?: string;
  /// Tests is the file of tests, "" for none; absent in a version that was saved before there were any.
  tests?: string;
}

/// LibraryAnswer answers one request.
export interface LibraryAnswer {
  type: typeof TypeLibraryAnswer;
  request: number;
  /// Error says in a sentence why it was not done, and nothing was changed. Field is what is wrong of an entry that was to
  /// be saved. Missing tells that there is no such entry any more.
  error?: string;
  field?: string;
  missing?: boolean;
  /// Conflict is the version that has come since the base of a save that was refused.
  conflict?: LibraryVersion;
  list?: LibraryList; // of find
  saved?: LibrarySaved; // of save and restore
  entry?: LibraryEntry; // of open
  versions?: LibraryVersion[]; // of versions, the latest first
  about?: LibraryAbout; // of versions, and of describe when it was refused for another name
  archive?: string; // of export
  entries?: number; // of export
  imported?: LibraryImported; // of import
}

/// LibraryList is a page of entries, and what else there is.
export interface LibraryList {
  rows: LibraryRow[];
  skip: number;
  total: number; // entries that the filter lets through
  all: number;
  tags: LibraryTag[];
  path: string; // of the file
}

/// LibraryRow is an entry in a list.
export interface LibraryRow {
  id: string;
  about: LibraryAbout;
  changed: number; // milliseconds since 1970
  versions: number;
  flavor: string;
  flags: string;
  pattern: string; // its beginning
  cut: boolean; // whether it is longer
  textBytes: number;
}

/// LibraryTag is a tag with the number of entries that have it.
export interface LibraryTag {
  name: string;
  entries: number;
}

/// LibrarySaved says what a save has written. Changed is false where all was there already.
export interface LibrarySaved {
  id: string;
  version: string;
  changed: boolean;
}

/// LibraryEntry is an entry with one of its versions.
export interface LibraryEntry {
  id: string;
  about: LibraryAbout;
  version: LibraryVersion;
  latest: string; // the id of its latest version
  content: LibraryContent;
  /// Text is the text when it is well-formed, TextBase64 its bytes otherwise.
  text: string;
  textBase64?: string;
}

/// LibraryVersion is one save of an entry.
export interface LibraryVersion {
  id: string;
  saved: number; // milliseconds since 1970
  textBytes: number;
}

/// LibraryImported counts the entries of a file.
export interface LibraryImported {
  new: number;
  changed: number;
  same: number;
}

/// LibraryChanged tells the other pages that something in the library is not as before.
export interface LibraryChanged {
  type: typeof TypeLibraryChanged;
}

/// TypePrograms is the type of [Programs].
export const TypePrograms = "programs";

/// Programs are the pattern as programs in every language, those of its flavor
/// first.
export interface Programs {
  type: typeof TypePrograms;
  version: number;
  programs: Program[];
}

/// Program is the pattern as programs in one language.
export interface Program {
  language: string; // its ID
  label: string;
  /// Flavor is the label of the flavor that the language has, and Own says that
  /// it is the pattern's. Otherwise the pattern is converted, and Changes are
  /// those of the conversion.
  flavor: string;
  own: boolean;
  changes: Change[];
  /// File is the name that its file usually has, "" for a line of a shell.
  file: string;
  /// Note is what a user has to know besides.
  note?: string;
  code: Code[];
  /// Error says why there are none.
  error?: string;
}

/// Code is a program that does one thing: "match", "match-all", "replace" or "split".
export interface Code {
  op: string;
  text: string;
  /// Error says why there is none that does it.
  error?: string;
}

export const TypeReplacement = "replacement";

export const TypeTemplate = "template";

/// Replacement is the page's replacement text from now on. Template answers while the
/// panel "replace" is shown, for each query and each engine's syntax anew. It is empty
/// before the first of these messages.
export interface Replacement {
  type: typeof TypeReplacement;
  text: string;
}

/// Template is the replacement as it was read. The page expands it itself, with the
/// matches that it has. Positions are UTF-16 units of Text.
export interface Template {
  type: typeof TypeTemplate;
  version: number;
  /// Text is the replacement that this is about.
  text: string;
  /// Function is the function that takes such replacements, such as "re.sub".
  function: string;
  /// UTF is false where texts are bytes and only the case of ASCII letters changes.
  utf: boolean;
  /// Tokens are a kind (see Welcome.TokenKinds), a length and the number of a group
  /// or 0 for each token.
  tokens: number[];
  problems: Diagnostic[];
  parts: TemplatePart[]; // none where a problem is an error
  lines: TemplateLine[];
  elements: TemplateElement[]; // what the syntax has
  notes: string[];
}

/// TemplatePart is one thing that a replacement is made of: its kinds are those of
/// regex/replace, and "default", which is the group, or Else where it took no part.
export interface TemplatePart {
  kind: string;
  /// Text is what "text" stands for; TextBase64 its bytes where they are not UTF-8.
  text?: string;
  textBase64?: string;
  /// Groups are numbers, the first of which that took part counts.
  groups?: number[];
  /// Case is that of "case" and "state".
  case?: string;
  parts?: TemplatePart[];
  else?: TemplatePart[];
}

/// TemplateLine says in words what a part stands for.
export interface TemplateLine {
  span: Range;
  depth: number; // in other parts
  words: string;
}

/// TemplateElement is one thing that a syntax has.
export interface TemplateElement {
  form: string;
  words: string;
}

export const TypeTests = "tests";

export const TypeImportTests = "import-tests";

export const TypeTestFile = "test-file";

export const TypeTestResults = "test-results";

export const TypeTestCoverage = "test-coverage";

export const TypeImportedTests = "imported-tests";

/// MaxTestsBytes is the longest file of tests in bytes that the page keeps. It is
/// sent whole at each key, and comes back read, which takes some ten milliseconds.
export const MaxTestsBytes = 262144;

/// Tests is the page's file of tests, in TOML. It is read at once, and run while the
/// page shows the panel "tests"; the next one takes its place.
export interface Tests {
  type: typeof TypeTests;
  /// Serial grows with each one; it is in what is said of it.
  serial: number;
  text: string;
}

/// ImportTests asks for a file of another program's in our format.
export interface ImportTests {
  type: typeof TypeImportTests;
  /// Name is that of the file, and Text what it says, the JSON of regex101.
  name: string;
  text: string;
}

/// ImportedTests answers.
export interface ImportedTests {
  type: typeof TypeImportedTests;
  name: string;
  /// Text is the file in our format, "" when there is none.
  text: string;
  /// Left names what could not be said in it.
  left: string[];
  /// Error says why there is none, with line and column where there is a place.
  error?: string;
}

/// TestFile is what a file of tests says, or what is wrong with it. It comes once for
/// each Tests.
export interface TestFile {
  type: typeof TypeTestFile;
  serial: number;
  problems: TestProblem[];
  /// Patterns are empty when there are problems.
  patterns: TestPattern[];
}

/// TestProblem is one thing that is wrong with the file.
export interface TestProblem {
  at: number; // in UTF-16 units
  line: number; // from 1
  column: number;
  message: string;
  hint?: string;
}

/// TestPattern is one pattern of the file with its inputs. What is not said is absent.
export interface TestPattern {
  /// From and To are where it is written, without its inputs, in UTF-16 units. They are
  /// equal when it cannot be written anew without something else.
  from: number;
  to: number;
  name?: string;
  flavor: string;
  engine?: string;
  flags?: string;
  pattern: string;
  replacement?: string;
  steps?: number;
  msPerMB?: number;
  /// Linear is one more test, whose result has the index behind those of the inputs.
  linear?: boolean;
  inputs: TestInput[];
}

/// TestInput is a text and what has to come of it. What is not said is absent.
export interface TestInput {
  from: number; // as in TestPattern
  to: number;
  name?: string;
  text: string; // without its repetitions
  /// TextBase64 has the bytes of a text that is not UTF-8.
  textBase64?: string;
  times?: number;
  match?: boolean;
  first?: TestMatch;
  all?: boolean; // Matches are all that there may be
  matches: TestMatch[];
  replaced?: string;
  steps?: number;
  msPerMB?: number;
}

/// TestMatch is what a match has to be.
export interface TestMatch {
  span?: number[]; // start and end in bytes
  text?: string;
  groups: TestGroup[];
}

/// TestGroup is what a group has to be.
export interface TestGroup {
  key: string; // its number or name
  span?: number[];
  text?: string;
  none?: boolean;
}

/// TestResults are the results that have come since the last ones, in the order of
/// the file. After the last one Done is set.
export interface TestResults {
  type: typeof TypeTestResults;
  serial: number;
  results: TestResult[];
  done: boolean;
  /// Failed says why there are no more.
  failed?: string;
}

/// TestResult is what came of one input.
export interface TestResult {
  pattern: number; // its index
  input: number; // its index in the pattern
  status: string; // "passed", "failed", "error" or "stopped"
  engine: Engine;
  /// Text is the text of a test that is generated, if it is not good.
  text?: string;
  /// Details are what differs or what is wrong, in lines with marks.
  details?: string;
  ms: number;
  steps?: number;
  msPerMB?: number;
}

/// TestCoverage is what the inputs of one pattern exercise of it. It follows the
/// results of the whole file, one for each pattern, before the last TestResults.
export interface TestCoverage {
  type: typeof TypeTestCoverage;
  serial: number;
  pattern: number; // its index
  parts: number; // that can be exercised
  exercised: number;
  matches: number; // of all inputs that could be followed
  gaps: TestCoverageGap[];
  left: string[]; // inputs that could not be followed, with the reason
  /// Error says why nothing is known.
  error?: string;
}

/// TestCoverageGap is a part of the pattern that no input exercises.
export interface TestCoverageGap {
  from: number; // of the pattern, in UTF-16 units
  to: number;
  message: string;
  /// Example is a text that exercises it, absent when none was found.
  example?: string;
}

export const TypeInputs = "inputs";

export const TypeInputRows = "input-rows";

/// InputsLines makes each line an input.
export const InputsLines = "lines";

/// InputsSet makes what follows a line "=== name" an input of that name.
export const InputsSet = "set";

/// MaxInputs is how many inputs of a text are searched: more rows nobody looks
/// through, and a local runtime takes some tenths of a millisecond for each.
export const MaxInputs = 2000;

/// Inputs says how the page's text is many inputs, until the next one; "" is for a
/// text that is one document.
export interface Inputs {
  type: typeof TypeInputs;
  mode: string;
}

/// InputRows are the inputs of a version's text that have been searched since the
/// last of these messages, in the order of the text. After the last one Done is set.
export interface InputRows {
  type: typeof TypeInputRows;
  version: number;
  mode: string;
  engine: Engine;
  groups: Group[];
  first: number; // the index of the first one here; 0 begins anew
  rows: InputRow[];
  total: number; // how many the text has; MaxInputs are searched at most
  done: boolean;
  /// Failed says why there are no more.
  failed?: string;
}

/// InputRow is what came of searching one input by itself.
export interface InputRow {
  from: number; // of the text, in UTF-16 units
  to: number;
  line: number; // where it begins, from 1
  name?: string;
  /// Outcome is that of the search, and Count how many matches it found.
  outcome: string;
  count: number;
  /// Spans are the first match and its groups, two UTF-16 positions of the whole text
  /// for each, or -1; empty without a match.
  spans: number[];
  message?: string;
}
