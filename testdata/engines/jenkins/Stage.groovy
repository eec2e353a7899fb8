class Stage extends Section {
    String name
    Agent agent
    Options options = new Options()
    When when
    Input input
    Closure environment, steps
    List<Stage> stages, parallel
    Post post = new Post()

    void agent(Closure c) { agent = read(new Agent(), c) }
    void options(Closure c) { read(options, c) }
    void when(Closure c) { when = read(new When(), c) }
    void input(Closure c) { input = read(new Input(), c) }
    void environment(Closure c) { environment = c }
    void steps(Closure c) { steps = c }
    void stages(Closure c) { stages = read(new Stages(), c).all }
    void parallel(Closure c) { parallel = read(new Stages(), c).all }
    void post(Closure c) { read(post, c) }
}
