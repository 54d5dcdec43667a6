import TopNavigation, { type TopNavigationProps } from "@cloudscape-design/components/top-navigation";
import { useSyncExternalStore } from "react";
import { navigate } from "wouter/use-browser-location";
import { session } from "../session.ts";
import { showOverlay } from "./overlay.ts";
import { choicesOf } from "./preference-names.ts";
import { type Preferences, usePreferences } from "./preferences.ts";

const inMenu = ["theme", "density", "zone"] as const;

const keyboard = (
  <svg viewBox="0 0 16 16" aria-hidden focusable="false">
    <rect x="1" y="3" width="14" height="10" rx="1.5" />
    <path d="M4 6h1M7.5 6h1M11 6h1M4 8h1M7.5 8h1M11 8h1M5 10.5h6" />
  </svg>
);

function goHome(event: CustomEvent): void {
  event.preventDefault();
  navigate("/");
}

const menu = (current: Preferences) =>
  inMenu.map((name) => {
    const { title, options } = choicesOf(name, current);
    return {
      id: name,
      text: title,
      items: options.map(({ id, text, isChosen }) => ({ itemType: "checkbox" as const, id: `${name} ${id}`, text, checked: isChosen })),
    };
  });

/** The product's name, the way to everything by name, how the page should look, and the way out. */
export function TopBar() {
  const current = usePreferences();
  const hasToken = useSyncExternalStore(session.subscribe, session.token) !== null;
  const choose = (id: string) => {
    const [name, value] = id.split(" ");
    const preference = inMenu.find((one) => one === name);
    if (preference) {
      choicesOf(preference, current)
        .options.find((one) => one.id === value)
        ?.choose();
    }
  };
  const signOut: TopNavigationProps.Utility[] = hasToken
    ? [{ type: "button", iconName: "user-profile", text: "Sign out", onClick: () => session.signOut() }]
    : [];
  return (
    <TopNavigation
      identity={{ href: "/", title: "Capstan", logo: { src: "/capstan.svg", alt: "" }, onFollow: goHome }}
      utilities={[
        {
          type: "button",
          iconName: "search",
          text: "Search",
          title: "Search everything (Ctrl K)",
          ariaLabel: "Search everything",
          onClick: () => showOverlay("palette"),
        },
        { type: "button", iconSvg: keyboard, ariaLabel: "Keyboard shortcuts", title: "Keyboard shortcuts (?)", onClick: () => showOverlay("help") },
        { type: "button", text: "API", href: "/openapi.json", external: true, externalIconAriaLabel: "opens in a new tab" },
        {
          type: "menu-dropdown",
          iconName: "settings",
          ariaLabel: "Appearance",
          title: "Appearance",
          onItemClick: ({ detail }) => choose(detail.id),
          items: menu(current),
        },
        ...signOut,
      ]}
    />
  );
}
