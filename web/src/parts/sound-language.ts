/** A browser started under the C locale calls its language `en-US@posix`, which Intl refuses; uPlot asks Intl for it as it loads. Import this before it. */
try {
  Intl.getCanonicalLocales(navigator.language);
} catch {
  Object.defineProperty(navigator, "language", { value: "en-US", configurable: true });
}
