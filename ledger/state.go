package ledger

import "strings"

// readers read the lines of a state by their first word. A word that none is for
// is a later script's.
var readers = map[string]func(*Ledger, line){
	"reserved":  func(l *Ledger, at line) { l.Reserved = append(l.Reserved, l.version(at)...) },
	"candidate": func(l *Ledger, at line) { l.Candidates = append(l.Candidates, l.version(at)...) },
	"answered":  func(l *Ledger, at line) { l.Answers = append(l.Answers, l.version(at)...) },
	"held":      func(l *Ledger, at line) { l.Held = append(l.Held, at.rest) },
	"hold": func(l *Ledger, at line) {
		if w := l.words(at, 2); w != nil {
			l.Holds = append(l.Holds, Hold{w[0], w[1]})
		}
	},
	"withdrawn": func(l *Ledger, at line) {
		if w := l.words(at, 4); w != nil {
			l.Withdrawals = append(l.Withdrawals, Withdrawal{w[0], w[1], w[2], w[3]})
		}
	},
	"shipagain": func(l *Ledger, at line) { l.Again = append(l.Again, parsePlace(at.rest, false)) },
	"abandoned": func(l *Ledger, at line) { l.Abandoned = append(l.Abandoned, parsePlace(at.rest, true)) },
	"due": func(l *Ledger, at line) {
		if w := l.words(at, 3); w != nil {
			l.Due = append(l.Due, Due{w[0], w[1], w[2]})
		}
	},
	"exception": func(l *Ledger, at line) {
		if w := l.words(at, 6); w != nil {
			l.Exceptions = append(l.Exceptions, Exception{w[0], w[1], w[2], w[3], w[4], Value(w[5])})
		}
	},
	"requires": func(l *Ledger, at line) {
		family, rest, _ := strings.Cut(at.rest, " ")
		l.Requirements = append(l.Requirements, Requirements{family, strings.Fields(rest)})
	},
	"older": func(l *Ledger, at line) {
		if w := l.words(at, 3); w != nil {
			l.Older = append(l.Older, Older{w[0], w[1], strings.Fields(w[2])})
		}
	},
	"acknowledged": func(l *Ledger, at line) { l.Acknowledged = append(l.Acknowledged, at.rest) },
	"accepted":     func(l *Ledger, at line) { l.Accepted = append(l.Accepted, at.rest) },
	"glass":        (*Ledger).readGlass,
	"openedby":     (*Ledger).readOpener,
	"opened":       (*Ledger).readOpening,
}

func (l *Ledger) readState(lines []line) {
	for _, at := range lines {
		switch read := readers[at.key]; {
		case read != nil:
			read(l, at)
		case at.key != "format":
			l.Others = append(l.Others, at.key)
		}
	}
	l.completeReviews()
}

// version reads VERSION COMMIT.
func (l *Ledger) version(at line) []Version {
	if w := l.words(at, 2); w != nil {
		return []Version{{w[0], w[1]}}
	}
	return nil
}

// parsePlace reads a version and an environment, or a version alone, which is meant
// for all of them.
func parsePlace(rest string, versionFirst bool) Place {
	first, second, both := strings.Cut(rest, " ")
	switch {
	case !both:
		return Place{Version: first}
	case versionFirst:
		return Place{Environment: second, Version: first}
	default:
		return Place{Environment: first, Version: second}
	}
}
