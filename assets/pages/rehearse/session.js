// What the presenter does: takes, marks, running along.

const NUDGE_MS = 500;
const REMARK_MS = 5000;

/**
 * first: 0-based, where the next take begins. marks: of the take, seconds used by the slide's index
 * within it. last: the take that the bars are of. inStep: by "hand" or "code", "" before. wrong: whether
 * the remark is about a mistake. leaving: whether it asks to stop once more.
 */
const session = {
  mode: "rehearse",
  first: 0,
  take: null,
  marks: new Map(),
  takes: 0,
  last: null,
  nudged: 0,
  inStep: "",
  remark: "",
  remarkUntil: 0,
  wrong: false,
  leaving: false,
};

/** What is due now, or that nothing has begun. */
function stateAt(moment) {
  if (session.take !== null) return due(session.take, moment);
  const inAll = (SLIDES.length - session.first) * SECONDS;
  return { phase: "ready", index: session.first, left: SECONDS, leftInAll: inAll, changesIn: Infinity };
}

function isRunning(state) {
  return state.phase === "count-in" || state.phase === "slide";
}

/** Says something for a while; its words are found when it is shown, in the language then chosen. */
function remark(moment, code, params = {}) {
  session.remark = () => say(code, params);
  session.remarkUntil = moment + REMARK_MS;
  session.wrong = code.startsWith("problem.");
  session.leaving = code === "page.stop-again";
}

/** Counts in and begins with a slide (0-based). */
function start(moment, first = session.first, { drill = false } = {}) {
  keepTake(moment);
  const last = drill ? first : SLIDES.length - 1;
  session.take = takeFrom(moment, { first, last, seconds: SECONDS, drill });
  session.first = first;
  session.marks = new Map();
  session.nudged = 0;
  session.remarkUntil = 0;
  session.inStep = session.mode === "along" ? "hand" : "";
  if (session.mode === "rehearse" && !drill) session.takes += 1;
}

/** What a take has passed: the slides whose time was over, and one that is marked before. */
function soFar(moment) {
  const { take, marks } = session;
  if (take === null) return { first: 0, passed: 0, marks: new Map() };
  const slides = take.last - take.first + 1;
  const over = Math.min(slides, Math.max(0, Math.floor(elapsedOf(take, moment) / SECONDS)));
  return { first: take.first, passed: over + (marks.has(over) ? 1 : 0), marks };
}

/** What a take leaves. One broken off without a mark says nothing. */
function keepTake(moment) {
  const { take, mode } = session;
  if (take === null || take.drill || mode !== "rehearse") return;
  const left = soFar(moment);
  if (left.passed === take.last - take.first + 1 || left.marks.size > 0) session.last = left;
}

/** Back to before the start. */
function stop(moment) {
  if (session.take === null) return;
  const { index } = stateAt(moment);
  keepTake(moment);
  if (session.take.drill) session.first = index;
  session.take = null;
  session.remarkUntil = 0;
}

/** Back, but on the day no single press ends anything. */
function stopIfMeant(moment) {
  const asked = session.leaving && moment < session.remarkUntil;
  if (session.mode === "along" && isRunning(stateAt(moment)) && !asked) remark(moment, "page.stop-again");
  else stop(moment);
}

/** Space: what was to be said has been said. */
function mark(moment) {
  const { take, marks } = session;
  const elapsed = elapsedOf(take, moment);
  const counted = take.drill
    ? { index: 0, used: elapsed < 0 ? SECONDS + COUNT_IN_S + elapsed : elapsed }
    : countedFor(marks, elapsed, take.last - take.first + 1, SECONDS);
  if (counted === null || (elapsed < 0 && moment < take.t0)) return;
  marks.set(counted.index, counted.used);
  const number = take.first + counted.index + 1;
  remark(moment, "page.marked", { number, used: () => secondsInWords(counted.used) });
}

function holdOrGoOn(moment) {
  if (isRunning(stateAt(moment))) session.take = heldOrGoingOn(session.take, moment);
}

/** This slide again and again, or no more. */
function drillOrNot(moment, index = stateAt(moment).index) {
  if (session.take?.drill && session.take.first === index) stop(moment);
  else start(moment, index, { drill: true });
}

/** Another slide to begin with; on stage nothing turns a slide but the time. */
function choose(moment, index) {
  const state = stateAt(moment);
  if (isRunning(state)) {
    remark(moment, "page.by-themselves");
  } else if (index >= 0 && index < SLIDES.length) {
    stop(moment);
    session.first = index;
  }
}

function changeMode(moment, mode) {
  if (mode === session.mode) return;
  stop(moment);
  session.mode = mode;
  session.first = 0;
  session.inStep = "";
  session.nudged = 0;
  session.remarkUntil = 0;
}

/** Moves this view alone, by milliseconds; above 0 it shows everything sooner. */
function nudge(moment, ms) {
  if (!isRunning(stateAt(moment))) return;
  session.take = shifted(session.take, -ms);
  session.nudged += ms;
}

/** In step with the talk that a code is of; returns whether it could be read. */
function followCode(moment, code) {
  const read = readCode(code, Date.now());
  if (read.problem !== undefined) {
    remark(moment, `problem.${read.problem}`, read.params);
    return false;
  }
  if (read.seconds === null ? CODE_SECONDS.includes(SECONDS) : read.seconds !== SECONDS) {
    const words = read.seconds === null ? "page.unusual-seconds" : "page.other-seconds";
    remark(moment, words, { seconds: read.seconds, own: SECONDS });
    return false;
  }
  session.first = 0;
  start(moment);
  session.take.t0 = moment + read.startWall - Date.now();
  session.inStep = "code";
  const ours = Number(document.body.dataset.talk);
  if (due(session.take, moment).phase === "over") remark(moment, "page.talk-over");
  else if (ours && read.talk !== null && read.talk !== ours) {
    remark(moment, "page.other-talk", { talk: read.talk, ours });
  }
  return true;
}
