package nixio.traces;

/** How a step came out. */
enum Verdict {
  RECORDED,
  DIFFERENT,
  NOT_COVERED,
  /** The machine, or the user, is not the recording's. */
  ELSEWHERE,
  FAILED
}
