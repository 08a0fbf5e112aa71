// What every page of the resident's loads: few styles, the small behaviours, and htmx only where a page asks for it.
import "./tabler-resident.scss";
import "./tokens.css";
import "./frame.css";
import "./forms.css";
import "./components.css";
import "./ahead.css";
import "./answers.css";
import "./place.css";
import "./danger.css";
import { confirmInPlace } from "./confirm";
import { cardLinks, copyButtons } from "./copy";
import { draftAddress } from "./draft";
import { elderSwitch } from "./elder";
import { quickExit } from "./exit";
import { photoInputs } from "./file";
import { scrollFrames } from "./scroll";

document.documentElement.classList.add("js");
confirmInPlace();
copyButtons();
cardLinks();
draftAddress();
elderSwitch();
photoInputs();
quickExit();
scrollFrames();
document.querySelector<HTMLElement>("[data-focus]")?.focus();
if (document.querySelector("[hx-get], [hx-post]")) void import("htmx.org");
