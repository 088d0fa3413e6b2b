package nixio;

/**
 * Who is at the other end of a UNIX socket, as of connect(2) or socketpair(2); see unix(7).
 *
 * @param pid the process, 0 where it is not visible
 * @param uid the user
 * @param gid the group
 */
public record Credentials(int pid, int uid, int gid) {}
