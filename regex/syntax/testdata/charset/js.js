const lines = require("fs").readFileSync(0, "utf8").split("\n").filter((line) => line);
const tried = lines.shift().split(" ").map((range) => range.split("-").map((end) => parseInt(end, 16)));
for (const line of lines) {
  const [flags, ...rest] = line.split(" ");
  let re;
  try {
    re = new RegExp("^(?:" + rest.join(" ") + ")$", flags.replace("-", ""));
  } catch (e) {
    console.log("! " + e.message);
    continue;
  }
  const last = re.unicode || re.unicodeSets ? 0x10ffff : 0xffff;
  const found = [];
  for (const [from, to] of tried) {
    for (let r = from; r <= to && r <= last; r++) {
      if ((r < 0xd800 || r >= 0xe000) && re.test(String.fromCodePoint(r))) found.push(r.toString(16) + "-" + r.toString(16));
    }
  }
  console.log(found.join(" "));
}
