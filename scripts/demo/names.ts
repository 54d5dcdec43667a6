/** Everything the demo makes, by name. It may be run again on the same platform: definitions are put, executions get new names. */
export const names = {
  dataset: "breast-cancer",
  entity: "sample",
  view: "nuclei",
  pipeline: "diagnosis",
  experiment: "diagnosis",
  model: "diagnosis",
  endpoint: "diagnosis",
  monitor: "diagnosis-drift",
} as const;
