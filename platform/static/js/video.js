// Puts the player in the place of a video's link once somebody asks for it. Without this script
// the link opens the video at its provider.
"use strict";

(() => {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("figure[data-video] a");
    if (!link) return;
    event.preventDefault();
    const figure = link.closest("figure");
    const frame = document.createElement("iframe");
    frame.src = `${figure.dataset.video}?autoplay=1`;
    frame.title = link.textContent.trim();
    frame.width = "960";
    frame.height = "540";
    frame.allow = "autoplay; fullscreen; picture-in-picture";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    link.parentElement.replaceWith(frame);
    frame.focus();
  });
})();
