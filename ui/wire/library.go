package wire

// What is said about the library of saved patterns. As messages.go, this file is for messages only.

// Types of the frames of the library.
const (
	TypeLibrary        = "library"
	TypeLibraryAnswer  = "library-answer"
	TypeLibraryChanged = "library-changed"
)

// What a page asks of the library.
const (
	LibraryFind     = "find"
	LibrarySave     = "save"
	LibraryOpen     = "open"
	LibraryVersions = "versions"
	LibraryDescribe = "describe"
	LibraryMark     = "mark"
	LibraryRestore  = "restore"
	LibraryDelete   = "delete"
	LibraryExport   = "export"
	LibraryImport   = "import"
)

// Library asks something of the library. Requests are answered in their order, each by one answer.
type Library struct {
	Type    string `json:"type"`
	Request int    `json:"request"` // the page's number, which the answer has
	Op      string `json:"op"`
	// ID is the entry's: of all but find, export and import. With New, save makes an entry of this id.
	ID  string `json:"id,omitempty"`
	New bool   `json:"new,omitempty"`
	// Version is that to open or to restore; absent for the latest one.
	Version string `json:"version,omitempty"`
	// As is the id that the version gets which save or restore makes. The page has made it: what is asked again with it is
	// not done twice.
	As string `json:"as,omitempty"`
	// Words, Tag, Favourite and Skip are the filter of find. Favourite is also what mark makes of an entry.
	Words     string `json:"words,omitempty"`
	Tag       string `json:"tag,omitempty"`
	Favourite bool   `json:"favourite,omitempty"`
	Skip      int    `json:"skip,omitempty"`
	// About is what save calls a new entry, and describe one that is there; a save of one that is there leaves what it is
	// called. Was is what it was called when describe was begun: the answer is refused when that has changed since.
	About *LibraryAbout `json:"about,omitempty"`
	Was   *LibraryAbout `json:"was,omitempty"`
	// Base is the version that what is saved was made from: a save is refused when another one has come since; absent to
	// save it whatever has.
	Base string `json:"base,omitempty"`
	// Content is what save writes, with the text of the state whose version is State.
	Content *LibraryContent `json:"content,omitempty"`
	State   int             `json:"state,omitempty"`
	// Archive is the file that is imported.
	Archive string `json:"archive,omitempty"`
}

// LibraryAbout is what an entry is called, and how it is found again.
type LibraryAbout struct {
	Name        string   `json:"name"`
	Description string   `json:"description"`
	Tags        []string `json:"tags"`
	Favourite   bool     `json:"favourite"`
}

// LibraryContent is what is saved besides the text.
type LibraryContent struct {
	Query   Query   `json:"query"`
	Engine  string  `json:"engine,omitempty"`
	Replace *string `json:"replace,omitempty"`
	List    *string `json:"list,omitempty"`
	// Inputs is how the text is many inputs, as in Inputs.Mode.
	Inputs string `json:"inputs,omitempty"`
	// Tests is the file of tests, "" for none; absent in a version that was saved before there were any.
	Tests *string `json:"tests,omitempty"`
}

// LibraryAnswer answers one request.
type LibraryAnswer struct {
	Type    string `json:"type"`
	Request int    `json:"request"`
	// Error says in a sentence why it was not done, and nothing was changed. Field is what is wrong of an entry that was to
	// be saved. Missing tells that there is no such entry any more.
	Error   string `json:"error,omitempty"`
	Field   string `json:"field,omitempty"`
	Missing bool   `json:"missing,omitempty"`
	// Conflict is the version that has come since the base of a save that was refused.
	Conflict *LibraryVersion `json:"conflict,omitempty"`

	List     *LibraryList     `json:"list,omitempty"`     // of find
	Saved    *LibrarySaved    `json:"saved,omitempty"`    // of save and restore
	Entry    *LibraryEntry    `json:"entry,omitempty"`    // of open
	Versions []LibraryVersion `json:"versions,omitempty"` // of versions, the latest first
	About    *LibraryAbout    `json:"about,omitempty"`    // of versions, and of describe when it was refused for another name
	Archive  string           `json:"archive,omitempty"`  // of export
	Entries  int              `json:"entries,omitempty"`  // of export
	Imported *LibraryImported `json:"imported,omitempty"` // of import
}

// LibraryList is a page of entries, and what else there is.
type LibraryList struct {
	Rows  []LibraryRow `json:"rows"`
	Skip  int          `json:"skip"`
	Total int          `json:"total"` // entries that the filter lets through
	All   int          `json:"all"`
	Tags  []LibraryTag `json:"tags"`
	Path  string       `json:"path"` // of the file
}

// LibraryRow is an entry in a list.
type LibraryRow struct {
	ID        string       `json:"id"`
	About     LibraryAbout `json:"about"`
	Changed   float64      `json:"changed"` // milliseconds since 1970
	Versions  int          `json:"versions"`
	Flavor    string       `json:"flavor"`
	Flags     string       `json:"flags"`
	Pattern   string       `json:"pattern"` // its beginning
	Cut       bool         `json:"cut"`     // whether it is longer
	TextBytes int          `json:"textBytes"`
}

// LibraryTag is a tag with the number of entries that have it.
type LibraryTag struct {
	Name    string `json:"name"`
	Entries int    `json:"entries"`
}

// LibrarySaved says what a save has written. Changed is false where all was there already.
type LibrarySaved struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	Changed bool   `json:"changed"`
}

// LibraryEntry is an entry with one of its versions.
type LibraryEntry struct {
	ID      string         `json:"id"`
	About   LibraryAbout   `json:"about"`
	Version LibraryVersion `json:"version"`
	Latest  string         `json:"latest"` // the id of its latest version
	Content LibraryContent `json:"content"`
	// Text is the text when it is well-formed, TextBase64 its bytes otherwise.
	Text       string `json:"text"`
	TextBase64 string `json:"textBase64,omitempty"`
}

// LibraryVersion is one save of an entry.
type LibraryVersion struct {
	ID        string  `json:"id"`
	Saved     float64 `json:"saved"` // milliseconds since 1970
	TextBytes int     `json:"textBytes"`
}

// LibraryImported counts the entries of a file.
type LibraryImported struct {
	New     int `json:"new"`
	Changed int `json:"changed"`
	Same    int `json:"same"`
}

// LibraryChanged tells the other pages that something in the library is not as before.
type LibraryChanged struct {
	Type string `json:"type"`
}
