import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { pageOfMlflowLink } from "./frame/mlflow-links.ts";
import { startPreferences } from "./frame/preferences.ts";
import { startRecovery } from "./frame/recovery.ts";
import { startVisit } from "./home/last-visit.ts";
import "./console.css";

const root = document.getElementById("console");
if (!root) throw new Error("index.html must hold an element with the id console");
const linked = pageOfMlflowLink(window.location.hash);
if (linked !== undefined) window.history.replaceState(null, "", linked);
startPreferences();
startRecovery();
startVisit();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
