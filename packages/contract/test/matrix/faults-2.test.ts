import { testFaults } from "./shard.ts";

testFaults(1);
