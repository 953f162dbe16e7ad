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
  // A written answer is saved when the person stops writing for this long, or leaves the field.
  const WRITING_PAUSE = 1500;
  let sending = false;
  let pause = 1000;
  let timer = 0;

  form.querySelector("[data-noscript-save]").hidden = true;

  const seqOf = (n) => form.elements[`seq-${n}`];
  const fieldsOf = (n) => [
    ...questions[n - 1].querySelectorAll(`[name="jawaban-${n}"], [name^="jawaban-${n}-"]`),
  ];
  // [name, value] of every field of a question that holds something, as a form would send them.
  const answerOf = (n) =>
    fieldsOf(n)
      .filter((field) => !["radio", "checkbox"].includes(field.type) || field.checked)
      .map((field) => [field.name, field.value])
      .filter(([, value]) => value.trim() !== "");
  const refused = new Set(); // positions whose answer the server could not read
  const isAnswered = (n) => answerOf(n).length > 0 && !refused.has(n);
  const doubtOf = (n) => form.elements[`ragu-${n}`].checked;

  const show = (n, state, text) => {
    const line = questions[n - 1].querySelector(".save-state");
    line.dataset.state = state;
    line.textContent = text;
  };

  const paint = (n) => {
    const link = links[n - 1];
    const answered = isAnswered(n);
    link.dataset.state = answered ? "answered" : "empty";
    link.toggleAttribute("data-flag", doubtOf(n));
    link.lastElementChild.textContent =
      (answered ? words.answered : words.empty) + (doubtOf(n) ? `, ${words.doubt}` : "");
    document.querySelector("[data-count]").textContent = String(
      questions.filter((_, index) => isAnswered(index + 1)).length,
    );
  };

  // Puts what the server has into the fields: an id, ids with commas, prompt:option, or a text.
  const restore = (n, stored) => {
    seqOf(n).value = stored.seq;
    const parts = stored.answer === "" ? [] : stored.answer.split(",");
    const pairs = new Map(parts.map((part) => part.split(":")));
    for (const field of fieldsOf(n)) {
      if (field.type === "radio") field.checked = field.value === stored.answer;
      else if (field.type === "checkbox") field.checked = parts.includes(field.value);
      else if (field.tagName === "SELECT") field.value = pairs.get(field.name.split("-")[2]) ?? "";
      else field.value = stored.answer;
    }
    form.elements[`ragu-${n}`].checked = stored.doubtful;
    paint(n);
  };

  // Sends one answer. Returns true when nothing more is to be done for it.
  const send = async (n, job) => {
    const data = new URLSearchParams([[`seq-${n}`, job.seq], ...job.answer]);
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
      form.dataset.leaving = "1";
      window.location.reload();
      return true;
    }
    if (response.status === 422) {
      const { message } = await response.json();
      if (newest) {
        refused.add(n);
        paint(n);
        show(n, "error", message);
      }
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
    refused.delete(n);
    show(n, "saving", words.saving);
    paint(n);
    pause = 1000;
    flush();
  };

  const writing = new Map(); // position -> timer of what is being written
  const written = (n) => {
    clearTimeout(writing.get(n));
    if (writing.delete(n)) changed(n);
  };
  const positionOf = (event) => {
    const question = event.target.closest("fieldset[data-position]");
    return question ? Number(question.dataset.position) : 0;
  };
  form.addEventListener("input", (event) => {
    if (!event.target.matches("input[type=text], textarea")) return;
    const n = positionOf(event);
    clearTimeout(writing.get(n));
    writing.set(n, setTimeout(() => written(n), WRITING_PAUSE));
    show(n, "saving", words.saving);
  });
  form.addEventListener("change", (event) => {
    const n = positionOf(event);
    if (!n) return;
    if (event.target.matches("input[type=text], textarea")) written(n);
    else changed(n);
  });
  window.addEventListener("online", flush);
  window.addEventListener("beforeunload", (event) => {
    if ((waiting.size || writing.size) && !form.dataset.leaving) event.preventDefault();
  });
  form.addEventListener("submit", (event) => {
    // The browser's own error page would take the place of answers that still wait.
    if (!navigator.onLine) {
      event.preventDefault();
      window.alert(words.noNetwork);
      return;
    }
    const empty = questions.some((_, index) => !isAnswered(index + 1));
    if (empty && !form.dataset.over && !window.confirm(words.left)) {
      event.preventDefault();
      return;
    }
    // The form carries every answer, so that one whose save is under way is counted too.
    for (const [n, job] of waiting) seqOf(n).value = String(job.seq + 1);
    form.dataset.leaving = "1";
  });
  // The browser may have kept ticks of an earlier visit: what differs from the server is sent.
  for (const question of questions) paint(Number(question.dataset.position));

  // The clock: the server said how many seconds are left; its clock decides, this one only shows.
  if (!words.seconds) return;
  const end = performance.now() + Number(words.seconds) * 1000;
  const clocks = [...document.querySelectorAll("[data-timer]")];
  const warning = document.querySelector("[data-time-warning]");
  const WARN_AT = [10, 5, 1];
  let warned = Infinity;
  const tell = (text) => {
    warning.hidden = false;
    warning.textContent = text;
  };
  const tick = () => {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    const parts = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
    const text = (parts[0] ? parts : parts.slice(1))
      .map((part) => String(part).padStart(2, "0"))
      .join(".");
    for (const clock of clocks) {
      clock.textContent = text;
      clock.toggleAttribute("data-warn", left <= 600);
    }
    const due = WARN_AT.filter((minutes) => left <= minutes * 60).pop();
    if (left > 0 && due !== undefined && due < warned) {
      warned = due;
      tell(words.minutesLeft.replace("{minutes}", String(Math.ceil(left / 60))));
    }
    if (left > 0) return;
    clearInterval(ticking);
    form.dataset.over = "1";
    tell(words.timeOver);
    for (const n of [...writing.keys()]) written(n);
    // Without a network the page stays; the server scores what it has.
    if (navigator.onLine) form.requestSubmit(form.querySelector("[data-submit]"));
  };
  const ticking = setInterval(tick, 500);
  tick();
})();
