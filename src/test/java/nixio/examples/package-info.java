/**
 * The examples of the documents and the javadoc. Each is a region of a method that prints its
 * results; behind each print stands, as a comment, what it prints, which ExamplesTest compares. In
 * those comments, {@code ...} stands for anything.
 */
package nixio.examples;
