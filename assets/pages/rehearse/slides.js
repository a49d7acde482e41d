// The slides, as the storyboard at the end of the page has them.

const SECONDS = Number(document.body.dataset.seconds);
const SLIDES = [...document.querySelectorAll("#storyboard li")].map((item) => ({
  picture: item.querySelector(".picture").firstElementChild,
  notes: item.querySelector(".notes"),
  needed: Number(item.dataset.needed),
}));

const byId = (id) => document.getElementById(id);

/** Pictures that have been decoded, by where they are shown and which slide they are of. */
const copies = new Map();

/** A slide's picture for one place of the page, the same each time, decoded before it is needed. */
function pictureFor(place, index) {
  const name = `${place} ${index}`;
  if (!copies.has(name)) {
    const copy = SLIDES[index].picture.cloneNode(true);
    if (copy instanceof HTMLImageElement) {
      // A picture that is damaged leaves its place empty for its time; nothing else stops.
      copy.decode().catch(() => {});
    }
    copies.set(name, copy);
  }
  const copy = copies.get(name);
  if (copy instanceof HTMLImageElement) copy.alt = say("page.slide", { number: index + 1 });
  return copy;
}

/** Puts one element, or none, where another may be; untouched where it is there already. */
function put(where, element) {
  if (element === null) where.replaceChildren();
  else if (where.firstElementChild !== element) where.replaceChildren(element);
}

/** An element with a class and words. */
function made(tag, className, words = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = words;
  return element;
}

/** The first words of a slide's notes. */
function firstWords(index, most) {
  const said = [...SLIDES[index].notes.childNodes].filter((each) => each.className !== "cut");
  const words = said.map((each) => each.textContent).join("").trim().split(/\s+/);
  return words.length > most ? `${words.slice(0, most).join(" ")} …` : words.join(" ");
}
