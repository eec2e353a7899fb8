package diag

// Collector gathers what is wrong with one text, by all who read it.
type Collector struct {
	// Broken says that a part could not be read: names that seem to be missing may stand in it.
	Broken bool

	all Diagnostics
}

// Report adds a diagnostic.
func (c *Collector) Report(d *Diagnostic) { c.all = append(c.all, d) }

// Add adds what another reader found.
func (c *Collector) Add(more Diagnostics) { c.all = append(c.all, more...) }

// Len is how many there are, to ask later what was added since.
func (c *Collector) Len() int { return len(c.all) }

// Since are those that were added when there were n.
func (c *Collector) Since(n int) Diagnostics { return c.all[n:] }

// Forget removes those that were added when there were n.
func (c *Collector) Forget(n int) { c.all = c.all[:n] }

// All are the diagnostics in the order in which they were added.
func (c *Collector) All() Diagnostics { return c.all }

// Take empties the collector and returns what was in it.
func (c *Collector) Take() Diagnostics {
	out := c.all
	c.all = nil
	return out
}
