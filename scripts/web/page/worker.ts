/** The page's worker. */
import { answerCalls } from "./rpc.js";
import { workshop } from "./workshop.js";

answerCalls(self as unknown as Worker, workshop());
