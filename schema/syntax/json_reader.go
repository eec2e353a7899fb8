package syntax

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/hashicorp/hcl/v2"

	"github.com/fettle-ci/fettle/schema/diag"
	"github.com/fettle-ci/fettle/schema/language"
)

// jsonValue is a value of a JSON file with its range: encoding/json reads it,
// token by token, and keeps the order of members.
type jsonValue struct {
	token   json.Token // what stands there: a string, a number, true, null, or the bracket that opens it
	members []jsonMember
	items   []jsonValue
	from    int
	to      int
}

// comment is the name of a member that says nothing, as in HCL's own JSON.
const comment = "//"

type jsonMember struct {
	name  string
	at    jsonValue // the name itself
	value jsonValue
}

// jsonReader reads a JSON file within the limits of a policy.
type jsonReader struct {
	name string
	src  []byte
	dec  *json.Decoder
}

func (r *jsonReader) rangeOf(v jsonValue) hcl.Range {
	return hcl.RangeBetween(RangeAt(r.name, r.src, v.from), RangeAt(r.name, r.src, v.to))
}

// read returns the only value of the file.
func (r *jsonReader) read() (jsonValue, *diag.Diagnostic) {
	r.dec = json.NewDecoder(bytes.NewReader(r.src))
	r.dec.UseNumber()
	v, d := r.value(0)
	if d != nil {
		return v, d
	}
	if _, err := r.dec.Token(); !errors.Is(err, io.EOF) {
		return v, badJSON("something follows the object that is the policy", RangeAt(r.name, r.src, v.to))
	}
	return v, nil
}

// token reads the next token and says where it stands.
func (r *jsonReader) token() (jsonValue, *diag.Diagnostic) {
	from := int(r.dec.InputOffset())
	t, err := r.dec.Token()
	to := int(r.dec.InputOffset())
	for from < to && bytes.IndexByte([]byte(" \t\r\n,:"), r.src[from]) >= 0 {
		from++
	}
	if err != nil {
		return jsonValue{}, r.broken(err)
	}
	v := jsonValue{token: t, from: from, to: to}
	if text, ok := t.(string); ok && len(text) > maxLiteral {
		return v, language.TooLarge("One text has more than 16 KiB; put it into a file of the repository", r.rangeOf(v))
	}
	if n, ok := t.(json.Number); ok && (len(n) > maxNumber || bytes.ContainsAny([]byte(n), "eE")) {
		return v, language.TooLarge("A number has more than 32 digits or an exponent", r.rangeOf(v))
	}
	return v, nil
}

func (r *jsonReader) broken(err error) *diag.Diagnostic {
	at := int(r.dec.InputOffset())
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		at = max(0, int(syntax.Offset)-1)
	}
	why := err.Error()
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		at, why = len(r.src), "it ends before its last bracket is closed"
	}
	return badJSON(why, RangeAt(r.name, r.src, min(at, len(r.src))))
}

func (r *jsonReader) value(depth int) (jsonValue, *diag.Diagnostic) {
	v, d := r.token()
	if d != nil {
		return v, d
	}
	if depth > maxDepth {
		return v, language.TooLarge("Brackets are nested more than 64 deep here", r.rangeOf(v))
	}
	switch v.token {
	case json.Delim('{'):
		return r.object(v, depth)
	case json.Delim('['):
		return r.array(v, depth)
	}
	return v, nil
}

func (r *jsonReader) object(v jsonValue, depth int) (jsonValue, *diag.Diagnostic) {
	seen := map[string]jsonValue{}
	for r.dec.More() {
		name, d := r.token()
		if d != nil {
			return v, d
		}
		m := jsonMember{name: fmt.Sprint(name.token), at: name}
		if first, ok := seen[m.name]; ok && m.name != comment {
			return v, Duplicate("\""+m.name+"\"", r.rangeOf(first), r.rangeOf(name))
		}
		seen[m.name] = name
		if m.value, d = r.value(depth + 1); d != nil {
			return v, d
		}
		if m.name != comment {
			v.members = append(v.members, m)
		}
	}
	return r.closing(v)
}

func (r *jsonReader) array(v jsonValue, depth int) (jsonValue, *diag.Diagnostic) {
	for r.dec.More() {
		item, d := r.value(depth + 1)
		if d != nil {
			return v, d
		}
		v.items = append(v.items, item)
	}
	return r.closing(v)
}

// closing reads the bracket that ends an object or an array.
func (r *jsonReader) closing(v jsonValue) (jsonValue, *diag.Diagnostic) {
	end, d := r.token()
	v.to = end.to
	return v, d
}
