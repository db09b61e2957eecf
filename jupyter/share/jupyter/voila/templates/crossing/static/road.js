// The short way through a lesson, and the keys that serve the chart in view.
//
//   right, left, page up/down   the short way: title, drawing, then vote and chart, vote and chart
//   space, down, up             everything, in the lesson's own order
//   1 to 9 press the chart's presets
//   P pin  R reset  V veil: the question stays, the answer is hidden  L large: the picture alone, as large as it goes
const Road = (() => {
  const current = () => Reveal.getCurrentSlide();
  const columns = () => document.querySelectorAll(".slides > section").length;

  function step(by) {
    const fragments = Reveal.availableFragments();
    if (by > 0 && fragments.next) return Reveal.nextFragment();
    if (by < 0 && fragments.prev) return Reveal.prevFragment();
    const { h, v } = Reveal.getIndices();
    // Back from below goes to the top of the same column first.
    if (by < 0 && v) return Reveal.slide(h, 0);
    if (h + by >= 0 && h + by < columns()) Reveal.slide(h + by, 0);
  }

  function press(words) {
    const button = [...(current()?.querySelectorAll(".crossing-explorable .crossing-buttons button") ?? [])]
      .find((one) => words.includes(one.textContent) && !one.disabled);
    button?.click();
  }

  const preset = (n) => current()?.querySelectorAll(".crossing-explorable .crossing-preset:not([hidden])")[n]?.click();

  const toggle = (name) => current()?.classList.toggle(name);

  return {
    next: () => step(1),
    prev: () => step(-1),
    attach() {
      const keys = [
        [80, "P", "Pin the run, or unpin it", () => press(["Pin this run", "Unpin"])],
        [82, "R", "Reset the chart", () => press(["Reset"])],
        [86, "V", "Veil: hide the answer, keep the question", () => toggle("frozen")],
        [76, "L", "Large: the picture alone", () => toggle("large")],
      ];
      for (let n = 1; n <= 9; n += 1) keys.push([48 + n, String(n), `Preset ${n} of the chart`, () => preset(n - 1)]);
      for (const [keyCode, key, description, done] of keys) Reveal.addKeyBinding({ keyCode, key, description }, done);
    },
  };
})();
