import { expect, test } from "vitest";
import { boxOf, grantsOf } from "./grants.ts";

test("the ticked boxes are the roles, each with its stop where it has one", () => {
  const data = new FormData();
  for (const name of [
    "name",
    boxOf("coordinator"),
    boxOf("stop_organiser", "azimut-lille"),
    boxOf("host", "azimut-lille"),
    "roles/emperor",
    "roles/host",
  ]) {
    data.append(name, "on");
  }
  expect(grantsOf(data)).toEqual([
    { role: "coordinator" },
    { role: "stop_organiser", stop: "azimut-lille" },
    { role: "host", stop: "azimut-lille" },
  ]);
});
