// What every page of the resident's loads: few styles, the small behaviours, and htmx only where a page asks for it.
import "./tabler.scss";
import "../page/tokens.css";
import "../page/frame.css";
import "./frame.css";
import "../page/forms.css";
import "../page/components.css";
import "../page/warnings.css";
import "./receipt.css";
import "./place.css";
import "../map/place.css";
import "./danger.css";
import { confirmInPlace } from "../page/confirmation";
import { lineGuard } from "../page/connection";
import { copyButtons } from "../page/copy-button";
import { draftAddress } from "../page/draft";
import { answerTyped } from "../page/early-input";
import { elderSwitch } from "../page/elder-mode";
import { photoInputs } from "../page/files/photo-input";
import { scrollFrames } from "../page/scroll-frame";
import { asWrittenAway } from "./as-written";
import { cardLinks } from "./card-link";
import { carryWords } from "./carried-words";
import worker from "./offline/report-worker.ts?worker&url";
import { quickExit } from "./quick-exit";
import { unlistPage } from "./unlisted-page";

document.documentElement.classList.add("js");
asWrittenAway();
confirmInPlace();
copyButtons();
cardLinks();
carryWords();
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
if (document.querySelector("[hx-get], [hx-post]")) void import("../page/htmx");
