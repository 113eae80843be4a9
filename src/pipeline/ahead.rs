//! What the first report of a ZIP reads of it, read ahead by whoever can read several pieces at once.

use crate::archive::{Piece, ZipInput};
use crate::contents::ReadError;
use crate::pipeline::session::Session;

impl Session {
    /// The pieces of the ZIP, which is file 0, that the next check reads; none for what is not judged as the ZIP
    /// that it is, nor for the second check. They go to [`Session::put_ahead`], in this order.
    pub fn ahead(&self) -> Result<Vec<Piece>, ReadError> {
        let work = self.work()?;
        Ok(self.judged_archive(&work).map_or_else(Vec::new, ZipInput::ahead))
    }

    /// Takes the next piece. What does not come is read when it is looked at.
    pub fn put_ahead(&self, from: u64, bytes: Vec<u8>, entries: usize) -> Result<(), ReadError> {
        self.input.archive().map_or(Ok(()), |zip| zip.put_ahead(from, bytes, entries))
    }
}
