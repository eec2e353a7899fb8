import java.nio.file.FileSystems

/** What a Jenkinsfile is: the steps that are generated, and no others. */
abstract class Declarative extends Script {
    Build build

    void pipeline(Closure c) { build.pipeline(Section.read(new Pipeline(), c)) }

    Env getEnv() { new Env(build) }

    String getScm() { 'scm' }

    Object getCurrentBuild() { new CurrentBuild(build: build) }

    def methodMissing(String name, args) { throw new Mistake("unknown step ${name}") }

    def propertyMissing(String name) { throw new Mistake("unknown name ${name}") }

    // --- Steps ----------------------------------------------------------------------

    void script(Closure c) { c.call() }

    void error(String message) { throw new Failed(message) }

    def node(String label, Closure c) { build.on(label, c) }

    def timeout(Map m, Closure c) { Section.only(m, 'time', 'unit'); c.call() }

    def withEnv(List<String> pairs, Closure c) {
        build.within(pairs.collectEntries { def at = it.indexOf('='); [it.substring(0, at), it.substring(at + 1)] }, c)
    }

    Map string(Map m) { Section.only(m, 'credentialsId', 'variable'); m }

    def withCredentials(List<Map> bindings, Closure c) {
        build.within(bindings.collectEntries {
            if (!build.request.credentials.containsKey(it.credentialsId)) throw new Failed("Could not find credentials entry with ID '${it.credentialsId}'")
            [it.variable, build.request.credentials[it.credentialsId]]
        }, c)
    }

    void catchError(Map m, Closure c) {
        Section.only(m, 'buildResult', 'stageResult')
        try {
            c.call()
        } catch (Failed e) {
            build.print("ERROR: ${e.message}")
            if (m.buildResult != 'SUCCESS') build.result = m.buildResult
        }
    }

    void sh(Map m) {
        Section.only(m, 'label', 'script')
        build.print("[Step] ${m.label}")
        def file = File.createTempFile('script', '.sh')
        file.setText(m.script, 'UTF-8')
        file.setExecutable(true)
        try {
            exec(m.script.startsWith('#!') ? [file.path] : ['sh', '-xe', file.path])
        } catch (Failed e) {
            // The time of the stage was over: Jenkins interrupts the step, and the build is aborted.
            if (new File(build.request.env.E2E_STATE, 'overran').delete()) throw new Aborted('Timeout has been exceeded')
            throw e
        } finally {
            file.delete()
        }
    }

    void bat(Map m) { throw new Mistake('this emulator has no Windows agents') }
    void pwsh(Map m) { throw new Mistake('this emulator has no Windows agents') }
    void powershell(Map m) { throw new Mistake('this emulator has no Windows agents') }

    String readFile(String path) { new File(build.workspace, path).getText('UTF-8') }

    /** All branches and tags, the commit detached, without an identity; earlier files stay. */
    void checkout(String scm) {
        if (!new File(build.workspace, '.git').exists()) {
            exec(['git', 'init', '--quiet', '.'])
            exec(['git', 'remote', 'add', 'origin', build.request.remote])
        }
        exec(['git', 'fetch', '--quiet', '--tags', '--force', '--prune', build.request.env.E2E_FROM, '+refs/heads/*:refs/remotes/origin/*'])
        exec(['git', 'checkout', '--quiet', '--force', '--detach', build.request.commit])
    }

    void junit(Map m) {
        Section.only(m, 'testResults', 'allowEmptyResults', 'skipMarkingBuildUnstable')
        def files = find(m.testResults)
        if (!files && !m.allowEmptyResults) throw new Failed('No test report files were found.')
        if (!m.skipMarkingBuildUnstable && files.any { (new XmlSlurper().parse(it).@failures.text() ?: '0') != '0' } && build.result == 'SUCCESS') build.result = 'UNSTABLE'
    }

    void archiveArtifacts(Map m) {
        Section.only(m, 'artifacts', 'fingerprint')
        keep(m.artifacts, new File(build.request.artifacts as String, "${build.request.env.JOB_NAME}/${build.request.env.BUILD_NUMBER}"))
    }

    String specific(String number) { number }

    void copyArtifacts(Map m) {
        Section.only(m, 'projectName', 'selector', 'filter')
        def folder = new File(build.request.artifacts as String, "${m.projectName}/${m.selector}")
        if (folder.exists() && !find(m.filter, folder)) throw new Failed("Failed to copy artifacts from ${m.projectName} with filter: ${m.filter}")
        fetch(folder, "${m.projectName} #${m.selector}", m.filter)
    }

    void stash(Map m) {
        Section.only(m, 'name', 'includes')
        keep(m.includes, new File(build.request.artifacts as String, "stash-${build.request.id}/${m.name}"))
    }

    void unstash(String name) { fetch(new File(build.request.artifacts as String, "stash-${build.request.id}/${name}"), name, '**') }

    // --- How ------------------------------------------------------------------------

    /**
     * Files by an Ant pattern; one that ends with a slash means everything below. Not FileNameFinder: it needs Ant. What git and
     * editors keep is left out, as Ant does.
     */
    private List<File> find(String pattern, File folder = build.workspace) {
        def root = folder.toPath()
        def wanted = pattern.split(/,\s*/).collect { p ->
            // In a glob of Java, ** means at least one folder where a slash follows; in Ant it means any number.
            FileSystems.default.getPathMatcher('glob:{' + [p.endsWith('/') ? p + '**' : p].collectMany { [it, it.replace('**/', '')] }.unique().join(',') + '}')
        }
        def found = []
        folder.traverse(type: groovy.io.FileType.FILES, preDir: { it.name == '.git' ? groovy.io.FileVisitResult.SKIP_SUBTREE : groovy.io.FileVisitResult.CONTINUE }) { f ->
            if (f.name in ['.gitignore', '.gitattributes', '.gitmodules', '.DS_Store'] || f.name.endsWith('~')) return
            if (wanted.any { it.matches(root.relativize(f.toPath())) }) found << f
        }
        found.sort()
    }

    private void keep(String pattern, File folder) {
        def files = find(pattern)
        if (!files) throw new Failed("No artifacts found that match the file pattern \"${pattern}\"")
        files.each { f ->
            def to = new File(folder, build.workspace.toPath().relativize(f.toPath()).toString())
            to.parentFile.mkdirs()
            to.bytes = f.bytes
        }
    }

    private void fetch(File folder, String name, String pattern) {
        if (!folder.exists()) throw new Failed("there is no artifact of ${name}")
        find(pattern, folder).each { f ->
            def to = new File(build.workspace, folder.toPath().relativize(f.toPath()).toString())
            to.parentFile.mkdirs()
            to.bytes = f.bytes
        }
    }

    private void exec(List<String> command) {
        build.alive()
        def p = new ProcessBuilder(command).directory(build.workspace).redirectErrorStream(true)
        p.environment().clear()
        p.environment().putAll(build.variables().collectEntries { k, v -> [k.toString(), v.toString()] })
        def process = p.start()
        process.outputStream.close()
        process.inputStream.eachLine('UTF-8') { build.print(it) }
        int code = process.waitFor()
        build.alive()
        if (code != 0) throw new Failed("script returned exit code ${code}")
    }
}
