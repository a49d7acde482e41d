// Keys, buttons and the loop that looks at the clock.

const LOOK_MS = 100;

let timer = 0;

let awake = null;

/** Looks at the clock, shows what is due, and looks again when something changes. */
function look() {
  clearTimeout(timer);
  const moment = now();
  const state = stateAt(moment);
  if (state.phase === "over") {
    keepTake(moment);
    keepAwake(); // no longer
  }
  show(state, moment);
  const restless = state.changesIn !== Infinity || moment < session.remarkUntil;
  if (restless) timer = setTimeout(look, Math.max(1, Math.min(state.changesIn, LOOK_MS)));
}

/** Does something now, and shows it. */
function act(what) {
  what(now());
  look();
  keepAwake();
}

/** Space, or the big button: the one thing to do next. */
function go(moment) {
  const state = stateAt(moment);
  if (session.take !== null && session.take.heldAt !== null) holdOrGoOn(moment);
  else if (state.phase === "ready") start(moment);
  else if (session.mode === "rehearse") mark(moment);
  else if (isRunning(state)) remark(moment, "page.by-themselves");
}

/** Enter, or the big button after the end. A late mark must not begin anything, so Space does not. */
function goAgain(moment) {
  const { phase } = stateAt(moment);
  if (phase === "ready") start(moment);
  else if (phase === "over" && session.mode === "along") stop(moment);
  else if (phase === "over") start(moment);
}

function step(moment, by) {
  if (session.mode === "along") nudge(moment, by * NUDGE_MS);
  else choose(moment, session.first + by);
}

const KEYS = {
  " ": go,
  Enter: goAgain,
  p: holdOrGoOn,
  r: (moment) => session.mode === "rehearse" && start(moment, 0),
  t: (moment) => session.mode === "rehearse" && drillOrNot(moment),
  a: (moment) => changeMode(moment, session.mode === "along" ? "rehearse" : "along"),
  f: fullScreenOrNot,
  Escape: stopIfMeant,
  ArrowLeft: (moment) => step(moment, -1),
  ArrowRight: (moment) => step(moment, 1),
  Home: (moment) => session.mode === "rehearse" && choose(moment, 0),
  End: (moment) => session.mode === "rehearse" && choose(moment, SLIDES.length - 1),
};

/** Buttons that do what a key does. */
const BUTTONS = { hold: "p", restart: "r", drill: "t", stop: "Escape", full: "f" };

function isField(element) {
  return element instanceof HTMLInputElement || element instanceof HTMLSelectElement;
}

function keyDown(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || isField(event.target)) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const onButton = event.target instanceof HTMLButtonElement;
  if (!(key in KEYS) || (key === "Enter" && onButton)) return;
  event.preventDefault();
  // A key that is held down does nothing more, except that a nudge may go on.
  if (!event.repeat || (session.mode === "along" && key.startsWith("Arrow"))) act(KEYS[key]);
}

/** Space is never a click: it is pressed without looking, whatever has the focus. */
function keyUp(event) {
  if (event.key === " " && event.target instanceof HTMLButtonElement) event.preventDefault();
}

function fullScreenOrNot() {
  if (!document.fullscreenEnabled) return;
  const asked = document.fullscreenElement
    ? document.exitFullscreen()
    : document.documentElement.requestFullscreen();
  asked.catch(() => {});
}

/** A screen that goes dark in the middle of a take helps nobody; where that can't be had, it may. */
function keepAwake() {
  const wanted = isRunning(stateAt(now()));
  if (wanted && awake === null && navigator.wakeLock && !document.hidden) {
    awake = navigator.wakeLock.request("screen");
    const gone = () => {
      awake = null;
    };
    awake.then((lock) => lock.addEventListener("release", gone)).catch(gone);
  } else if (!wanted && awake !== null) {
    awake.then((lock) => lock.release()).catch(() => {});
  }
}

function codeTyped({ complete }) {
  const field = byId("code");
  if (complete || tidyCode(field.value).length === CODE_LENGTH) {
    act((moment) => {
      if (followCode(moment, field.value)) {
        field.value = "";
        field.blur();
      }
    });
  }
}

function codePasted(event) {
  const code = event.clipboardData?.getData("text") ?? "";
  if (session.mode !== "along" || isField(event.target) || code.trim() === "") return;
  event.preventDefault();
  act((moment) => followCode(moment, code));
}

function changeLanguage() {
  speak(language === "de" ? "en" : "de");
  nameOtherLanguage();
  fillChoice();
  look();
}

function nameOtherLanguage() {
  const other = language === "de" ? "en" : "de";
  byId("language").textContent = WORDS[other]["page.language"];
  byId("language").lang = other;
}

function fillChoice() {
  const options = SLIDES.map((_, index) => made("option", "", String(index + 1)));
  byId("first").replaceChildren(...options);
}

function lookAgain() {
  look();
  keepAwake();
}

function listen() {
  const click = (id, what) => byId(id).addEventListener("click", () => act(what));
  click("go", (moment) => (stateAt(moment).phase === "over" ? goAgain(moment) : go(moment)));
  for (const [id, key] of Object.entries(BUTTONS)) click(id, KEYS[key]);
  click("rehearse", (moment) => changeMode(moment, "rehearse"));
  click("along", (moment) => changeMode(moment, "along"));
  click("earlier", (moment) => nudge(moment, NUDGE_MS));
  click("later", (moment) => nudge(moment, -NUDGE_MS));
  byId("language").addEventListener("click", changeLanguage);
  byId("first").addEventListener("change", (event) => {
    act((moment) => choose(moment, event.target.selectedIndex));
    event.target.blur();
  });
  byId("code").addEventListener("input", () => codeTyped({ complete: false }));
  byId("code").addEventListener("keydown", (event) => {
    if (event.key === "Enter") codeTyped({ complete: true });
    else if (event.key === "Escape") event.target.blur();
  });
  document.addEventListener("keydown", keyDown);
  document.addEventListener("keyup", keyUp);
  document.addEventListener("paste", codePasted);
  // On return from the background or from sleep: the right slide at once, not at the next look.
  for (const each of ["visibilitychange", "resume"]) document.addEventListener(each, lookAgain);
  for (const each of ["focus", "pageshow"]) window.addEventListener(each, lookAgain);
  window.addEventListener("resize", fitNotes);
  NO_ROOM.addEventListener("change", look);
}

document.documentElement.classList.add("scripted");
byId("full").hidden = !document.fullscreenEnabled;
speak(language);
nameOtherLanguage();
fillChoice();
listen();
look();
