//go:build (linux && (386 || amd64 || arm || arm64 || riscv64)) || (darwin && (amd64 || arm64))

package pcre2

import "go.elara.ws/pcre/lib"

// Version is the version of PCRE2 whose sources this is.
const Version = lib.DPACKAGE_VERSION

// Options change what a pattern means, or how one match goes.
type Options uint32

// Options of [Compile]; pcre2api says what they mean.
const (
	Anchored      Options = lib.DPCRE2_ANCHORED // of [Matcher.Match] too
	Caseless      Options = lib.DPCRE2_CASELESS
	DollarEndOnly Options = lib.DPCRE2_DOLLAR_ENDONLY
	DotAll        Options = lib.DPCRE2_DOTALL
	DupNames      Options = lib.DPCRE2_DUPNAMES
	Extended      Options = lib.DPCRE2_EXTENDED
	Multiline     Options = lib.DPCRE2_MULTILINE
	NoAutoCapture Options = lib.DPCRE2_NO_AUTO_CAPTURE
	UCP           Options = lib.DPCRE2_UCP
	Ungreedy      Options = lib.DPCRE2_UNGREEDY
	UTF           Options = lib.DPCRE2_UTF
)

// Options of [Compile] that keep PCRE2 from doing less than the pattern says, and that of callouts at every item.
const (
	AutoCallout     Options = lib.DPCRE2_AUTO_CALLOUT
	NoAutoPossess   Options = lib.DPCRE2_NO_AUTO_POSSESS
	NoDotStarAnchor Options = lib.DPCRE2_NO_DOTSTAR_ANCHOR
	NoStartOptimize Options = lib.DPCRE2_NO_START_OPTIMIZE
)

// Options of [Matcher.Match].
const (
	NotEmptyAtStart Options = lib.DPCRE2_NOTEMPTY_ATSTART
	// NoUTFCheck says that the whole subject is known to be valid UTF-8 and the
	// start to be at a character. When that is not so, anything can happen.
	NoUTFCheck Options = lib.DPCRE2_NO_UTF_CHECK
)

// The limits of one call of [Matcher.Match]. A pattern can lower them, as in
// (*LIMIT_MATCH=1000), and not raise them.
const (
	// MatchLimit is how many steps an attempt at one start may take. It is the
	// default of PCRE2, so that a pattern fails here when it fails with the
	// programs that use PCRE2: after about half a second. (PHP has a million.)
	MatchLimit = lib.DMATCH_LIMIT
	// DepthLimit is how many steps may be open to come back to. It is the
	// default of PCRE2 too, and never reached before HeapLimit: a step takes 100
	// bytes and more.
	DepthLimit = lib.DMATCH_LIMIT_DEPTH
	// HeapLimit is the memory in bytes for the steps to come back to. PCRE2's
	// default of 20 GB would take the machine down. A loop over a group takes
	// some 130 bytes a round: this is enough for (a|b)* over two megabytes.
	// While the memory grows PCRE2 has it twice, so that a match takes up to 1.5
	// times this for a moment.
	HeapLimit = 256 << 20
)

// The numbers of the errors that a caller may want to tell from others.
const (
	ErrorMatchLimit = lib.DPCRE2_ERROR_MATCHLIMIT
	ErrorDepthLimit = lib.DPCRE2_ERROR_DEPTHLIMIT
	ErrorHeapLimit  = lib.DPCRE2_ERROR_HEAPLIMIT
	ErrorNoMemory   = lib.DPCRE2_ERROR_NOMEMORY
)
