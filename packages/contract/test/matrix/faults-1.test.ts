import { testFaults } from "./shard.ts";

testFaults(0);
