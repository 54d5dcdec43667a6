import { useMemo } from "react";
import { dress, tamePage } from "./tame-page.ts";

const mostHeight = 480;
/** Of the body, and the borders. */
const margins = 20;

/** As high as what it holds, up to a limit. */
const shrink = (frame: HTMLIFrameElement) => {
  frame.style.height = `${Math.min(mostHeight, (frame.contentDocument?.body.offsetHeight ?? 0) + margins)}px`;
};

/**
 * A page as it looks, in a frame where nothing runs: what acts is taken out of it, the frame allows no script and no form, and the console's
 * policy holds in it (a srcdoc document inherits it), so that it loads nothing from elsewhere. It shares the console's origin only so that
 * its styles can be put on it from outside.
 */
export function HtmlFrame({ title, html, fits = false }: { readonly title: string; readonly html: string; readonly fits?: boolean }) {
  const page = useMemo(() => tamePage(html), [html]);
  return (
    <iframe
      className="html-frame"
      title={title}
      sandbox="allow-same-origin"
      referrerPolicy="no-referrer"
      srcDoc={page.html}
      onLoad={({ currentTarget }) => {
        dress(currentTarget, page);
        if (fits) shrink(currentTarget);
      }}
    />
  );
}
