// Large type at one switch, remembered for a year. A cookie rather than local storage: the server
// then draws the first frame already large, and nothing jumps.
const YEAR = 365 * 24 * 3600;

export function elderSwitch(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-elder-switch]");
    if (!button) return;
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    document.documentElement.toggleAttribute("data-elder", on);
    document.cookie = `elder=${on ? "1" : ""}; path=/; max-age=${on ? YEAR : 0}; samesite=lax`;
  });
}
