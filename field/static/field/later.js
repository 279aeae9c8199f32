/** Screens that are read only when somebody opens one of them. */

import * as map from "./screens/map.js";
import * as packages from "./screens/packages.js";
import * as scan from "./screens/scan.js";

/** The screens; each names its own address. */
export const LATER = [map, packages, scan];
