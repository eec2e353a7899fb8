class Post extends Section {
    Map<String, Closure> conditions = [:]

    void always(Closure c) { conditions.always = c }
    void success(Closure c) { conditions.success = c }
    void failure(Closure c) { conditions.failure = c }
    void unsuccessful(Closure c) { conditions.unsuccessful = c }
    void cleanup(Closure c) { conditions.cleanup = c }

    /** The blocks that are to run, in the order that the documentation gives. */
    List<Closure> after(String result) {
        def wanted = [always: true, failure: result == 'FAILURE', success: result == 'SUCCESS', unsuccessful: result != 'SUCCESS', cleanup: true]
        wanted.findAll { it.value && conditions[it.key] }.collect { conditions[it.key] }
    }
}
