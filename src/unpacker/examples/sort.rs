//! The streams of a module, from the standard input to the standard output: the size of each, 4 bytes, then one
//! after another.

use std::error::Error;
use std::io::{Read, Write, stdin, stdout};

fn main() -> Result<(), Box<dyn Error>> {
    let mut module = Vec::new();
    stdin().read_to_end(&mut module)?;
    let streams = unpacker::sort(&module)
        .ok_or("the module has an instruction that src/unpacker/src/streams.rs does not know")?;
    let mut out = stdout().lock();
    for stream in &streams {
        out.write_all(&(stream.len() as u32).to_le_bytes())?;
    }
    for stream in &streams {
        out.write_all(stream)?;
    }
    Ok(())
}
