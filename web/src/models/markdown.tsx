import DOMPurify from "dompurify";
import { Marked } from "marked";
import { useMemo } from "react";
import "./markdown.css";

/** Elements of a text; none that loads, runs or sends anything. Links open where the reader decides. */
const allowed = {
  ALLOWED_TAGS: [
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "p",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "del",
    "code",
    "pre",
    "blockquote",
    "hr",
    "br",
    "a",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
  ],
  ALLOWED_ATTR: ["href", "align", "start"],
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|\/(?!\/)|#)/i,
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

/** A text in Markdown as somebody wrote it, without what could act: images, styles, scripts, forms. */
export function Markdown({ text, label }: { readonly text: string; readonly label: string }) {
  const html = useMemo(() => DOMPurify.sanitize(lowered.parse(text, { async: false }), allowed), [text]);
  return (
    <section
      className="markdown"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1)
      tabIndex={0}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised above to a short list of elements
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}
