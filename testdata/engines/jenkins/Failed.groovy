/** A step failed. */
class Failed extends RuntimeException {
    Failed(String message) { super(message) }
}
