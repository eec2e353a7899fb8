package main

import "os"

// spill is a file without a name, for generated files that differ from the disk:
// the first run over a thousand policies makes some hundred megabytes of them.
type spill struct {
	file  *os.File
	end   int64
	parts map[string]part // by path
}

type part struct{ at, size int64 }

// put writes a content down, and tells whether it could: a disk without room is
// no mistake as long as there is memory.
func (s *spill) put(path string, content []byte) bool {
	if s.file == nil {
		file, err := os.CreateTemp("", "fettle-")
		if err != nil {
			return false
		}
		_ = os.Remove(file.Name()) // where an open file keeps its name, close removes it
		s.file, s.parts = file, map[string]part{}
	}
	if _, err := s.file.WriteAt(content, s.end); err != nil {
		return false
	}
	s.parts[path] = part{s.end, int64(len(content))}
	s.end += int64(len(content))
	return true
}

// get reads the content of a path.
func (s *spill) get(path string) ([]byte, error) {
	out := make([]byte, s.parts[path].size)
	_, err := s.file.ReadAt(out, s.parts[path].at)
	return out, err
}

func (s *spill) close() {
	if s.file != nil {
		_ = s.file.Close()
		_ = os.Remove(s.file.Name())
	}
}
