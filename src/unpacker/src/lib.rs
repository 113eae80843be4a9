//! Unpacks the core, which travels packed inside the script: in WebAssembly as well, for in
//! JavaScript this takes three times as long, and it is most of what a fresh page waits for.
//!
//! The core is sorted into streams ([`streams`]), and each is packed with LZMA. What is packed comes from
//! `www/streams.mjs`, which uses the example `sort`; `www/core/module.js` calls the two functions below.
//! Both only take and fill memory that the caller gave; there is no allocator.

mod lzma;
mod restore;
mod streams;

#[cfg(not(target_arch = "wasm32"))]
mod sort;
#[cfg(not(target_arch = "wasm32"))]
pub use sort::sort;

use core::slice;

use restore::restore;
use streams::STREAMS;

/// One stream, `size` bytes of it.
///
/// # Safety
/// `packed` has `length` bytes, `stream` has room for `size`, and they share no memory.
#[expect(unsafe_code, reason = "called from JavaScript, with addresses")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn unpack(packed: *const u8, length: usize, stream: *mut u8, size: usize, properties: u32) {
    // SAFETY: the caller says so.
    let (packed, stream) = unsafe { (slice::from_raw_parts(packed, length), slice::from_raw_parts_mut(stream, size)) };
    lzma::unpack(packed, stream, properties);
}

/// The module, `size` bytes of it.
///
/// # Safety
/// `sizes` are those of all streams, which are one after another from `sorted` on, `module` has room for
/// `size` bytes, and no two of them share memory.
#[expect(unsafe_code, reason = "called from JavaScript, with addresses")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn join(sorted: *const u8, sizes: *const u32, module: *mut u8, size: usize) {
    let (mut next, mut size_of) = (sorted, sizes);
    let mut sorted = [&[][..]; STREAMS];
    // SAFETY: the caller says so.
    let module = unsafe {
        for stream in &mut sorted {
            *stream = slice::from_raw_parts(next, *size_of as usize);
            next = next.add(stream.len());
            size_of = size_of.add(1);
        }
        slice::from_raw_parts_mut(module, size)
    };
    restore(sorted, module);
}
