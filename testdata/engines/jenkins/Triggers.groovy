class Triggers extends Section {
    void cron(String spec) {
        if (!(spec ==~ /TZ=Etc\/UTC\n\S+ \S+ \S+ \S+ \S+/)) throw new Mistake("no time in UTC: ${spec}")
    }
}
