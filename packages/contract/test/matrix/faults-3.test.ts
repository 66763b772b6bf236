import { testFaults } from "./shard.ts";

testFaults(2);
