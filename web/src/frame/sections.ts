export interface Section {
  readonly text: string;
  readonly href: string;
  /** First segments of the addresses that belong to it. */
  readonly owns: readonly string[];
  /** Pressed after `g`, it goes there. */
  readonly key: string;
}

/** What the side navigation offers: every one has its pages. */
export const sections: readonly Section[] = [
  { text: "Home", href: "/", owns: [""], key: "h" },
  { text: "Experiments", href: "/experiments", owns: ["experiments", "runs", "logged-models", "compare"], key: "e" },
  { text: "Models", href: "/models", owns: ["models"], key: "m" },
  { text: "Endpoints", href: "/endpoints", owns: ["endpoints"], key: "n" },
  { text: "Pipelines", href: "/pipelines", owns: ["pipelines"], key: "p" },
  { text: "Features", href: "/features", owns: ["features"], key: "f" },
  { text: "Drift", href: "/drift", owns: ["drift"], key: "d" },
  { text: "Settings", href: "/settings", owns: ["settings"], key: "s" },
];
