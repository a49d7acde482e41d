// What the page says, in German or English.

const WORDS = JSON.parse(document.getElementById("words").textContent);

/** The first of the browser's languages that we speak, else English. */
function browserLanguage() {
  const wanted = navigator.languages.map((each) => each.slice(0, 2).toLowerCase());
  return wanted.find((each) => each in WORDS) ?? "en";
}

let language = browserLanguage();

/** The sentence with this code and these parameters; "count" chooses between one and more. */
function say(code, params = {}) {
  const catalogue = WORDS[language];
  const sentence = catalogue[code] ?? catalogue[`${code}.${params.count === 1 ? "one" : "other"}`];
  return sentence.replace(/\{([a-z]+)\}/g, (_, name) => String(typeof params[name] === "function" ? params[name]() : params[name]));
}

/** Seconds with one decimal, or none where it is whole enough. */
function secondsInWords(seconds, digits = 1) {
  const format = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(language, format).format(seconds);
}

/** Everything that stands still, in this language. */
function speak(chosen) {
  language = chosen;
  document.documentElement.lang = chosen;
  document.title = `${document.querySelector("h1").textContent} · ${say("page.title")}`;
  for (const each of document.querySelectorAll("[data-say]")) {
    each.textContent = say(each.dataset.say, each.dataset);
  }
  for (const each of document.querySelectorAll("[data-say-label]")) {
    each.setAttribute("aria-label", say(each.dataset.sayLabel, each.dataset));
  }
}
