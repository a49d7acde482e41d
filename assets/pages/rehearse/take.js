// One take: which slide is due is a function of its start and the time now; nothing counts slides.

const COUNT_IN_S = 3;
const CLOSE_S = 5;

/**
 * A take that counts in from this moment (milliseconds of the clock).
 *
 * t0: when its first slide is due. first, last: 0-based. drill: whether it begins again and again.
 * heldAt: since when time stands still, null while it runs.
 */
function takeFrom(moment, { first, last, seconds, drill = false }) {
  return { t0: moment + COUNT_IN_S * 1000, first, last, seconds, drill, heldAt: null };
}

/** The same take, as many milliseconds later (or, below 0, earlier). */
function shifted(take, ms) {
  return { ...take, t0: take.t0 + ms };
}

/** Time stands still from this moment on, or goes on with what the slide had left. */
function heldOrGoingOn(take, moment) {
  if (take.heldAt === null) return { ...take, heldAt: moment };
  return { ...shifted(take, moment - take.heldAt), heldAt: null };
}

/** Seconds since the first slide was due, below 0 during the count-in; holds left out. */
function elapsedOf(take, moment) {
  const elapsed = ((take.heldAt ?? moment) - take.t0) / 1000;
  if (!take.drill || elapsed < 0) return elapsed;
  const round = take.seconds + COUNT_IN_S;
  const into = elapsed % round;
  return into < take.seconds ? into : into - round;
}

/**
 * What is due: phase "count-in", "slide" or "over"; the slide's 0-based index; seconds left of the
 * count-in or the slide; seconds left of the take; milliseconds until the figure or the slide changes.
 */
function due(take, moment) {
  const elapsed = elapsedOf(take, moment);
  const length = (take.last - take.first + 1) * take.seconds;
  if (elapsed >= length) {
    return { phase: "over", index: take.last, left: 0, leftInAll: 0, changesIn: Infinity };
  }
  const place = Math.max(0, Math.floor(elapsed / take.seconds));
  const left = elapsed < 0 ? -elapsed : (place + 1) * take.seconds - elapsed;
  return {
    phase: elapsed < 0 ? "count-in" : "slide",
    index: take.first + place,
    left,
    leftInAll: length - Math.max(0, elapsed),
    changesIn: take.heldAt === null ? (left - Math.ceil(left) + 1) * 1000 : Infinity,
  };
}

/** Seconds as a figure that reaches 0 with the slide: 19.2 is 20. */
function figureOf(seconds) {
  return Math.max(0, Math.ceil(seconds - 1e-6));
}

/** Seconds as 5:29. */
function minutesOf(seconds) {
  const whole = figureOf(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
