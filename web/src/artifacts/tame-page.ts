import DOMPurify from "dompurify";

/** A page of which only what is seen is left. */
export interface TamePage {
  /** Without a script, form, frame, or style. */
  readonly html: string;
  /** Its style sheets, one after the other. */
  readonly css: string;
  /** What the `style` attribute of each element said, in the order of their `data-styled` numbers. */
  readonly inline: readonly string[];
}

const rules = {
  WHOLE_DOCUMENT: true,
  RETURN_DOM: true as const,
  FORBID_TAGS: ["style", "script", "iframe", "frame", "object", "embed", "form", "link", "meta", "base", "audio", "video"],
};

/** Takes out of a page all that acts, and lays its styles aside: the console's policy lets no document style itself. */
export function tamePage(html: string): TamePage {
  const page = new DOMParser().parseFromString(html, "text/html");
  const css = [...page.querySelectorAll("style")].map(({ textContent }) => textContent ?? "").join("\n");
  const root = DOMPurify.sanitize(page.documentElement.outerHTML, rules) as HTMLElement;
  const styled = [...root.querySelectorAll<HTMLElement>("[style]")];
  const inline = styled.map((element, index) => {
    const text = element.getAttribute("style") ?? "";
    element.removeAttribute("style");
    element.setAttribute("data-styled", String(index));
    return text;
  });
  return { html: `<!doctype html>${root.outerHTML}`, css, inline };
}

/** Puts the styles that were laid aside on a frame's document. They load nothing: the console's policy holds in the frame. */
export function dress(frame: HTMLIFrameElement, { css, inline }: TamePage): void {
  const [page, own] = [frame.contentDocument, frame.contentWindow as (Window & typeof globalThis) | null];
  if (!page || !own) return;
  const sheet = new own.CSSStyleSheet();
  sheet.replaceSync(css);
  page.adoptedStyleSheets = [sheet];
  for (const element of page.querySelectorAll<HTMLElement>("[data-styled]")) element.style.cssText = inline[Number(element.dataset["styled"])] ?? "";
}
