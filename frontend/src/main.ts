// What every page loads: the styles, htmx and the small behaviours.
import "./tabler.scss";
import "./tokens.css";
import "./frame.css";
import "./forms.css";
import "./components.css";
import "./territory.css";
import "./plan.css";
import "./sign.css";
import "htmx.org";
import { confirmInPlace } from "./confirm";
import { copyButtons } from "./copy";
import { elderSwitch } from "./elder";
import { photoInputs } from "./file";
import { listKeys } from "./list";
import { menuButtons } from "./menu";
import { scrollFrames } from "./scroll";
import { sliders } from "./slider";

document.documentElement.classList.add("js");
confirmInPlace();
copyButtons();
elderSwitch();
photoInputs();
listKeys();
menuButtons();
scrollFrames();
sliders();
document.querySelector<HTMLElement>("[data-focus]")?.focus();
