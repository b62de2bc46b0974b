/// The text frames, as unions over the generated types.
import type {
  Analysis,
  AnalysisFailed,
  Benchmark,
  Cancel,
  Compare,
  Comparison,
  Continue,
  Conversions,
  Debug,
  DebugAgreement,
  DebugCounts,
  DebugFailed,
  DebugProgram,
  DebugProgress,
  DebugStep,
  DebugListing,
  DebugWhyNot,
  Diagram,
  Done,
  Engines,
  Explanation,
  Fault,
  Hello,
  Idle,
  ImportTests,
  ImportedTests,
  InputRows,
  Inputs,
  Invalid,
  Library,
  LibraryAnswer,
  LibraryChanged,
  Literals,
  LoadFile,
  NativeDone,
  NativeRun,
  NativeStop,
  NativeTaken,
  NoEngine,
  Portability,
  Programs,
  Progress,
  Refresh,
  Replacement,
  Resync,
  Seek,
  Show,
  Sought,
  Speeds,
  Started,
  StopBenchmark,
  Template,
  TestCoverage,
  TestFile,
  TestResults,
  Tests,
  Update,
  Waiting,
  Warnings,
  Welcome,
} from "../wire"

export type PageMessage = Hello | Update | Cancel | Continue | LoadFile | Show | Refresh | Benchmark | StopBenchmark | Compare | Seek | Replacement | Debug | Tests | ImportTests | Inputs | Library | NativeDone

/// Those of the step debugger.
export type DebugMessage = DebugProgram | DebugStep | DebugProgress | DebugCounts | DebugWhyNot | DebugListing | DebugAgreement | DebugFailed

/// Those of a search.
export type SearchMessage = Started | Invalid | NoEngine | Idle | Progress | Waiting | Done

/// Those about several engines.
export type ComparisonMessage = Comparison | Portability | Sought

/// Those about the file of tests.
export type TestMessage = TestCoverage | TestFile | TestResults | ImportedTests

/// Those that have the page run something for the server.
export type LendingMessage = NativeRun | NativeTaken | NativeStop

export type ServerMessage = LendingMessage | TestMessage | InputRows | ComparisonMessage | Welcome | Engines | SearchMessage | Analysis | Warnings | Explanation | Diagram | Literals | Conversions | Programs | AnalysisFailed | Template | Speeds | LibraryAnswer | LibraryChanged | DebugMessage | Resync | Fault

/// The messages of a text frame. Types that this page does not know are for the
/// caller to ignore: a server may say more than an older page understands.
export function parseMessages(frame: string): ServerMessage[] {
  const said = JSON.parse(frame) as ServerMessage | ServerMessage[]
  return Array.isArray(said) ? said : [said]
}
