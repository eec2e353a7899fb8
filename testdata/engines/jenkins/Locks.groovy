/** The lockable resources of controllers: a name is one resource for all projects of a controller, whoever asks first has it first. */
class Locks {
    private static final Map<String, List<Build>> waiting = [:]

    static void take(String controller, String resource, Build build) {
        synchronized (waiting) {
            def queue = waiting.computeIfAbsent("${controller} ${resource}".toString()) { [] }
            queue << build
            while (!queue[0].is(build)) {
                waiting.wait(50)
                if (build.dead) { queue.removeAll { it.is(build) }; throw new Killed() }
            }
        }
    }

    static void giveBack(String controller, String resource, Build build) {
        synchronized (waiting) {
            waiting["${controller} ${resource}".toString()].removeAll { it.is(build) }
            waiting.notifyAll()
        }
    }
}
