import type { Behaviour } from "../behaviour.ts";
import { accessVariants } from "./access.ts";
import { leftOpenVariants } from "./left-open.ts";
import { leftOpenFileVariants } from "./left-open-files.ts";
import { patienceVariants } from "./patience.ts";
import { refusingVariants } from "./refusing.ts";
import { settingsVariants } from "./settings.ts";
import { besidesVariants } from "./settings-besides.ts";
import { transportVariants } from "./transport.ts";

/** Every lawful way of being different. */
export const variants: readonly Behaviour[] = [
  ...transportVariants,
  ...patienceVariants,
  ...settingsVariants,
  ...besidesVariants,
  ...refusingVariants,
  ...accessVariants,
  ...leftOpenVariants,
  ...leftOpenFileVariants,
];
