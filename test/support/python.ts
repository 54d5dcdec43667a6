import { fileURLToPath } from "node:url";

/** The interpreter that has the clients of test/compat/requirements.txt: `CAPSTAN_PYTHON`, else the project's `.venv`. */
export const pythonPath = process.env["CAPSTAN_PYTHON"] ?? fileURLToPath(new URL("../../.venv/bin/python", import.meta.url));
