package flow

// questions are what an input asks where one form is for several flows, each
// of which asks in words of its own.
var questions = map[string]string{
	"decision":    "What the ledger is to say",
	"environment": "The environment",
	"incident":    "The incident, where there is one; for a delivery the one that every change since production answers",
	"operation":   "What to do",
	"reason":      "Why",
	"subject":     "What it is about: for resume the hold, the commit that answers, or --ship-again and a version; for adopt the commit; for review the break glass",
	"version":     "The version",
}

// Question is what a form asks for inputs that share a field: their own text
// where it is one, and otherwise one for all of them.
func Question(inputs []*Input) string {
	for _, in := range inputs {
		if in.Text != inputs[0].Text {
			return questions[in.Name]
		}
	}
	return inputs[0].Text
}
