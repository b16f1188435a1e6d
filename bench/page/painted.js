// Shared by both sides, as plain script: how long until everything that `draw` sets off is painted.
//
// Every change of the page and every drawing on a canvas counts as activity; the end is the second frame after the last
// of it, and it is the end once nothing has happened for a while. The clock starts with `draw`, or, where that only asks for
// the data, when `dataPresent` says that it has come.
(() => {
  const QUIET = 400;
  const PATIENCE = 60_000;
  let start = 0;
  let end = 0;

  const active = () =>
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        end = performance.now();
      }),
    );
  const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  const watched = { childList: true, subtree: true, attributes: true, characterData: true };
  new MutationObserver(active).observe(document, watched);
  for (const name of ["putImageData", "stroke", "fill", "fillRect", "drawImage"]) {
    const real = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...given) {
      active();
      return real.apply(this, given);
    };
  }

  window.dataPresent = () => {
    start = performance.now();
  };

  window.painted = async (draw, { asks = false } = {}) => {
    await pause(100);
    start = asks ? 0 : performance.now();
    draw();
    for (const asked = performance.now(); start === 0; await pause(1)) {
      if (performance.now() - asked > PATIENCE) throw new Error("The data was asked for and did not come.");
    }
    end = 0;
    active();
    while (end === 0 || performance.now() - end < QUIET) await pause(20);
    return end - start;
  };
})();
