package syntax

// The names of the Ops, by their kinds.
var (
	literalForms = [...]string{
		OpVerbatim: "verbatim", OpIdentity: "identity", OpLetter: "letter", OpOctal: "octal", OpHex: "hex", OpUnicode: "unicode",
		OpControl: "control", OpNamed: "named",
	}
	groupForms = [...]string{
		OpCapture: "capture", OpNonCapture: "non-capture", OpFlagsGroup: "flags", OpAtomic: "atomic", OpLookahead: "lookahead",
		OpLookbehind: "lookbehind", OpNonAtomicLookahead: "non-atomic-lookahead", OpNonAtomicLookbehind: "non-atomic-lookbehind",
		OpBranchReset: "branch-reset", OpBalancing: "balancing", OpScriptRun: "script-run", OpAtomicScriptRun: "atomic-script-run",
		OpAbsent: "absent",
	}
	classOpForms   = [...]string{OpIntersection: "intersection", OpDifference: "difference", OpUnion: "union", OpSymmetric: "symmetric-difference"}
	conditionForms = [...]string{OpGroup: "group", OpRecursion: "recursion", OpDefine: "define", OpVersion: "version"}
	codeForms      = [...]string{OpCode: "code", OpCodePattern: "pattern"}
	targetForms    = [...]string{OpAbsolute: "absolute", OpRelative: "relative"}
	greeds         = [...]string{Greedy: "greedy", Lazy: "lazy", Possessive: "possessive"}
)

// Form returns the stable name of what tells a node from others of its kind, such as "lookahead" of a group, "hex" of a
// literal and "lazy" of a repetition, or "" where there is one form only.
func (n *Node) Form() string {
	switch n.Kind {
	case KindLiteral:
		return literalForms[n.Op]
	case KindGroup:
		return groupForms[n.Op]
	case KindClassOp:
		return classOpForms[n.Op]
	case KindCondition:
		return conditionForms[n.Op]
	case KindBackreference, KindCall:
		return targetForms[n.Op]
	case KindCode:
		return codeForms[n.Op]
	case KindRepetition:
		return greeds[n.Greed]
	}
	return ""
}
