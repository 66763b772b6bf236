/** A node:http server that answers with the same settings every time, and with nothing to a POST. */
import { createServer } from "node:http";
import { serveFigures } from "./figures.js";

const settings = {
  enabled: true,
  extension_number: "666",
  recall_to: "USER_ONLY",
  recall_time: 300,
  recall_ring_group_time: 300,
  ring_group_id: null,
  prompt_file_name: "hold-the-line.wav",
  prompt_file_size: 16_044,
  prompt_file_url: "/api/blobs/CWpNzdQZZ7jyWQdtt0k9Zav8JvdUV_jy",
  send_notification_to_parker: false,
};

const server = createServer((request, response) => {
  if (request.method === "POST") {
    request.resume().on("end", () => response.writeHead(200, { "Content-Length": 0 }).end());
    return;
  }
  const text = JSON.stringify(settings);
  response.writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) }).end(text);
});
server.listen(0, "127.0.0.1", () => serveFigures({ port: server.address().port, tokens: ["any"] }));
