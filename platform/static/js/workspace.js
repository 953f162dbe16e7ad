// Brings the open room into view where the list of rooms is longer than the window.
{
  const list = document.querySelector(".workspace-side");
  const room = list?.querySelector("[aria-current=page]");
  if (room && list.scrollHeight > list.clientHeight) {
    list.scrollTop += room.getBoundingClientRect().top - list.getBoundingClientRect().top
      - list.clientHeight / 2;
  }
}
