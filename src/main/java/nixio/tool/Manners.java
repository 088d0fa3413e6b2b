package nixio.tool;

import java.time.Duration;

/**
 * When a conversation ends.
 *
 * @param shutdown whether the end of standard input is passed on
 * @param quit how long after that end, or null: not because of it
 * @param idle after how long a silence, or null: any may be borne
 */
record Manners(boolean shutdown, Duration quit, Duration idle) {}
