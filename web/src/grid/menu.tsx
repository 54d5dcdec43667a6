import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from "react";
import "./menu.css";

export interface MenuItem {
  readonly text: string;
  readonly run: () => void;
  /** For choices of which some are in force. */
  readonly checked?: boolean;
}

interface MenuProps {
  readonly title: string;
  /** Beneath this it opens; there the focus goes when it closes. */
  readonly at: HTMLElement;
  readonly items: readonly MenuItem[];
  readonly close: () => void;
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** What can be done with something, as a menu (WAI-ARIA's menu pattern). */
export function Menu({ title, at, items, close }: MenuProps) {
  const host = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const menu = host.current;
    if (!menu) return;
    const box = at.getBoundingClientRect();
    menu.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - menu.offsetWidth - 8))}px`;
    menu.style.top = `${Math.max(8, Math.min(box.bottom + 2, window.innerHeight - menu.offsetHeight - 8))}px`;
    menu.querySelector("button")?.focus();
  }, [at]);
  useEffect(() => {
    const away = (event: Event) => event.target instanceof Node && !host.current?.contains(event.target) && close();
    document.addEventListener("pointerdown", away);
    return () => document.removeEventListener("pointerdown", away);
  }, [close]);
  const leave = () => {
    close();
    (at.closest<HTMLElement>("[data-at]") ?? at).focus();
  };
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    const buttons = [...(host.current?.querySelectorAll("button") ?? [])];
    const now = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const to = event.key === "Home" ? 0 : event.key === "End" ? buttons.length - 1 : now + (steps[event.key] ?? 0);
    if (event.key === "Escape" || event.key === "Tab") leave();
    else if (to !== now) buttons[(to + buttons.length) % buttons.length]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={host} role="menu" tabIndex={-1} aria-label={title} className="menu" onKeyDown={press}>
      <div className="menu-title" role="presentation">
        {title}
      </div>
      {items.map(({ text, run, checked }) => (
        <button
          key={text}
          type="button"
          tabIndex={-1}
          className="menu-item"
          {...(checked === undefined ? { role: "menuitem" } : { role: "menuitemradio", "aria-checked": checked })}
          onClick={() => {
            leave();
            run();
          }}
        >
          {checked === undefined ? "" : checked ? "✓ " : "  "}
          {text}
        </button>
      ))}
    </div>
  );
}
