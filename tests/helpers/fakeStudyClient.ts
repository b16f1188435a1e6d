import type { StudyClient, Tell } from "../../src/components/views/attribution/liveStudy.ts";
import type { ModelInfo } from "../../src/engine/model.ts";
import { fakeClient } from "./fakeClient.ts";

/** A client whose traces and studies are answered by hand. */
export function fakeStudyClient(modelInfo: ModelInfo) {
  const { client: live, status } = fakeClient();
  const asked: { request: unknown; channel: string; tell: Tell; answer: (answer: unknown) => void }[] = [];
  const ended: string[] = [];
  const later = (request: unknown, channel: string, tell: Tell = () => {}) =>
    new Promise((answer) => asked.push({ request, channel, tell, answer }));
  const client = {
    ...live,
    modelInfo,
    trace: later,
    study: later,
    cancelStudy: (channel: string) => ended.push(channel),
  } as unknown as StudyClient;
  return { client, asked, ended, status };
}
