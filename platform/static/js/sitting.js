// Saves each answer of a test as it is given. An answer turns green only on the server's receipt;
// without one it is sent again until there is one. Without this script the form still works.
(() => {
  "use strict";
  const form = document.getElementById("lembar");
  if (!form) return;
  const words = form.dataset;
  const token = form.elements.csrfmiddlewaretoken.value;
  const waiting = new Map(); // position -> what is still to be saved
  const questions = [...form.querySelectorAll("fieldset[data-position]")];
  const links = [...document.querySelectorAll(".palette a")];
  const LONGEST_PAUSE = 15000;
  let sending = false;
  let pause = 1000;
  let timer = 0;

  form.querySelector("[data-noscript-save]").hidden = true;

  const seqOf = (n) => form.elements[`seq-${n}`];
  const answerOf = (n) => form.querySelector(`input[name="jawaban-${n}"]:checked`)?.value ?? "";
  const doubtOf = (n) => form.elements[`ragu-${n}`].checked;

  const show = (n, state, text) => {
    const line = questions[n - 1].querySelector(".save-state");
    line.dataset.state = state;
    line.textContent = text;
  };

  const paint = (n) => {
    const link = links[n - 1];
    const answered = answerOf(n) !== "";
    link.dataset.state = answered ? "answered" : "empty";
    link.toggleAttribute("data-flag", doubtOf(n));
    link.lastElementChild.textContent =
      (answered ? words.answered : words.empty) + (doubtOf(n) ? `, ${words.doubt}` : "");
    document.querySelector("[data-count]").textContent = String(
      questions.filter((_, index) => answerOf(index + 1) !== "").length,
    );
  };

  const restore = (n, stored) => {
    seqOf(n).value = stored.seq;
    for (const option of form.querySelectorAll(`input[name="jawaban-${n}"]`)) {
      option.checked = option.value === stored.answer;
    }
    form.elements[`ragu-${n}`].checked = stored.doubtful;
    paint(n);
  };

  // Sends one answer. Returns true when nothing more is to be done for it.
  const send = async (n, job) => {
    const data = new URLSearchParams({ [`seq-${n}`]: job.seq, [`jawaban-${n}`]: job.answer });
    if (job.doubtful) data.set(`ragu-${n}`, "1");
    const response = await fetch(`${words.save}${n}/`, {
      method: "POST",
      body: data,
      headers: { "X-CSRFToken": token },
      redirect: "manual",
    });
    const newest = waiting.get(n) === job;
    if (response.ok) {
      const receipt = await response.json();
      seqOf(n).value = Math.max(Number(seqOf(n).value), receipt.seq);
      if (newest) show(n, "saved", `${words.saved} ${receipt.saved_at}`);
      return true;
    }
    if (response.type === "opaqueredirect" || response.status === 403) {
      show(n, "error", words.signin);
      return false;
    }
    if (response.status === 409) {
      const stored = await response.json();
      if (newest) {
        restore(n, stored);
        show(n, "error", stored.message);
      }
      return true;
    }
    if (response.status === 410) {
      window.location.reload();
      return true;
    }
    if (response.status >= 500 || response.status === 429) {
      show(n, "offline", words.offline);
      return false;
    }
    show(n, "error", words.error);
    return true;
  };

  const flush = async () => {
    if (sending) return;
    sending = true;
    clearTimeout(timer);
    try {
      for (const [n, job] of [...waiting]) {
        let done = false;
        try {
          done = await send(n, job);
        } catch {
          show(n, "offline", words.offline);
        }
        if (done) {
          if (waiting.get(n) === job) waiting.delete(n);
          pause = 1000;
        } else {
          pause = Math.min(pause * 2, LONGEST_PAUSE);
        }
      }
    } finally {
      sending = false;
    }
    if (waiting.size) timer = setTimeout(flush, pause);
  };

  const changed = (n) => {
    // A newer change of the same answer takes the place of one that still waits, one number on:
    // the earlier one may have reached the server without its receipt reaching us.
    const before = waiting.get(n);
    const seq = before ? before.seq + 1 : Number(seqOf(n).value);
    waiting.set(n, { seq, answer: answerOf(n), doubtful: doubtOf(n) });
    show(n, "saving", words.saving);
    paint(n);
    pause = 1000;
    flush();
  };

  form.addEventListener("change", (event) => {
    const question = event.target.closest("fieldset[data-position]");
    if (question) changed(Number(question.dataset.position));
  });
  window.addEventListener("online", flush);
  window.addEventListener("beforeunload", (event) => {
    if (waiting.size && !form.dataset.leaving) event.preventDefault();
  });
  form.addEventListener("submit", (event) => {
    // The browser's own error page would take the place of answers that still wait.
    if (!navigator.onLine) {
      event.preventDefault();
      window.alert(words.noNetwork);
      return;
    }
    const empty = questions.some((_, index) => answerOf(index + 1) === "");
    if (empty && !window.confirm(words.left)) {
      event.preventDefault();
      return;
    }
    // The form carries every answer, so that one whose save is under way is counted too.
    for (const [n, job] of waiting) seqOf(n).value = String(job.seq + 1);
    form.dataset.leaving = "1";
  });
  // The browser may have kept ticks of an earlier visit: what differs from the server is sent.
  for (const question of questions) paint(Number(question.dataset.position));
})();
