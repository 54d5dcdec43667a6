import DOMPurify from "dompurify";
import { Marked } from "marked";
import { useEffect, useRef } from "react";
import "./markdown.css";

/** Text and its structure, nothing that styles, asks, names or loads: what Markdown itself can say. */
const allowed = {
  ALLOWED_TAGS:
    "a abbr b blockquote br code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img input kbd li mark ol p pre s samp small span strong sub summary sup table tbody td th thead tr ul".split(
      " ",
    ),
  ALLOWED_ATTR: ["href", "src", "alt", "title", "align", "colspan", "rowspan", "start", "open", "type", "checked", "disabled"],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true as const,
};

/** A text's own headings stand below those of the page. */
const lowered = new Marked(
  { async: false, gfm: true },
  {
    walkTokens: (token) => {
      if (token.type === "heading") token.depth = Math.min(6, token.depth + 2);
    },
  },
);

const isWithin = (href: string | null) => /^(\/(?!\/)|#)/.test(href ?? "");
function isOutward(href: string | null): boolean {
  try {
    return ["http:", "https:", "mailto:"].includes(new URL(href ?? "", "about:blank").protocol);
  } catch {
    return false;
  }
}

/** Makes what is left safe to click: links lead out of the console in a tab that knows nothing of it, pictures from elsewhere become links. */
function tame(fragment: DocumentFragment): DocumentFragment {
  for (const image of fragment.querySelectorAll("img")) {
    const source = image.getAttribute("src") ?? "";
    if (source.startsWith("data:image/")) continue;
    const link = Object.assign(document.createElement("a"), { textContent: image.alt || source });
    link.setAttribute("href", source);
    image.replaceWith(link);
  }
  for (const link of fragment.querySelectorAll("a")) {
    if (isOutward(link.getAttribute("href"))) Object.assign(link, { target: "_blank", rel: "noopener noreferrer nofollow" });
    else if (!isWithin(link.getAttribute("href"))) link.removeAttribute("href");
  }
  for (const input of fragment.querySelectorAll("input")) {
    if (input.type !== "checkbox") {
      input.remove();
      continue;
    }
    input.disabled = true;
    input.ariaLabel = input.checked ? "done" : "to do";
  }
  return fragment;
}

/** A text in Markdown as it reads, whoever wrote it: nothing is left of it that acts, asks or loads from elsewhere. */
export function Markdown({ text, label }: { readonly text: string; readonly label: string }) {
  const host = useRef<HTMLElement>(null);
  useEffect(() => {
    host.current?.replaceChildren(tame(DOMPurify.sanitize(lowered.parse(text, { async: false }), allowed)));
  }, [text]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section ref={host} aria-label={label} className="markdown" tabIndex={0} />
  );
}
