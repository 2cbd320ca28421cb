// The question of the page as code to paste: it asks the same of the interface.

/**
 * Returns a program in a language: curl, python, javascript or java.
 *
 * `question` has either `example`, the address of a photo of this server, or `fileName`; one of
 * `query`, `caption` and `phrases`; `threshold`, a text;
 * `model`, if there are several; and `keyNeeded`, whether the interface asks for a key, which the
 * program then takes from the environment.
 */
export function program(language, question) {
  return WRITERS[language](question, new URL(".", location.href).href.slice(0, -1));
}

/** Tells how to run a program. */
export const RUN = {
  curl: "Paste it into a shell.",
  python: "Python 3, nothing to install. Save it as ask.py and run: python3 ask.py",
  javascript: "Node 18 or newer. Save it as ask.mjs and run: node ask.mjs",
  java: "Java 17 or newer. Save it as Ask.java and run: java Ask.java",
};

const WRITERS = {
  curl({ example, fileName, query, caption, phrases, threshold, model, keyNeeded }, origin) {
    const image = example ? "image=@-" : `image=@${curlFileName(fileName)}`;
    const words = query
      ? ["query=" + query]
      : caption
        ? ["caption=" + caption]
        : phrases.map((phrase) => "phrase=" + phrase);
    const options = [...words, "threshold=" + threshold, "top=10"];
    if (model) options.push("model=" + model);
    const ground = [
      `curl -F ${shell(image)}`,
      ...(keyNeeded ? [`-H "Authorization: Bearer $DEIXIS_KEY"`] : []),
      ...options.map((option) => "--form-string " + shell(option)),
      origin + "/v1/ground",
    ].join(" \\\n  ");
    return example ? `curl -s ${origin}${example} |\n${ground}` : ground;
  },

  python(question, origin) {
    const photo = question.example
      ? `urllib.request.urlopen(${quoted(origin + question.example)}).read()`
      : `open(${quoted(question.fileName)}, "rb").read()`;
    const key = question.keyNeeded ? `, "Authorization": "Bearer " + os.environ["DEIXIS_KEY"]` : "";
    return `import base64, json, ${question.keyNeeded ? "os, " : ""}urllib.request

photo = ${photo}
question = {
    "image": base64.b64encode(photo).decode(),
${members(question, "    ")}
}
request = urllib.request.Request(
    ${quoted(origin + "/v1/ground")},
    json.dumps(question).encode(),
    {"Content-Type": "application/json"${key}},
)
answer = json.load(urllib.request.urlopen(request))
print(json.dumps(answer, indent=2))
`;
  },

  javascript(question, origin) {
    const photo = question.example
      ? `Buffer.from(await (await fetch(${quoted(origin + question.example)})).arrayBuffer())`
      : `await readFile(${quoted(question.fileName)})`;
    const key = question.keyNeeded ? ', "Authorization": `Bearer ${process.env.DEIXIS_KEY}`' : "";
    const reading = question.example ? "" : `import { readFile } from "node:fs/promises";\n\n`;
    return `${reading}const photo = ${photo};
const response = await fetch(${quoted(origin + "/v1/ground")}, {
  method: "POST",
  headers: { "Content-Type": "application/json"${key} },
  body: JSON.stringify({
    "image": photo.toString("base64"),
${members(question, "    ")}
  }),
});
console.log(JSON.stringify(await response.json(), null, 2));
`;
  },

  java(question, origin) {
    const photo = question.example
      ? `http.send(
            HttpRequest.newBuilder(URI.create(${quoted(origin + question.example)})).build(),
            HttpResponse.BodyHandlers.ofByteArray()).body()`
      : `Files.readAllBytes(Path.of(${quoted(question.fileName)}))`;
    const json = `{${members(question, "").replaceAll("\n", " ")}, "image": "`;
    const key = question.keyNeeded
      ? `\n            .header("Authorization", "Bearer " + System.getenv("DEIXIS_KEY"))`
      : "";
    const files = question.example ? "" : "import java.nio.file.Files;\nimport java.nio.file.Path;\n";
    return `import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
${files}import java.util.Base64;

public class Ask {
  public static void main(String[] args) throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    byte[] photo =
        ${photo};
    String question =
        ${quoted(json)} + Base64.getEncoder().encodeToString(photo) + "\\"}";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(${quoted(origin + "/v1/ground")}))
            .header("Content-Type", "application/json")${key}
            .POST(HttpRequest.BodyPublishers.ofString(question))
            .build();
    System.out.println(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }
}
`;
  },
};

/** The question without its photo as lines of JSON, which Python and JavaScript read alike. */
function members({ query, caption, phrases, threshold, model }, indent) {
  const words = query
    ? `"query": ${quoted(query)}`
    : caption
      ? `"caption": ${quoted(caption)}`
      : `"phrases": [${phrases.map(quoted).join(", ")}]`;
  const chosen = model ? [`"model": ${quoted(model)}`] : [];
  return [words, `"threshold": ${quoted(threshold)}`, `"top": 10`, ...chosen]
    .map((member) => indent + member)
    .join(",\n");
}

/** A text in double quotes, with escapes that JSON, Python, JavaScript and Java all have. */
function quoted(text) {
  return JSON.stringify(text).replace(
    /[^ -~]/g,
    (letter) => "\\u" + letter.charCodeAt(0).toString(16).padStart(4, "0"),
  );
}

/** In a file's name curl gives commas, semicolons and quotes a meaning, unless it is quoted. */
function curlFileName(name) {
  return `"${name.replace(/[\\"]/g, "\\$&")}"`;
}

/** Returns a text as one word of a POSIX shell. */
function shell(text) {
  return /^[\w=@./:-]+$/.test(text) ? text : "'" + text.replaceAll("'", "'\\''") + "'";
}
