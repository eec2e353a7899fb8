class Pipeline extends Section {
    Agent agent
    Options options = new Options()
    Parameters parameters = new Parameters()
    Closure environment
    List<Stage> stages
    Post post = new Post()

    void agent(String none) { agent = new Agent(isNone: true) }
    void agent(Closure c) { agent = read(new Agent(), c) }
    String getNone() { 'none' }
    void options(Closure c) { read(options, c) }
    void parameters(Closure c) { read(parameters, c) }
    void triggers(Closure c) { read(new Triggers(), c) }
    void environment(Closure c) { environment = c }
    void stages(Closure c) { stages = read(new Stages(), c).all }
    void post(Closure c) { read(post, c) }
}
