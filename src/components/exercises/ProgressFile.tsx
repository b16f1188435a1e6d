import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { MOST_CHARACTERS } from "./progress/record.ts";
import { progress } from "./progress/store.ts";

/** Progress as a file: given to the reader, and read back after every check. */
export function ProgressFile({ course }: { readonly course: string }) {
  const input = useRef<HTMLInputElement>(null);
  const report = useSignal("");

  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    // Looked at before it is read: a huge file must not be brought into memory.
    if (file.size > MOST_CHARACTERS * 4) report.value = refused("The file is larger than any progress of this course.");
    else report.value = taken(await progress.importText(await file.text(), course));
  };

  return (
    <>
      <button type="button" onClick={() => save(progress.exportText(course))}>
        Export
      </button>
      <button type="button" onClick={() => input.current?.click()}>
        Import
      </button>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        hidden
        aria-label="File of exported progress"
        onChange={(event) => {
          const field = event.currentTarget;
          take(field.files?.[0])
            .catch(() => {
              report.value = refused("The file could not be read.");
            })
            .finally(() => {
              field.value = "";
            });
        }}
      />
      <p class="uh-progress-report" role="status">
        {report.value}
      </p>
    </>
  );
}

function taken(reason: string | null): string {
  return reason === null ? "Imported. Undo takes it back." : refused(reason);
}

function refused(reason: string): string {
  return `Not imported. ${reason} Your progress here is unchanged.`;
}

function save(text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = "underhood-progress.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
