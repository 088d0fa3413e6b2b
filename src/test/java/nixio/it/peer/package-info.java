/** What runs inside the containers: a program that uses the library as a test tells it to. */
package nixio.it.peer;
