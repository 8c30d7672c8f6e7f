// The cameras of this device. Which there are, and what they are called, is only told once one may be used.
const LONG_PX = 1280, SHORT_PX = 720;

export class Camera {
  constructor(video) {
    this.video = video;
    this.facing = "environment";
    this.shape = "";  // "", "upright" or "across"
  }

  // Throws what the browser throws: its name says why it can't be.
  async open(deviceId = "") {
    this.close();
    if (!navigator.mediaDevices) throw new DOMException("", "SecurityError");
    const upright = this.shape === "upright";
    const size = { width: { ideal: upright ? SHORT_PX : LONG_PX }, height: { ideal: upright ? LONG_PX : SHORT_PX } };
    const which = deviceId ? { deviceId: { exact: deviceId } } : { facingMode: { ideal: this.facing } };
    this.stream = await navigator.mediaDevices.getUserMedia({
      audio: false, video: { ...which, ...size, frameRate: { ideal: 30 } },
    });
    this.settings = this.stream.getVideoTracks()[0].getSettings();
    this.video.srcObject = this.stream;
    await this.video.play();
  }

  get isMirrored() {
    return this.settings?.facingMode === "user";
  }

  async all() {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter((device) => device.kind === "videoinput");
  }

  async turn() {
    this.facing = this.facing === "user" ? "environment" : "user";
    await this.open();
  }

  close() {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
  }
}
