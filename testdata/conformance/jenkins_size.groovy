// The bytes of code that the methods of Jenkinsfiles have on Jenkins: a line a method, with its file. Jenkins itself is not here. This
// builds the tree that Jenkins builds, and has the line of Groovy that Jenkins uses (2.4) compile it; what is measured is real bytecode
// of a tree of ours.
//
// The tree follows two transformations, as their sources were in November 2026: of the section `pipeline` into constructors
// (RuntimeASTTransformer of pipeline-model-definition, script splitting off), and of every method into one expression of calls of a
// builder (CpsTransformer of workflow-cps, with its safepoints). A closure is a part of that expression, so all of a pipeline is in one method.
import groovy.transform.Field
import org.codehaus.groovy.ast.*
import org.codehaus.groovy.ast.builder.AstBuilder
import org.codehaus.groovy.ast.expr.*
import org.codehaus.groovy.ast.stmt.*
import org.codehaus.groovy.control.*
import org.codehaus.groovy.syntax.Token
import org.codehaus.groovy.syntax.Types

@Field ClassNode BUILDER_TYPE = known('Builder')
@Field VariableExpression BUILDER = new VariableExpression('b', BUILDER_TYPE)
BUILDER.accessedVariable = BUILDER
@Field Set locals = []

ClassNode known(String name) { new ClassNode('stand.in.' + name, 1, ClassHelper.OBJECT_TYPE) }

// --- The tree of a builder --------------------------------------------------------

Expression node(String method, Expression... arguments) { new MethodCallExpression(BUILDER, method, new TupleExpression(arguments as List)) }
Expression number(ASTNode at) { new ConstantExpression(at.lineNumber, true) }
Expression flag(boolean b) { new ConstantExpression(b, true) }
Expression text(Object s) { new ConstantExpression(s) }
Expression constant(Object value) { node('constant', new ConstantExpression(value)) }
Expression list(List<Expression> of) { node('list', *of) }
Expression map(List<Expression> pairs) { node('map', *pairs) }
Expression make(String type, List<Expression> arguments) { node('new_', new ConstantExpression(-1, true), new ClassExpression(known(type)), *arguments) }
Expression call(String type, String method, Expression... arguments) { node('functionCall', new ConstantExpression(-1, true), node('constant', new ClassExpression(known(type))), constant(method), flag(false), *arguments) }
Expression nothing() { constant(null) }

Expression safely(Expression... statements) {
    node('block', node('staticCall', new ConstantExpression(-1, true), new ClassExpression(known('Safepoint')), text('safepoint')), node('block', *statements))
}

Expression closure(ASTNode at, List<Expression> statements) {
    node('closure', number(at), new ListExpression([new ClassExpression(ClassHelper.OBJECT_TYPE)]), new ListExpression([text('it')]), safely(*statements))
}

Expression returned(Expression e) { node('closure', new ConstantExpression(-1, true), new ListExpression([new ClassExpression(ClassHelper.OBJECT_TYPE)]), new ListExpression([text('it')]), safely(node('return_', e))) }

List<Statement> statements(Statement s) { s instanceof BlockStatement ? s.statements : [s] }

Expression statement(Statement s) {
    switch (s) {
        case ExpressionStatement: return expression(s.expression)
        case ReturnStatement: return node('return_', expression(s.expression))
        case BlockStatement: return node('block', *s.statements.collect { statement(it) })
        case EmptyStatement: return node('noop')
        case IfStatement: return node('if_', expression(s.booleanExpression), statement(s.ifBlock), statement(s.elseBlock))
        case ForStatement:
            locals << s.variable.name
            return node('forInLoop', number(s), text(null), new ClassExpression(ClassHelper.OBJECT_TYPE), text(s.variable.name), expression(s.collectionExpression), safely(statement(s.loopBlock)))
    }
    throw new IllegalArgumentException("a statement that is not generated: ${s}")
}

Expression expression(Expression e) {
    switch (e) {
        case TernaryExpression: return node('ternaryOp', number(e), expression(e.booleanExpression), expression(e.trueExpression), expression(e.falseExpression))
        case BooleanExpression: return expression(e.expression)
        case DeclarationExpression:
            locals << e.variableExpression.name
            return node('declareVariable', number(e), new ClassExpression(ClassHelper.OBJECT_TYPE), text(e.variableExpression.name), expression(e.rightExpression))
        case MethodCallExpression:
            def on = e.implicitThis ? node('javaThis_') : expression(e.objectExpression)
            return node('functionCall', number(e), on, expression(e.method), flag(false), *arguments(e).collect { expression(it) })
        case ClosureExpression: return closure(e, statements(e.code).collect { statement(it) })
        case MapExpression: return map(e.mapEntryExpressions.collectMany { [expression(it.keyExpression), expression(it.valueExpression)] })
        case ListExpression: return list(e.expressions.collect { expression(it) })
        case GStringExpression: return node('gstring', number(e), list(e.values.collect { expression(it) }), list(e.strings.collect { expression(it) }))
        case ConstantExpression: return node('constant', e)
        case PropertyExpression: return node('property', number(e), expression(e.objectExpression), expression(e.property), flag(false))
        case VariableExpression:
            return e.name in locals ? node('localVariable', number(e), text(e.name)) : node('property', number(e), node('javaThis_'), text(e.name))
        case BinaryExpression:
            def names = [(Types.PLUS): 'plus', (Types.COMPARE_EQUAL): 'compareEqual', (Types.ASSIGN): 'assign', (Types.EQUAL): 'assign', (Types.LOGICAL_AND): 'logicalAnd']
            return node(names[e.operation.type] ?: { throw new IllegalArgumentException("an operation that is not generated: ${e.operation.text}") }(), number(e), expression(e.leftExpression), expression(e.rightExpression))
    }
    throw new IllegalArgumentException("an expression that is not generated: ${e}")
}

