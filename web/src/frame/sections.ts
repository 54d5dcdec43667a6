export interface Section {
  readonly text: string;
  readonly href: string;
  /** First segments of the addresses that belong to it. */
  readonly owns: readonly string[];
}

/** What the side navigation offers: sections that exist, in the order of the work. */
export const sections: readonly Section[] = [
  { text: "Home", href: "/", owns: [""] },
  { text: "Experiments", href: "/experiments", owns: ["experiments", "runs", "compare"] },
  { text: "Endpoints", href: "/endpoints", owns: ["endpoints"] },
  { text: "Pipelines", href: "/pipelines", owns: ["pipelines"] },
];
