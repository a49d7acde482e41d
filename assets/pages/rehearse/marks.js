// What the presses of Space say about a take, as pechakucha/show/marks.py and work.py have it.

const GRACE_SHARE = 0.25;
const TIGHT_SHARE = 0.9;
const SHORT_SHARE = 0.5;
const MOST_WORK = 3;
const REASONS = ["over", "notes", "unmarked", "tight", "short"];

/**
 * Which slide of the take (0-based) a press counts for, and the seconds used: { index, used }; or null.
 *
 * A press counts for the slide on stage; in its first five seconds it still counts for the slide before,
 * unless that one is marked already. Of two presses for one slide the later one is right.
 */
function countedFor(marks, elapsed, slides, seconds) {
  const place = Math.min(slides, Math.floor(elapsed / seconds));
  const into = elapsed - place * seconds;
  const before = place - 1;
  if (before >= 0 && !marks.has(before) && into < GRACE_SHARE * seconds) {
    return { index: before, used: seconds + into };
  }
  return place >= 0 && place < slides ? { index: place, used: into } : null;
}

/** "over", "tight", "fits", "short" or "unmarked", for seconds used (undefined for no mark). */
function verdictOf(used, seconds) {
  if (used === undefined) return "unmarked";
  if (used > seconds) return "over";
  if (used > TIGHT_SHARE * seconds) return "tight";
  return used < SHORT_SHARE * seconds ? "short" : "fits";
}

/** Seconds between a mark and the next slide, together. */
function silenceOf(marks, seconds) {
  return [...marks.values()].reduce((sum, used) => sum + Math.max(0, seconds - used), 0);
}

/**
 * The slides that need work most, at most three, the worst first: { index, reason, seconds }.
 *
 * needed: seconds that the notes of each slide of the take need.
 */
function workOf(marks, needed, seconds) {
  const found = needed.map((each, index) => workAt(index, marks, each, seconds)).filter(Boolean);
  const mildness = (work) => (work.reason === "tight" ? work.seconds : -work.seconds);
  const rank = (work) => REASONS.indexOf(work.reason);
  found.sort((one, other) => rank(one) - rank(other) || mildness(one) - mildness(other));
  return found.slice(0, MOST_WORK);
}

function workAt(index, marks, needed, seconds) {
  const used = marks.get(index);
  const verdict = verdictOf(used, seconds);
  if (used !== undefined) {
    return verdict === "fits" ? null : { index, reason: verdict, seconds: Math.abs(seconds - used) };
  }
  if (needed > seconds) return { index, reason: "notes", seconds: needed };
  return marks.size > 0 ? { index, reason: "unmarked", seconds: 0 } : null;
}
