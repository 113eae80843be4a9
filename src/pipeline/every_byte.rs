//! The check of every byte of a ZIP: by workers, or here, a step at a time.

use crate::archive::{Order, Verified, Verifier, WriteError};
use crate::contents::ReadError;
use crate::pipeline::session::Session;
use crate::tree::InputId;

impl Session {
    /// Unpacks some more of a ZIP, to see whether every byte is whole; the next check reports what is
    /// not. A folder has nothing to unpack.
    pub fn verify_next(&mut self) -> Result<Verified, ReadError> {
        let Some(verifier) = &mut self.verifier else { return Ok(Verified { done: true, ..Verified::default() }) };
        let cache = &self.input.cache;
        verifier.step(&mut |id, why| cache.note_damage(id, why))?;
        Ok(verifier.progress())
    }

    /// What workers can do of the same, and were not asked for yet: the file, and orders for it. Nothing for what
    /// is no ZIP.
    pub fn verify_orders(&mut self) -> Option<(InputId, Vec<Order>)> {
        let verifier = self.verifier.as_mut()?;
        Some((verifier.file()?, verifier.orders()))
    }

    /// Takes what a worker said of an order, and how many bytes it unpacked.
    pub fn verify_done(&mut self, order: u32, faults: &[u8], bytes: u64) -> Result<(), WriteError> {
        let cache = &self.input.cache;
        let verifier = self.verifier.as_mut().ok_or_else(|| WriteError::Zip("there is no ZIP".to_owned()))?;
        verifier.judged(order, faults, bytes, &mut |id, why| cache.note_damage(id, why))
    }

    /// An order came to nothing.
    pub fn verify_failed(&mut self, order: u32) {
        if let Some(verifier) = &mut self.verifier {
            verifier.failed(order);
        }
    }

    /// How far the check of every byte is.
    #[must_use]
    pub fn verified(&self) -> Verified {
        let nothing = Verified { done: true, ..Verified::default() };
        self.verifier.as_ref().map_or(nothing, Verifier::progress)
    }

    /// How many entries are known to be damaged.
    #[must_use]
    pub fn damaged(&self) -> usize {
        self.input.cache.damages()
    }
}
