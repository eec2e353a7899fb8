package syntax

import (
	"bytes"
	"sync"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/fettle-ci/fettle/schema/diag"
)

// Shelf holds the files that policies of one repository extend or use: each is
// parsed for the first, and kept once. Nothing in a parsed file is ever changed.
type Shelf struct {
	mutex sync.Mutex
	files map[string]shelved // by name
	early map[string]shelved // policies themselves that were looked into before they are read
}

type shelved struct {
	source Source
	bodies []*hclsyntax.Body
}

// Parse parses a file, or finds it on the shelf, where what a policy refers to is,
// and not the policy itself, which no other reads. Its text comes from there too,
// and the one that was read is not kept. A file with a mistake is not on it.
func (s *Shelf) Parse(src Source) (Source, []*hclsyntax.Body, diag.Diagnostics) {
	if s == nil {
		bodies, diags := Parse(src)
		return src, bodies, diags
	}
	if f, ok := s.find(src); ok {
		return f.source, f.bodies, nil
	}
	bodies, diags := Parse(src)
	if len(diags) == 0 && src.Loaded {
		s.put(&s.files, shelved{src, bodies})
	}
	return src, bodies, diags
}

// Early is Parse for a policy that is looked into and perhaps read later: it is
// kept for that one time.
func (s *Shelf) Early(src Source) (Source, []*hclsyntax.Body, diag.Diagnostics) {
	src, bodies, diags := s.Parse(src)
	if s != nil && len(diags) == 0 && !src.Loaded {
		s.put(&s.early, shelved{src, bodies})
	}
	return src, bodies, diags
}

func (s *Shelf) find(src Source) (shelved, bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if src.Loaded {
		f, ok := s.files[src.Name]
		return f, ok && bytes.Equal(f.source.Bytes, src.Bytes)
	}
	f, ok := s.early[src.Name]
	delete(s.early, src.Name)
	return f, ok && bytes.Equal(f.source.Bytes, src.Bytes)
}

func (s *Shelf) put(in *map[string]shelved, f shelved) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if *in == nil {
		*in = map[string]shelved{}
	}
	(*in)[f.source.Name] = f
}
