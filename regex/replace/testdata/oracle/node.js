// Replaces with String.replace, for differential_test.go, which says what the lines are.
const lines = require("fs").readFileSync(0, "utf8").split("\n").slice(0, -1);
const text = (hex) => Buffer.from(hex, "hex").toString("utf8");
for (const line of lines) {
  const [pattern, flags, template, subject] = line.split("\t");
  const result = text(subject).replace(new RegExp(text(pattern), flags + "g"), text(template));
  console.log("ok\t" + Buffer.from(result).toString("hex"));
}
