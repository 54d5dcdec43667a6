import TopNavigation from "@cloudscape-design/components/top-navigation";
import { navigate } from "wouter/use-browser-location";
import { session } from "../session.ts";
import { densities, setPreferences, themes, usePreferences } from "./preferences.ts";

const titled = (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

function goHome(event: CustomEvent): void {
  event.preventDefault();
  navigate("/");
}

/** The product's name, and how the page should look. */
export function TopBar() {
  const { theme, density } = usePreferences();
  const choose = (id: string) => {
    const chosenTheme = themes.find((one) => `theme-${one}` === id);
    const chosenDensity = densities.find((one) => `density-${one}` === id);
    if (chosenTheme) setPreferences({ theme: chosenTheme });
    if (chosenDensity) setPreferences({ density: chosenDensity });
    if (id === "sign-out") session.signOut();
  };
  return (
    <TopNavigation
      identity={{ href: "/", title: "Capstan", logo: { src: "/capstan.svg", alt: "" }, onFollow: goHome }}
      utilities={[
        { type: "button", text: "API", href: "/openapi.json", external: true, externalIconAriaLabel: "opens in a new tab" },
        {
          type: "menu-dropdown",
          iconName: "settings",
          ariaLabel: "Appearance",
          title: "Appearance",
          onItemClick: ({ detail }) => choose(detail.id),
          items: [
            {
              id: "theme",
              text: "Theme",
              items: themes.map((one) => ({ itemType: "checkbox" as const, id: `theme-${one}`, text: titled(one), checked: one === theme })),
            },
            {
              id: "density",
              text: "Density",
              items: densities.map((one) => ({ itemType: "checkbox" as const, id: `density-${one}`, text: titled(one), checked: one === density })),
            },
            ...(session.token() === null ? [] : [{ id: "sign-out", text: "Sign out" }]),
          ],
        },
      ]}
    />
  );
}
