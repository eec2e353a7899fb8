package weakening

// breakGlass: one that was not there, one that opens more or for more people,
// one that waits longer or is reviewed later. That somebody hears of it the
// compiler demands.
func (c *comparison) breakGlass() {
	before, now := c.before.Plan.BreakGlass, c.now.Plan.BreakGlass
	switch {
	case now == nil:
		return
	case before == nil:
		c.report(glassAdded(now))
		return
	}
	if more := missingNames(now.MaySkip, before.MaySkip); len(more) > 0 {
		c.report(glassOpensMore(now, more, c.at(now.Gate.Origin, "break_glass", "may_skip")))
	}
	if now.Review > before.Review {
		c.report(glassReviewedLater(before, now, c.at(now.Gate.Origin, "break_glass", "review")))
	}
	if now.Gate.Timeout > before.Gate.Timeout {
		c.report(glassWaitsLonger(before, now, c.at(now.Gate.Origin, "break_glass", "timeout")))
	}
	c.groups(before.Gate.Groups, now.Gate.Groups, glassWider)
}
