// What is seen: everything follows from the session and the state that is due.

const NEXT_WORDS = 8;

const FINGERS = matchMedia("(pointer: coarse)");

/** As in the style: the bars of a first take have no room. */
const NO_ROOM = matchMedia("(max-height: 799px), (max-width: 800px)");

let shownNotes = null;

/** Brings everything up to date. */
function show(state, moment) {
  const body = document.body.dataset;
  body.phase = state.phase;
  body.mode = session.mode;
  body.slide = String(state.index + 1);
  showSlide(state);
  showTime(state);
  showNext(state);
  showActions(state, moment);
  showTools(state);
  const over = state.phase === "over" && session.mode === "rehearse";
  byId("work").hidden = !over;
  byId("notes").hidden = over;
  if (!over) showNotes(state.index);
  showReview(over, moment);
}

function showSlide(state) {
  if (state.phase === "over") put(byId("frame"), endCard());
  else if (state.phase === "count-in") put(byId("frame"), countInCard(figureOf(state.left)));
  else put(byId("frame"), pictureFor("stage", state.index));
  if (state.phase !== "over") pictureFor("stage", state.index);
  if (state.index + 1 < SLIDES.length) pictureFor("stage", state.index + 1);
  showBar(state);
}

const cards = new Map();

/** The same element for the same words, so that nothing is built anew ten times a second. */
function card(className, ...words) {
  const name = [className, ...words].join("\n");
  if (!cards.has(name)) {
    const element = made("div", `card ${className}`);
    element.append(...words.map((each) => made("p", "", each)));
    cards.set(name, element);
  }
  return cards.get(name);
}

function countInCard(figure) {
  return card("count-in", document.querySelector("h1").textContent, minutesOrFigure(figure));
}

/** A code that came early counts in for longer than a figure is good for. */
function minutesOrFigure(seconds) {
  return seconds > SECONDS ? minutesOf(seconds) : String(seconds);
}

function endCard() {
  return card("end", say("page.thanks"), document.querySelector("h1").textContent);
}

function showBar(state) {
  const bar = byId("bar");
  if (bar.childElementCount !== SLIDES.length) {
    bar.replaceChildren(...SLIDES.map(() => made("i", "")));
  }
  for (const [index, segment] of [...bar.children].entries()) {
    segment.style.setProperty("--done", String(doneOf(index, state)));
  }
}

/** The share (0 to 1) of a slide that is over. */
function doneOf(index, state) {
  const since = session.take?.first ?? session.first;
  if (index < since || index > state.index) return 0;
  if (state.phase === "over" || index < state.index) return 1;
  return state.phase === "slide" ? 1 - state.left / SECONDS : 0;
}

function showTime(state) {
  const counting = state.phase === "count-in";
  const over = state.phase === "over";
  const figure = over ? "✓" : minutesOrFigure(figureOf(state.left));
  byId("figure").textContent = figure;
  byId("ring").dataset.tone = toneOf(state);
  const share = over ? 1 : Math.min(1, state.left / (counting ? COUNT_IN_S : SECONDS));
  byId("arc").setAttribute("stroke-dasharray", `${(100 * share).toFixed(2)} 100`);
  byId("where").textContent = over
    ? say("page.over", { time: minutesOf((state.index - session.take.first + 1) * SECONDS) })
    : say("page.slide", { number: state.index + 1 });
  byId("of").textContent = over ? "" : say("page.of", { count: SLIDES.length });
  byId("line").textContent = lineOf(state);
  const spoken = over ? byId("where").textContent : say("page.seconds-left", { count: figureOf(state.left) });
  byId("ring").setAttribute("aria-label", spoken);
}

function toneOf(state) {
  if (session.take !== null && session.take.heldAt !== null) return "held";
  if (state.phase !== "slide") return state.phase;
  return state.left <= CLOSE_S ? "close" : "live";
}

function lineOf(state) {
  const time = minutesOf(state.leftInAll);
  if (state.phase === "over") return "";
  if (state.phase === "ready") return say(session.first > 0 ? "page.from-here" : "page.in-all", { time });
  if (session.take.heldAt !== null) return say("page.left-held", { time });
  if (session.take.drill) return say("page.again-and-again");
  if (state.phase === "count-in") return say("page.soon");
  return say("page.left", { time });
}

