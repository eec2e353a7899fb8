/** The controller or the agent went away: nothing of the build runs any more. */
class Killed extends Error { }
