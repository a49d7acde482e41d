// The code that puts this view in step, as pechakucha/show/run_along.py defines it.

const CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_LENGTH = 8;
const CODE_UNIT_MS = 50;
const CODE_TIMES = 2 ** 22;
const CODE_PACES = 2 ** 2;
const CODE_SECONDS = [20, 15];
const CODE_AHEAD_S = 60;
const CODE_OLD_S = 12 * 3600;

/** A code as it is meant: no blanks and hyphens, no letters that are read for figures. */
function tidyCode(code) {
  const written = code.replace(/[\s‐‑–-]/gu, "").toUpperCase();
  return written.replace(/O/g, "0").replace(/[IL]/g, "1");
}

/**
 * What a code tells at a time of day (milliseconds since the epoch): { talk, startWall, seconds }, where
 * talk is its number in the rundown or null, and seconds is what each slide has, null where no code can
 * tell that; or { problem, params }, the code of a sentence.
 */
function readCode(code, wall) {
  const given = code.trim();
  const characters = [...tidyCode(code)];
  const unknown = characters.find((each) => !CODE_ALPHABET.includes(each));
  if (unknown !== undefined) return { problem: "code-character", params: { given, character: unknown } };
  if (characters.length !== CODE_LENGTH) {
    return { problem: "code-length", params: { given, characters: characters.length, length: CODE_LENGTH } };
  }
  const values = characters.map((each) => CODE_ALPHABET.indexOf(each));
  const digits = values.slice(0, 6);
  const [plain, weighted] = checksOf(digits);
  if (plain !== values[6] || weighted !== values[7]) return { problem: "code-mistyped", params: { given } };
  const number = digits.reduce((sum, each) => sum * 32 + each, 0);
  const rest = Math.floor(number / CODE_TIMES);
  const talk = Math.floor(rest / CODE_PACES);
  const here = Math.floor(wall / CODE_UNIT_MS);
  const half = CODE_TIMES / 2;
  const apart = (number % CODE_TIMES) - (here % CODE_TIMES);
  const away = ((apart + half + CODE_TIMES) % CODE_TIMES) - half;
  const seconds = Math.floor((away * CODE_UNIT_MS) / 1000);
  if (seconds > CODE_AHEAD_S) return { problem: "code-ahead", params: { given } };
  if (seconds < -CODE_OLD_S) return { problem: "code-old", params: { given } };
  const told = CODE_SECONDS[rest % CODE_PACES] ?? null;
  return { talk: talk || null, startWall: (here + away) * CODE_UNIT_MS, seconds: told };
}

function checksOf(digits) {
  const twice = (value) => (2 * value) ^ (value >= 16 ? 37 : 0);
  return digits.reduce(([plain, weighted], each) => [plain ^ each, twice(weighted ^ each)], [0, 0]);
}