function showNext(state) {
  const next = state.index + 1;
  const drill = session.take?.drill ?? false;
  const there = next < SLIDES.length && state.phase !== "over" && !drill;
  byId("next").hidden = !there;
  if (!there) return;
  put(byId("next-picture"), pictureFor("next", next));
  const count = figureOf(state.left);
  const when = state.phase === "slide" ? say("page.next-in", { count }) : say("page.next");
  const words = firstWords(next, NEXT_WORDS);
  byId("next-words").textContent = words ? `${when}: ${words}` : when;
}

function showNotes(index) {
  const name = `${language} ${index}`;
  if (name === shownNotes) return;
  shownNotes = name;
  const notes = byId("notes");
  const written = SLIDES[index].notes.textContent.trim() !== "";
  const copy = SLIDES[index].notes.cloneNode(true);
  notes.replaceChildren(written ? copy : made("p", "quiet", say("page.no-notes")));
  fitNotes();
}

/** The biggest type with which all the notes can be seen, or the smallest, scrolled. */
function fitNotes() {
  const notes = byId("notes");
  for (let pixels = 28; pixels >= 17; pixels -= 1) {
    notes.style.setProperty("--size", `${pixels}px`);
    if (notes.scrollHeight <= notes.clientHeight) break;
  }
  notes.scrollTop = 0;
}

/** The one thing to do next: its words, its key, whether it can be done. */
function offer(state) {
  const held = session.take !== null && session.take.heldAt !== null;
  if (held) return ["page.go-on", "page.key-space", true];
  if (session.mode === "along") {
    if (state.phase === "ready") return ["page.start-along", "page.key-space", true];
    return state.phase === "over" ? ["page.again", "page.key-enter", true] : null;
  }
  if (state.phase === "ready") return ["page.start", "page.key-space", true];
  if (state.phase === "over") return ["page.again", "page.key-enter", true];
  return ["page.said", "page.key-space", state.phase === "slide" || session.take.drill];
}

function showActions(state, moment) {
  const offered = offer(state);
  byId("go").hidden = offered === null;
  if (offered !== null) {
    const [words, key, possible] = offered;
    byId("go-words").textContent = say(words);
    byId("go-key").textContent = say(key);
    byId("go").disabled = !possible;
  }
  const along = session.mode === "along";
  byId("choice").hidden = along || isRunning(state);
  byId("first").selectedIndex = session.first;
  byId("step").hidden = !along;
  const canNudge = along && isRunning(state);
  byId("earlier").disabled = byId("later").disabled = !canNudge;
  byId("nudged").textContent = session.nudged === 0 || !canNudge ? "" : nudgedInWords();
  byId("remark").classList.toggle("wrong", moment < session.remarkUntil && session.wrong);
  byId("remark").textContent = moment < session.remarkUntil ? session.remark() : standingRemark(state);
}

function nudgedInWords() {
  const sign = session.nudged > 0 ? "+" : "−";
  return `${sign}${secondsInWords(Math.abs(session.nudged) / 1000)} s`;
}

/** What is said as long as nothing has happened that must be said. */
function standingRemark(state) {
  if (session.take !== null && session.take.heldAt !== null) return say("page.stands-still");
  if (session.mode === "along") {
    if (state.phase === "ready") return say("page.along-how");
    return isRunning(state) ? say(session.inStep === "code" ? "page.by-code" : "page.by-hand") : "";
  }
  if (state.phase !== "ready" || session.last !== null) return "";
  return NO_ROOM.matches ? spaceMeans() : ""; // else it stands above the bars
}

/** What a mark is good for, by the means there are to set it. */
function spaceMeans() {
  return say(FINGERS.matches ? "page.button-means" : "page.space-means");
}

function showTools(state) {
  const running = isRunning(state);
  for (const mode of ["rehearse", "along"]) {
    byId(mode).setAttribute("aria-pressed", String(session.mode === mode));
  }
  const held = session.take !== null && session.take.heldAt !== null;
  byId("hold").disabled = !running;
  byId("hold").setAttribute("aria-pressed", String(held));
  byId("stop").disabled = session.take === null;
  byId("restart").hidden = byId("drill").hidden = session.mode === "along";
  byId("drill").setAttribute("aria-pressed", String(session.take?.drill ?? false));
  const takes = session.mode === "rehearse" ? session.takes : 0;
  byId("takes").textContent = takes > 0 ? say("page.take", { number: takes }) : "";
}
