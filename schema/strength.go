package schema

// strength is how a locked attribute may still change.
type strength string

// Left out, an attribute that is locked stays as it is.
const (
	same    strength = ""
	grows   strength = "grows"
	rises   strength = "rises"
	falls   strength = "falls"
	shrinks strength = "shrinks"
)

// words is a strength in a message.
func (s strength) words() string {
	switch s {
	case grows:
		return "may only grow"
	case rises:
		return "may only rise"
	case falls:
		return "may only become shorter"
	case shrinks:
		return "may only lose entries"
	case same:
		return "stays as it is"
	default:
		panic("schema: no strength " + string(s))
	}
}