// --- The sections of a pipeline -----------------------------------------------------

List<Expression> arguments(MethodCallExpression c) {
    def all = c.arguments.expressions
    // Named arguments are the last of a call in the text, and the first of it in the tree.
    all.collect { it instanceof NamedArgumentListExpression ? new MapExpression(it.mapEntryExpressions) : it }
}

List<MethodCallExpression> calls(ClosureExpression of) { statements(of.code).collect { it.expression } }

Map<String, MethodCallExpression> sections(ClosureExpression of) { calls(of).collectEntries { [it.methodAsString, it] } }

ClosureExpression body(MethodCallExpression c) { c ? arguments(c).last() : null }

Expression describable(MethodCallExpression c) { call('Utils', 'instantiateDescribable', node('constant', new ClassExpression(known('Describable'))), described(arguments(c))) }

Expression described(List<Expression> all) {
    map(all.collectMany { a ->
        a instanceof MapExpression ? a.mapEntryExpressions.collectMany { [expression(it.keyExpression), value(it.valueExpression)] } : [constant('<anonymous>'), value(a)]
    })
}

Expression value(Expression e) { e instanceof MethodCallExpression ? describable(e) : expression(e) }

Expression agent(MethodCallExpression c) {
    if (!c) return nothing()
    def of = arguments(c).last()
    make('Agent', [returned(of instanceof ClosureExpression ? mapped(of) : map([constant('none'), constant(true)]))])
}

Expression mapped(ClosureExpression of) {
    map(calls(of).collectMany { c -> def a = arguments(c)[0]; [expression(c.method), a instanceof ClosureExpression ? mapped(a) : expression(a)] })
}

Expression environment(MethodCallExpression c) {
    if (!c) return nothing()
    def set = statements(body(c).code).collectMany { s -> [constant(s.expression.leftExpression.name), returned(expression(s.expression.rightExpression))] }
    make('Environment', [call('EnvironmentResolver', 'instanceFromMap', map(set)), call('EnvironmentResolver', 'instanceFromMap', map([]))])
}

Expression options(MethodCallExpression c, boolean ofStage) {
    if (!c) return nothing()
    def wrappers = [], properties = [], others = []
    calls(body(c)).each { o ->
        if (o.methodAsString in ['lock', 'timeout', 'timestamps']) wrappers += [constant(o.methodAsString), arguments(o) ? expression(arguments(o)[0]) : nothing()]
        else if (o.methodAsString == 'skipDefaultCheckout') others += [constant(o.methodAsString), describable(o)]
        else properties << describable(o)
    }
    ofStage ? make('StageOptions', [map(others), map(wrappers)]) : make('Options', [list(properties), map(others), map(wrappers)])
}

Expression describables(String type, MethodCallExpression c) { c ? make(type, [list(calls(body(c)).collect { describable(it) })]) : nothing() }

Expression steps(MethodCallExpression c) { c ? call('Utils', 'createStepsBlock', expression(body(c))) : nothing() }

Expression post(String type, MethodCallExpression c) { c ? make(type, [map(calls(body(c)).collectMany { [constant(it.methodAsString), steps(it)] })]) : nothing() }

Expression when(MethodCallExpression c) {
    if (!c) return nothing()
    def before = calls(body(c))*.methodAsString
    def conditions = calls(body(c)).findAll { !it.methodAsString.startsWith('before') }.collect { describable(it) }
    make('StageConditionals', [returned(list(conditions)), *['beforeAgent', 'beforeInput', 'beforeOptions'].collect { constant(it in before) }])
}

Expression input(MethodCallExpression c, String stage) {
    if (!c) return nothing()
    def of = sections(body(c))
    make('StageInput', ['message', 'id', 'ok', 'submitter', 'submitterParameter'].collect { of[it] ? expression(arguments(of[it])[0]) : constant(it == 'id' ? stage : null) } + [nothing()])
}

