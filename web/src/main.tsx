import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { HomePage } from "./home/home-page.tsx";
import "./console.css";

const root = document.getElementById("console");
if (!root) throw new Error("index.html must hold an element with the id console");
createRoot(root).render(
  <StrictMode>
    <HomePage />
  </StrictMode>,
);
