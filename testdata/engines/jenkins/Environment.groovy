/** An environment block: its assignments, evaluated when the stage begins. */
class Environment {
    private final Map values = [:]
    private final Object known

    Environment(Object env) { this.@known = env }

    void setProperty(String name, Object value) { this.@values[name] = value.toString() }

    Object getProperty(String name) {
        if (name == 'env') return this.@known
        throw new Mistake("an environment block knows no ${name}")
    }

    static Map of(Closure block, Object env) {
        def e = new Environment(env)
        Section.read(e, block)
        return e.@values
    }
}
