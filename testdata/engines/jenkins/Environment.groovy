/** An environment block: its assignments, evaluated when the stage begins. */
class Environment {
    private final Map values = [:]
    private final Map known

    Environment(Map known) { this.@known = known }

    void setProperty(String name, Object value) { this.@values[name] = value.toString() }

    Object getProperty(String name) {
        if (this.@known.containsKey(name)) return this.@known[name]
        throw new Mistake("an environment block knows no ${name}")
    }

    static Map of(Closure block, Build build) {
        def e = new Environment([env: new Env(build), currentBuild: new CurrentBuild(build: build)])
        Section.read(e, block)
        return e.@values
    }
}
