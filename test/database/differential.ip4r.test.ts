import { describeEngine } from "../support/database.js";
import { differentialSuite } from "./differential-suite.js";

describeEngine("differential", "ip4r", differentialSuite);
