// The same from CommonJS: checked, never run.

import fapiao = require("fapiao");

export async function token(): Promise<string> {
  const account = await fapiao.account({ appid: "wx0", secret: "…" });
  const answer = await fapiao.send(account.stableToken());
  return answer.access_token;
}
