/** The BSD socket as it is, in pure Java on the Foreign Function and Memory API. */
module nixio {
  requires com.google.common;
  requires static info.picocli;
  requires static jdk.jfr;
  requires static jdk.management;
  requires static jdk.net;

  exports nixio;
  exports nixio.netlink;
  exports nixio.packet;

  opens nixio.tool to
      info.picocli;
}
