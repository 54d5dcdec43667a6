import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { startPreferences } from "./frame/preferences.ts";
import { startRecovery } from "./frame/recovery.ts";
import "./console.css";

const root = document.getElementById("console");
if (!root) throw new Error("index.html must hold an element with the id console");
startPreferences();
startRecovery();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
