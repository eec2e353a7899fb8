/** A section of a declarative pipeline: what it does not declare is a mistake. */
class Section {
    def methodMissing(String name, args) { throw new Mistake("${getClass().simpleName} knows no ${name}") }

    def propertyMissing(String name) { throw new Mistake("${getClass().simpleName} knows no ${name}") }

    /** Fills a section from its block. Nothing but the section itself is asked for names. */
    static <T> T read(T section, Closure block) {
        if (block == null) return section
        block = (Closure) block.clone()
        block.delegate = section
        block.resolveStrategy = Closure.DELEGATE_ONLY
        block.call()
        return section
    }

    static void only(Map arguments, String... known) {
        def unknown = arguments.keySet() - (known as Set)
        if (unknown) throw new Mistake("unknown arguments ${unknown}")
    }
}
