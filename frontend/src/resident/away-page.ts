// What stands where a page would, when somebody leaves quickly without a line: it tells nothing of where they were,
// and says what is so. Without a worker the page itself is emptied.
const CHINESE = navigator.language.startsWith("zh");
const WORDS = CHINESE ? "没有网络连接" : "No internet connection";

export const AWAY = `<!doctype html><html lang="${CHINESE ? "zh-Hans" : "en"}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${WORDS}</title><p style="font:1rem sans-serif;margin:3rem 1.5rem;color:#555">${WORDS}</p>`;

export function emptyPage(): void {
  document.head.replaceChildren();
  document.body.replaceChildren();
  document.title = WORDS;
  document.body.style.cssText = "font:1rem sans-serif;margin:3rem 1.5rem;color:#555;background:#fff";
  document.body.textContent = WORDS;
  document.documentElement.hidden = false;
}
