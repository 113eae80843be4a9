// @ts-check
// Whether the machine should be spared. No browser says that its battery saver is on; some say how full the
// battery is, and systems switch theirs on where this does.

const LOW = 0.2;

/** @returns {Promise<boolean>} */
export async function lowOnPower() {
  try {
    const battery = await Reflect.get(navigator, 'getBattery')?.call(navigator);
    return battery ? !battery.charging && battery.level <= LOW : false;
  } catch {
    return false; // the site's policy may not allow the question
  }
}