Expression tools(MethodCallExpression c) { c ? make('Tools', [map(calls(body(c)).collectMany { [expression(it.method), returned(expression(arguments(it)[0]))] })]) : nothing() }

Expression stages(String type, MethodCallExpression c) { c ? make(type, [list(calls(body(c)).collect { stage(it) })]) : nothing() }

Expression stage(MethodCallExpression c) {
    def name = arguments(c)[0].value, of = sections(body(c))
    make('Stage', [constant(name), steps(of.steps), agent(of.agent), post('PostStage', of.post), when(of.when), tools(of.tools), environment(of.environment),
        constant(false), options(of.options, true), input(of.input, name), stages('Stages', of.stages), stages('Parallel', of.parallel), nothing()])
}

Expression pipeline(MethodCallExpression c) {
    def of = sections(body(c))
    def root = make('Root', [agent(of.agent), stages('Stages', of.stages), post('PostBuild', of.post), environment(of.environment), tools(of.tools),
        options(of.options, false), describables('Triggers', of.triggers), describables('Parameters', of.parameters), nothing(), constant('uuid')])
    node('functionCall', number(c), node('javaThis_'), constant('pipeline'), flag(false), returned(root))
}

// --- Compiled -------------------------------------------------------------------------

/** The lengths of the code of the methods that the bodies become, by name. */
Map<String, Integer> compiled(Map<String, Expression> bodies) {
    def unit = new CompilationUnit()
    unit.addSource('M.groovy', 'class M {}')
    unit.addPhaseOperation({ SourceUnit source, classgen, ClassNode c ->
        bodies.each { name, tree ->
            def builder = new MethodCallExpression(new ConstructorCallExpression(BUILDER_TYPE, new TupleExpression(new ConstructorCallExpression(known('MethodLocation'), new TupleExpression(text('WorkflowScript'), text(name), text('WorkflowScript'))))), 'withClosureType', new TupleExpression(new ClassExpression(known('CpsClosure2'))))
            builder = new MethodCallExpression(builder, 'contextualize', new TupleExpression(new PropertyExpression(new ClassExpression(known('Untrusted')), 'INSTANCE')))
            c.addMethod(name, 0x1a, ClassHelper.OBJECT_TYPE, new Parameter[0], new ClassNode[0], new BlockStatement([
                new ExpressionStatement(new DeclarationExpression(BUILDER, new Token(Types.ASSIGN, '=', -1, -1), builder)),
                new ReturnStatement(new ConstructorCallExpression(known('CpsFunction'), new TupleExpression(new ListExpression([]), safely(tree))))], new VariableScope()))
        }
    } as CompilationUnit.PrimaryClassNodeOperation, Phases.CANONICALIZATION)
    unit.compile(Phases.CLASS_GENERATION)
    lengths(unit.classes.find { it.name == 'M' }.bytes).subMap(bodies.keySet())
}

/** The lengths of code, by method, as the class file says them. */
Map<String, Integer> lengths(byte[] file) {
    def at = new DataInputStream(new ByteArrayInputStream(file))
    at.skipBytes(8)
    def names = [:]
    int constants = at.readUnsignedShort()
    for (int i = 1; i < constants; i++) {
        switch (at.readUnsignedByte()) {
            case 1: names[i] = at.readUTF(); break
            case [3, 4, 9, 10, 11, 12, 17, 18]: at.skipBytes(4); break
            case [5, 6]: at.skipBytes(8); i++; break
            case [7, 8, 16]: at.skipBytes(2); break
            case 15: at.skipBytes(3); break
        }
    }
    at.skipBytes(6)
    at.skipBytes(2 * at.readUnsignedShort())
    def sizes = [:]
    2.times { round ->
        for (int n = at.readUnsignedShort(); n > 0; n--) {
            at.skipBytes(2)
            def name = names[at.readUnsignedShort()]
            at.skipBytes(2)
            for (int a = at.readUnsignedShort(); a > 0; a--) {
                def kind = names[at.readUnsignedShort()]
                int length = at.readInt()
                if (kind == 'Code') {
                    at.skipBytes(4)
                    sizes[name] = at.readInt()
                    at.skipBytes(length - 8)
                } else at.skipBytes(length)
            }
        }
    }
    sizes
}

args.each { file ->
    def parsed = new AstBuilder().buildFromString(CompilePhase.CONVERSION, false, new File(file).getText('UTF-8'))
    def bodies = [:]
    parsed[0].statements.each { s -> bodies.run = pipeline(s.expression) }
    parsed.findAll { it instanceof ClassNode }.each { c ->
        c.methods.findAll { !(it.name in ['main', 'run']) }.each { m ->
            locals.clear()
            locals.addAll(m.parameters*.name)
            bodies[m.name] = node('block', *statements(m.code).collect { statement(it) })
        }
    }
    try {
        compiled(bodies).each { name, size -> println "${file} ${name} ${size}" }
    } catch (e) {
        println "${file} run ${e.message.contains('too large') ? 'too-large' : e}"
    }
}
