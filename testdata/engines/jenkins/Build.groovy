import groovy.json.JsonOutput

/**
 * One build. The request holds: id, file (the Jenkinsfile), env (the variables of the build), parameters (what a person gave),
 * credentials (id to text), controller (its name), control (the address of the test's host), workspaces and artifacts (folders), log (a file), remote,
 * commit and user.
 */
class Build {
    final Map request
    final Map globals = Collections.synchronizedMap([:])
    final Writer log
    Script script
    volatile boolean dead
    volatile String result = 'SUCCESS'
    private final ThreadLocal<List> layers = new InheritableThreadLocal<List>() {
        protected List initialValue() { [] }
        protected List childValue(List parent) { parent.collect() }
    }
    private final ThreadLocal<File> place = new InheritableThreadLocal<File>()

    Build(Map request) {
        this.request = request
        log = new FileWriter(request.log, true)
    }

    synchronized void print(Object line) { log.write("${line}\n"); log.flush() }

    void close() { log.close() }

    int code() { ['SUCCESS': 0, 'UNSTABLE': 0, 'FAILURE': 1, 'ABORTED': 2][result] }

    /** Runs a block of steps: its names are those of the Jenkinsfile, whatever sections stand around it. */
    private void perform(Closure steps) {
        steps = (Closure) steps.clone()
        steps.delegate = script
        steps.resolveStrategy = Closure.DELEGATE_ONLY
        steps.call()
    }

    void alive() { if (dead) throw new Killed() }

    // --- Variables: those of the block, those that a script set, those of the build --------

    String lookup(String name) {
        def layer = layers.get().reverse().find { it.containsKey(name) }
        if (layer) return layer[name]
        globals.containsKey(name) ? globals[name] : request.env[name]
    }

    Map variables() {
        def all = [:] + request.env + globals
        layers.get().each { all.putAll(it) }
        all
    }

    def within(Map variables, Closure body) {
        def before = layers.get()
        layers.set(before + [variables])
        try { return body.call() } finally { layers.set(before) }
    }

    File getWorkspace() { place.get() ?: { throw new Mistake('a step needs an agent') }() }

    /** A folder that is used again, by one stage at a time, as an agent's is. */
    def on(String label, Closure body) {
        File folder = null
        for (int n = 1; folder == null; n++) {
            def candidate = new File(request.workspaces as String, "${request.env.JOB_NAME}/${label.replaceAll(/\W+/, '-')}@${n}")
            candidate.parentFile.mkdirs()
            if (new File("${candidate}.busy").mkdir()) folder = candidate
        }
        folder.mkdirs()
        def before = place.get()
        place.set(folder)
        try {
            return within([WORKSPACE: folder.path]) { body.call() }
        } finally {
            place.set(before)
            new File("${folder}.busy").delete()
        }
    }

    // --- The pipeline ---------------------------------------------------------------

    void pipeline(Pipeline p) {
        if (!p.agent?.isNone) throw new Mistake('the pipeline holds an agent while it waits')
        within(parametersOf(p)) {
            within(p.environment ? Environment.of(p.environment, this) : [:]) {
                sequence(p.stages)
                posts(p.post)
            }
        }
    }

    private Map parametersOf(Pipeline p) {
        def unknown = request.parameters.keySet() - p.parameters.all.keySet()
        if (unknown) throw new Mistake("the pipeline has no parameters ${unknown}")
        p.parameters.all.collectEntries { name, m ->
            def value = request.parameters.containsKey(name) ? request.parameters[name] : m.defaultValue
            if (m.choices && !(value in m.choices)) throw new Mistake("the parameter ${name} cannot be '${value}'")
            [name, m.trim ? value.trim() : value]
        }
    }

    private void sequence(List<Stage> stages) {
        for (s in stages) {
            if (result in ['FAILURE', 'ABORTED']) return
            stage(s)
        }
    }

    private void stage(Stage s) {
        alive()
        print("[Stage] ${s.name}")
        if (s.when?.optionsFirst && !s.when.holds(this)) return
        options(s) {
            if (s.when?.inputFirst && !s.when.holds(this)) return
            within(s.input ? ask(s) : [:]) {
                if (s.when?.agentFirst && !s.when.holds(this)) return
                if (s.agent) on(s.agent.label) { body(s) } else body(s)
            }
        }
    }

    /** The wrappers of a stage. A lock comes before the agent, and is given back however the stage ends. */
    private void options(Stage s, Closure inner) {
        if (!s.options.lock) { guarded(inner); return }
        Locks.take(request.controller as String, s.options.lock, this)
        try {
            def name = URLEncoder.encode(s.options.lock, 'UTF-8')
            call("lock?name=${name}")
            try { guarded(inner) } finally { call("unlock?name=${name}") }
        } finally {
            Locks.giveBack(request.controller as String, s.options.lock, this)
        }
    }

    private void guarded(Closure inner) {
        try {
            inner.call()
        } catch (Aborted e) {
            print("Aborted: ${e.message}")
            result = 'ABORTED'
        } catch (Failed e) {
            print("ERROR: ${e.message}")
            result = 'FAILURE'
        }
    }

    private Map ask(Stage s) {
        if (!s.options.minutes) throw new Mistake('an input without a timeout waits for ever')
        def (status, person) = call('approve', JsonOutput.toJson([gate: s.input.message, submitter: s.input.submitter]))
        if (status == 403) throw new Aborted("rejected by ${person}")
        if (status == 408) throw new Aborted('Timeout has been exceeded')
        if (status != 200) throw new Killed()
        s.input.submitterParameter ? [(s.input.submitterParameter): person] : [:]
    }

    private void body(Stage s) {
        if (s.when && !s.when.agentFirst && !s.when.inputFirst && !s.when.optionsFirst && !s.when.holds(this)) return
        within(s.environment ? Environment.of(s.environment, this) : [:]) {
            guarded {
                if (s.steps) perform(s.steps)
                else if (s.stages) sequence(s.stages)
                else if (s.parallel) parallel(s.parallel)
                else throw new Mistake("the stage ${s.name} does nothing")
            }
            posts(s.post)
        }
    }

    private void parallel(List<Stage> stages) {
        def failures = Collections.synchronizedList([])
        stages.collect { s ->
            Thread.start {
                try { stage(s) } catch (Throwable e) { failures << e }
            }
        }*.join()
        if (failures) throw failures[0]
    }

    private void posts(Post post) {
        post.after(result).each { block -> alive(); guarded { perform(block) } }
    }

    /** Asks the test's host. It answers when it has decided. */
    List call(String path, String body = '') {
        def c = new URL("${request.control}/${path}").openConnection()
        c.requestMethod = 'POST'
        c.doOutput = true
        c.outputStream.withWriter { it << body }
        int status = c.responseCode
        alive()
        [status, (status < 400 ? c.inputStream : c.errorStream)?.text?.trim() ?: '']
    }
}
