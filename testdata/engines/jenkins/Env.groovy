/** The object env. */
class Env {
    private final Build build

    Env(Build build) { this.@build = build }

    Object getProperty(String name) { this.@build.lookup(name) }

    void setProperty(String name, Object value) { this.@build.globals[name] = value.toString() }
}
