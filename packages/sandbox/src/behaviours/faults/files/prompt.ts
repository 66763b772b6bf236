export const read = "GET /call_park";
export const write = "POST /call_park";
export const download = "GET /blobs/{digest}";
export const complete = "POST /blobs/uploads/{id}/complete";

export type Item = Record<string, unknown>;
export const hasPrompt = (item: Item): boolean => typeof item["prompt_file_url"] === "string";
