// An EMULATOR of Jenkins' declarative pipelines, not Jenkins: it follows the documented order of a stage (when, options, input,
// agent, environment, steps, post) and knows exactly the sections, options and steps that are generated; everything else is an
// error. There is no CPS, no sandbox, no queue; approvals and locks are the test's.
//
// One line of JSON on the standard input starts a build ({"id", "file", "env", …}: see Build) or kills one ({"kill": id}); when a
// build ends, "ID CODE" is printed: 0 success, 1 failure, 2 aborted, 3 a mistake in the Jenkinsfile, 4 killed.
import groovy.json.JsonSlurper
import java.util.concurrent.ConcurrentHashMap
import org.codehaus.groovy.control.CompilerConfiguration

def builds = new ConcurrentHashMap()
def out = System.out

int carryOut(Build build) {
    def configuration = new CompilerConfiguration()
    configuration.scriptBaseClass = Declarative.name
    try {
        def script = new GroovyShell(Declarative.classLoader, new Binding(), configuration).parse(new File(build.request.file as String).getText('UTF-8'), 'Jenkinsfile.groovy')
        script.setBuild(build) // not .build: a script's properties go into its binding
        build.script = script
        script.run()
        return build.code()
    } catch (Killed e) {
        return 4
    } catch (Throwable e) {
        build.print("EMULATOR: ${e}\n" + e.stackTrace.findAll { it.fileName?.endsWith('file') || it.fileName?.endsWith('.groovy') }.take(8).join('\n'))
        return 3
    } finally {
        build.close()
    }
}

System.in.eachLine { line ->
    def request = new JsonSlurper().parseText(line)
    if (request.kill) {
        builds[request.kill]?.dead = true
        return
    }
    def build = new Build(request)
    builds[request.id] = build
    Thread.start {
        int code = carryOut(build)
        synchronized (out) {
            out.println("${request.id} ${code}")
            out.flush()
        }
    }
}
