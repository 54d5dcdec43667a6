import { useEffect, useRef } from "react";
import { usePathname } from "wouter/use-browser-location";

/** The page whose heading had the focus last. The first page of a visit leaves the focus where the browser put it. */
let focusedPath = window.location.pathname;

/** Moves the focus to the page's heading, as after following a link. */
export const focusHeading = (): void => document.querySelector<HTMLElement>("h1 [tabindex]")?.focus();

/** The page's name, which takes the focus when the page has been navigated to: a screen reader says where one is. */
export function Heading({ title }: { readonly title: string }) {
  const path = usePathname();
  const text = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (focusedPath === path) return;
    focusedPath = path;
    window.scrollTo({ top: 0 });
    text.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <span className="name heading" ref={text} tabIndex={-1}>
      {title}
    </span>
  );
}
