import { connect, type Socket } from "node:net";

/**
 * One connection that sends requests as bytes and waits for each answer: far cheaper than a client, so that the server is
 * what is measured.
 */
export const openConnection = (port: number): { ask(request: string): Promise<string>; close(): void } => {
  const socket: Socket = connect(port, "127.0.0.1").setNoDelay(true);
  let received = "";
  let wanted: { resolve(answer: string): void; reject(reason: Error): void } | undefined;
  socket.setEncoding("latin1");
  socket.on("data", (text: string) => {
    received += text;
    const head = received.indexOf("\r\n\r\n");
    if (head === -1) return;
    const [, length = "0"] = /\r\ncontent-length: (\d+)/i.exec(received.slice(0, head)) ?? [];
    if (received.length < head + 4 + Number(length)) return;
    const answer = received;
    received = "";
    wanted?.resolve(answer);
  });
  const fail = (reason: Error) => wanted?.reject(reason);
  socket.on("error", fail).on("close", () => fail(new Error("The connection was closed")));
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        wanted = { resolve, reject };
        socket.write(request);
      }),
    close: () => {
      wanted = undefined;
      socket.destroy();
    },
  };
};

export const requestOf = (method: string, path: string, token: string, body = ""): string =>
  [
    `${method} ${path} HTTP/1.1`,
    "Host: 127.0.0.1",
    `Authorization: Bearer ${token}`,
    ...(body === "" ? [] : ["Content-Type: application/json", `Content-Length: ${Buffer.byteLength(body)}`]),
    "",
    body,
  ].join("\r\n");

/** Sends the same request on so many connections for so long, and answers with how many were answered with 200. */
export const load = async (
  port: number,
  request: string,
  connections: number,
  milliseconds: number,
): Promise<number> => {
  let count = 0;
  const ends = performance.now() + milliseconds;
  const worker = async () => {
    const connection = openConnection(port);
    while (performance.now() < ends) {
      const answer = await connection.ask(request);
      if (!answer.startsWith("HTTP/1.1 200 ")) throw new Error(answer);
      count += 1;
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return count;
};
