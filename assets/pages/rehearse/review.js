// A bar for each slide, which grow in a first take; after a take the slides that need work.

const WORK_WORDS = 24;
const TALLEST_SHARE = 1.25;

let shownReview = "";

/** Draws both anew where something has changed; the slides that need work are shown where "over". */
function showReview(over, moment) {
  const first = session.last === null;
  const seen = session.last ?? soFar(moment);
  const there = session.mode === "rehearse" && !(first && session.take?.drill);
  byId("chart").hidden = !there;
  document.body.dataset.bars = there ? (first ? "first" : "last") : "";
  const drawn = JSON.stringify([language, over, first, seen.first, seen.passed, [...seen.marks]]);
  if (drawn === shownReview) return;
  shownReview = drawn;
  byId("bars").replaceChildren(...SLIDES.map((_, index) => barOf(index, seen)));
  byId("which-take").textContent = say(first ? "page.this-take" : "page.last-take");
  byId("summary").textContent = first ? spaceMeans() : summaryOf(seen);
  if (over && !first) showWork(seen);
}

function isPassed(index, last) {
  return index >= last.first && index < last.first + last.passed;
}

/** A button that chooses the slide, as tall as what was used of its time. */
function barOf(index, last) {
  const used = last.marks.get(index - last.first);
  const verdict = isPassed(index, last) ? verdictOf(used, SECONDS) : "not-reached";
  const button = made("button", `column ${verdict}`);
  button.type = "button";
  const share = used === undefined ? 1 : Math.min(used / SECONDS, TALLEST_SHARE);
  button.style.setProperty("--share", String(share));
  const words = `${say("page.slide", { number: index + 1 })}: ${verdictInWords(verdict, used)}`;
  button.setAttribute("aria-label", words);
  button.title = words;
  button.append(made("i", "fill"), made("span", "number", String(index + 1)));
  button.append(made("span", "used", usedInShort(verdict, used)));
  button.addEventListener("click", () => act((moment) => choose(moment, index)));
  const item = document.createElement("li");
  item.append(button);
  return item;
}

function usedInShort(verdict, used) {
  if (used === undefined) return verdict === "unmarked" ? "?" : "";
  return verdict === "over" ? `+${secondsInWords(used - SECONDS)}` : secondsInWords(used, 0);
}

function verdictInWords(verdict, used) {
  if (used === undefined) return say(verdict === "unmarked" ? "page.unmarked" : "page.not-reached");
  const over = secondsInWords(Math.max(0, used - SECONDS));
  if (verdict === "over") return say("page.used-over", { over });
  return say(verdict === "fits" ? "page.used" : `page.used-${verdict}`, { used: secondsInWords(used) });
}

function summaryOf(last) {
  if (last.marks.size === 0) return say("page.no-marks");
  const long = [...last.marks].filter(([, used]) => used > SECONDS).map(([index]) => index + last.first + 1);
  const count = long.length;
  const numbers = long.sort((one, other) => one - other).join(", ");
  const time = minutesOf(silenceOf(last.marks, SECONDS));
  const first = count > 0 ? say("page.too-long", { count, numbers }) : say("page.none-too-long");
  return `${first} · ${say("page.silence", { time })}`;
}

function showWork(last) {
  const needed = SLIDES.slice(last.first, last.first + last.passed).map((slide) => slide.needed);
  const work = workOf(last.marks, needed, SECONDS);
  const heading = work.length > 0 ? say("page.work", { count: work.length }) : say("page.no-work");
  const list = made("ol", "work-list");
  list.append(...work.map((each) => workItem(each, each.index + last.first)));
  byId("work").replaceChildren(made("h2", "", heading), list);
}

function workItem(work, index) {
  const number = index + 1;
  const button = made("button", "", say("page.drill"));
  button.type = "button";
  button.setAttribute("aria-label", say("page.drill-this", { number }));
  button.addEventListener("click", () => act((moment) => drillOrNot(moment, index)));
  const what = made("span", "");
  what.append(made("b", "", say("page.slide", { number })), ` · ${reasonInWords(work)}`);
  const head = made("p", "head-line");
  head.append(what, button);
  const words = made("div", "words");
  const count = Math.ceil(SLIDES[index].needed);
  const notes = count > 0 ? say("page.notes-need", { count }) : say("page.no-notes");
  words.append(head, made("p", "quiet", notes));
  words.append(made("p", "first-words", firstWords(index, WORK_WORDS)));
  const thumb = made("div", "thumb");
  thumb.append(pictureFor("work", index));
  const item = document.createElement("li");
  item.append(thumb, words);
  return item;
}

function reasonInWords(work) {
  if (work.reason === "unmarked") return say("page.unmarked");
  const seconds = secondsInWords(work.seconds);
  return say(`page.work-${work.reason}`, { seconds });
}
