// Time. Every other script is handed a moment or calls now().

/** Milliseconds. A clock that is corrected over the network moves by less; a computer sleeps longer. */
const SLEPT_MS = 2000;

/**
 * A clock in milliseconds that never goes back and goes on while the computer sleeps.
 *
 * performance.now() alone stands still during sleep in some browsers, and Date.now() alone jumps when
 * the time of day is set. So the first is what counts, and the second tells how long it stood still.
 */
function makeClock() {
  let ticks = performance.now();
  let wall = Date.now();
  let slept = 0;
  return () => {
    const ticksNow = performance.now();
    const wallNow = Date.now();
    const stoodStill = wallNow - wall - (ticksNow - ticks);
    if (stoodStill > SLEPT_MS) slept += stoodStill;
    ticks = ticksNow;
    wall = wallNow;
    return ticksNow + slept;
  };
}

const now = makeClock();
