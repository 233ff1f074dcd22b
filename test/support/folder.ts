import { chmod, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Makes a throw-away folder for a private cluster. Others may enter it: as root the server runs as another user, and from a folder
 * closed to that user the cluster would move to the cache folder of the machine, where nobody throws it away.
 *
 * @param prefix of its name; a random ending is added
 */
export async function clusterFolder(prefix: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), prefix));
  await chmod(folder, 0o711);
  return folder;
}
