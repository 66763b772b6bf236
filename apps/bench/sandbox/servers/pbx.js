/** The sandbox as built, with the options of its first argument and as many tokens as the second says. */
import { setFlagsFromString } from "node:v8";
import { startSandbox } from "@callpark/sandbox";
import { serveFigures } from "./figures.js";

// As `callpark sandbox` does.
setFlagsFromString("--semi-space-growth-factor=1");
const [, , options = "{}", tokens = "1"] = process.argv;
const sandbox = await startSandbox(JSON.parse(options));
const administrators = sandbox.accounts.filter(({ role, twoFactor }) => role === "tenant administrator" && !twoFactor);
const sessions = await Promise.all(administrators.slice(0, Number(tokens)).map((account) => sandbox.signIn(account)));
serveFigures({ port: sandbox.port, tokens: sessions.map(({ accessToken }) => accessToken) });
