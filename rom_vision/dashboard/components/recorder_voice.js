// Beeps, and words spoken by a voice of this device: those of the browser's maker send the text away.
export class Voice {
  constructor(language) {
    this.language = language;
    this.aloud = true;
  }

  // After a press alone do browsers let a page sound.
  wake() {
    this.sound ??= new AudioContext();
    this.sound.resume();
  }

  beep(high = false) {
    if (!this.aloud || !this.sound) return;
    const tone = this.sound.createOscillator(), loud = this.sound.createGain(), now = this.sound.currentTime;
    tone.frequency.value = high ? 1320 : 880;
    loud.gain.setValueAtTime(0.3, now);
    loud.gain.exponentialRampToValueAtTime(0.001, now + 0.25);
    tone.connect(loud).connect(this.sound.destination);
    tone.start(now);
    tone.stop(now + 0.25);
  }

  say(words) {
    if (!this.aloud || !words || !window.speechSynthesis) return;
    const voice = speechSynthesis.getVoices().find((v) => v.localService && v.lang.startsWith(this.language));
    if (!voice) return;
    speechSynthesis.cancel();
    const spoken = new SpeechSynthesisUtterance(words);
    spoken.voice = voice;
    spoken.lang = voice.lang;
    speechSynthesis.speak(spoken);
  }

  close() {
    window.speechSynthesis?.cancel();
    this.sound?.close();
  }
}
