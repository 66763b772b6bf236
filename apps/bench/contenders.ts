/** The clients that are compared, each as a function that reads the settings once. */
import { createCallParkClient, createClient, type Transport } from "@callpark/client";
import { createConfig, createClient as createHeyApi } from "@hey-api/client-fetch";
import axios from "axios";
import ky from "ky";
import createOpenapiFetch from "openapi-fetch";
import { token } from "./call-park.ts";

export type Read = () => Promise<unknown>;

const bearer = `Bearer ${token}`;

/** Every option on; the budget is one that holds nothing back. */
export const ours = (baseUrl: string, transport?: Transport): Read => {
  const client = createCallParkClient({
    baseUrl,
    token,
    retry: 3,
    timeout: { attempt: 15_000, total: 60_000 },
    budget: 1e9,
    ...(transport && { transport }),
  });
  return async () => (await client.GET("/call_park")).data;
};

/** Without the budget, which it does not have. */
export const oursSmallest = (baseUrl: string): Read => {
  const client = createClient({ baseUrl, token, retry: 3, timeout: { attempt: 15_000, total: 60_000 } });
  return async () => (await client.GET("/call_park")).data;
};

export const bareFetch = (baseUrl: string): Read => {
  const url = `${baseUrl}/call_park`;
  return async () => (await fetch(url, { headers: { Authorization: bearer } })).json();
};

export const openapiFetch = (baseUrl: string): Read => {
  const client = createOpenapiFetch<{ "/call_park": { get: { responses: { 200: object } } } }>({ baseUrl });
  client.use({
    onRequest({ request }) {
      request.headers.set("Authorization", bearer);
      return request;
    },
  });
  return async () => (await client.GET("/call_park")).data;
};

export const heyApi = (baseUrl: string): Read => {
  const client = createHeyApi(createConfig({ baseUrl, auth: token }));
  return async () => (await client.get({ url: "/call_park", security: [{ type: "http", scheme: "bearer" }] })).data;
};

export const kyClient = (baseUrl: string): Read => {
  const client = ky.create({ headers: { Authorization: bearer }, retry: 3, timeout: 15_000 });
  return () => client.get(`${baseUrl}/call_park`).json();
};

export const axiosClient = (baseUrl: string, adapter: "fetch" | "http"): Read => {
  const client = axios.create({ baseURL: baseUrl, headers: { Authorization: bearer }, timeout: 15_000, adapter });
  return async () => (await client.get("/call_park")).data;
};
