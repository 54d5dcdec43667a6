export interface Section {
  readonly text: string;
  readonly href: string;
  /** First segments of the addresses that belong to it. */
  readonly owns: readonly string[];
}

/** What the side navigation offers: every one has its pages. */
export const sections: readonly Section[] = [
  { text: "Home", href: "/", owns: [""] },
  { text: "Experiments", href: "/experiments", owns: ["experiments", "runs", "compare"] },
  { text: "Models", href: "/models", owns: ["models"] },
  { text: "Endpoints", href: "/endpoints", owns: ["endpoints"] },
  { text: "Pipelines", href: "/pipelines", owns: ["pipelines"] },
  { text: "Features", href: "/features", owns: ["features"] },
  { text: "Drift", href: "/drift", owns: ["drift"] },
  { text: "Settings", href: "/settings", owns: ["settings"] },
];
