//! Packs Python web applications for IIS and Web Deploy.

pub mod archive;
pub mod contents;
pub mod detect;
pub mod diagnostic;
pub mod fix;
pub mod generate;
pub mod limits;
pub mod model;
pub mod path;
pub mod pipeline;
pub mod python;
pub mod report;
pub mod rules;
pub mod sample;
pub mod select;
pub mod target;
#[cfg(test)]
mod testing;
pub mod text;
pub mod tree;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
pub mod xml;
