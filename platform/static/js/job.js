// Moves the bar of a running job without reloading the page; reloads once when it is over.
"use strict";

(() => {
  const box = document.getElementById("pekerjaan");
  const bar = box.querySelector("progress");
  const count = box.querySelector("[data-done]");
  const format = new Intl.NumberFormat(document.documentElement.lang);

  const ask = async () => {
    try {
      const answer = await fetch(box.dataset.url, { headers: { Accept: "application/json" } });
      const job = await answer.json();
      if (job.state === "done" || job.state === "failed") {
        location.reload();
        return;
      }
      // The first answer with a total draws the whole line anew.
      if (job.total && !bar.hasAttribute("value")) {
        location.reload();
        return;
      }
      if (job.total) bar.value = job.done;
      count.textContent = format.format(job.done);
    } catch {
      // The network is away for a moment; the next round asks again.
    }
    setTimeout(ask, 1500);
  };
  setTimeout(ask, 1000);
})();
