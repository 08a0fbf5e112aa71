// What every page of the resident's loads: few styles, the small behaviours, and htmx only where a page asks for it.
import "./tabler-resident.scss";
import "./tokens.css";
import "./frame.css";
import "./forms.css";
import "./components.css";
import "./ahead.css";
import "./answers.css";
import "./place.css";
import "./place-map.css";
import "./danger.css";
import { confirmInPlace } from "./confirm";
import { cardLinks, copyButtons } from "./copy";
import { draftAddress } from "./draft";
import { elderSwitch } from "./elder";
import { quickExit } from "./exit";
import { photoInputs } from "./file";
import worker from "./report-worker.ts?worker&url";
import { lineGuard } from "./network";
import { scrollFrames } from "./scroll";
import { answerTyped } from "./typed";
import { unlistPage } from "./unlisted";

document.documentElement.classList.add("js");
confirmInPlace();
copyButtons();
cardLinks();
draftAddress();
elderSwitch();
photoInputs();
lineGuard();
quickExit();
scrollFrames();
answerTyped();
unlistPage();
document.querySelector<HTMLElement>("[data-focus]")?.focus();
if (location.pathname.startsWith("/report/") && "serviceWorker" in navigator) {
  // Its file is served from /report/, which it governs; the hash of the build makes a new one known.
  const version = worker.split("-").pop() ?? "";
  addEventListener("load", () => {
    void navigator.serviceWorker.register(`/report/worker.js?v=${version}`, { scope: "/report/" }).catch(() => undefined);
  });
}
if (document.querySelector("[hx-get], [hx-post]")) void import("htmx.org");
