import { testFaults } from "./shard.ts";

testFaults(3);
