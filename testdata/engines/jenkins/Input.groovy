class Input extends Section {
    String message, submitter, submitterParameter

    void message(String s) { message = s }
    void ok(String s) { }
    void submitter(String s) { submitter = s }
    void submitterParameter(String s) { submitterParameter = s }
}
