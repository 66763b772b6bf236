export { callParkKeys } from "./keys.ts";
export { type Mutation, type QueryCache, updateCallParkMutation } from "./mutations.ts";
export { callParkGroupQuery, callParkGroupsQuery, callParkQuery, type Query } from "./queries.ts";
