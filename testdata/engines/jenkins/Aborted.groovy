/** Somebody, or a timeout, aborted the build. */
class Aborted extends RuntimeException {
    Aborted(String message) { super(message) }
}
