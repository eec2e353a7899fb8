package language

// Strength is how a locked attribute may still change.
type Strength string

// Left out, an attribute that is locked stays as it is.
const (
	Same    Strength = ""
	Grows   Strength = "grows"
	Rises   Strength = "rises"
	Falls   Strength = "falls"
	Shrinks Strength = "shrinks"
)

// Words is a strength in a message.
func (s Strength) Words() string {
	switch s {
	case Grows:
		return "may only grow"
	case Rises:
		return "may only rise"
	case Falls:
		return "may only become shorter"
	case Shrinks:
		return "may only lose entries"
	case Same:
		return "stays as it is"
	default:
		panic("language: no strength " + string(s))
	}
}
