//! What the first report of a ZIP reads of it, read ahead by whoever can read several pieces at once.

use crate::archive::ZipInput;
use crate::contents::ReadError;
use crate::pipeline::session::Session;
use crate::tree::InputId;

impl Session {
    /// The pieces of the ZIP, which is file 0, that the next check reads; none for what is not judged as the ZIP
    /// that it is, nor once they were asked for. They go to [`Session::put_ahead`], in this order.
    pub fn ahead(&self) -> Result<Vec<(u64, u64)>, ReadError> {
        let work = self.work()?;
        let place = |zip: &ZipInput| zip.place() == Some((InputId(0), 0));
        Ok(self.judged_archive(&work).filter(|zip| place(zip)).map(ZipInput::ahead).unwrap_or_default())
    }

    /// Takes the next piece. What does not come is read when it is looked at.
    pub fn put_ahead(&self, from: u64, bytes: Vec<u8>) -> Result<(), ReadError> {
        self.input.archive().map_or(Ok(()), |zip| zip.put_ahead(from, bytes))
    }
}
