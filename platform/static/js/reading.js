// Tells the server once a minute that a section is being read, while its page is visible.
(() => {
  "use strict";
  const form = document.querySelector("form[data-reading]");
  if (!form) return;
  form.elements.skrip.value = "1";
  const EVERY = 60000;
  const send = (leaving) => {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    if (leaving) data.set("pergi", "1");
    navigator.sendBeacon(form.dataset.reading, data);
  };
  setInterval(() => {
    if (document.visibilityState === "visible") send(false);
  }, EVERY);
  // Leaving the page counts the time up to now. It may arrive after the next page was opened,
  // so it says that it is a farewell: the reader's place stays where they went.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") send(true);
  });
})();
