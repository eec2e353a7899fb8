/** Something in the Jenkinsfile that this emulator, and so the generator, does not know. */
class Mistake extends RuntimeException {
    Mistake(String message) { super(message) }
}
