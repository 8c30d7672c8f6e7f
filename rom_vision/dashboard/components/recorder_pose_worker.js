// Finds the people in a picture, outside the page's own thread. Pictures come from the page and go nowhere else.
let landmarker;

onmessage = async ({ data }) => {
  try {
    if (data.start) {
      const { PoseLandmarker } = await import(`${data.start}/vision_bundle.mjs`);
      landmarker = await PoseLandmarker.createFromOptions(
        {
          wasmLoaderPath: `${data.start}/vision_wasm_module_internal.js`,
          wasmBinaryPath: `${data.start}/vision_wasm_module_internal.wasm`,
        },
        {
          baseOptions: { modelAssetPath: `${data.start}/${data.model}`, delegate: "CPU" },
          runningMode: "VIDEO",
          numPoses: data.people,
        },
      );
      postMessage({ ready: true });
    } else {
      const found = landmarker.detectForVideo(data.picture, data.time_ms);
      data.picture.close();
      const people = found.landmarks.map((image, i) => ({ image, world: found.worldLandmarks[i] }));
      postMessage({ people, time_ms: data.time_ms });
    }
  } catch (problem) {
    postMessage({ trouble: String(problem?.message || problem) });
  }
};
