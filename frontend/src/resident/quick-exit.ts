// Leave quickly: the harmless page takes the place of this one in the history, so that Back does not show it.
import { QUEUE } from "../page/draft";
import { forgetTyped } from "../page/typed-notes";
import { emptyPage } from "./away-page";
import { forgetCarried } from "./carried-words";

const TWICE_MS = 1500;
const DAY = 24 * 3600;

export function quickExit(): void {
  const link = document.querySelector<HTMLAnchorElement>("[data-quick-exit]");
  if (!link) return;
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload(); // Back must ask the server anew, not show what was here
  });
  let pressed = -TWICE_MS;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave(link.href);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (event.timeStamp - pressed < TWICE_MS) leave(link.href);
    pressed = event.timeStamp;
  });
}

function leave(address: string): void {
  document.documentElement.hidden = true; // nothing stays in sight while the other page loads
  document.title = "";
  indexedDB.deleteDatabase(QUEUE); // what waits here for a line is gone as well
  localStorage.removeItem("waiting");
  forgetTyped();
  forgetCarried();
  // Without a line the server hears of it with the next request, whatever that is, and drops the draft before it answers.
  document.cookie = `left=1; path=/; max-age=${DAY}; samesite=lax`;
  const guarded = "serviceWorker" in navigator && navigator.serviceWorker.controller !== null;
  if (navigator.onLine || guarded) location.replace(address);
  else {
    history.replaceState(null, "", address); // no line and no worker: the browser would show its own fault
    emptyPage();
  }
}
