//! Packs Python web applications for IIS and Web Deploy, and checks such packages.
//!
//! This page is the map. Read [`pipeline`] first.
//!
//! # How data flows
//!
//! ```text
//! files -> FileTree -> Package -> Diagnostics -> Edits -> FileTree -> ZIP bytes
//! ```
//!
//! No arrow goes back. A [`tree::FileTree`] lists the input and reads nothing of it; a
//! [`contents::Contents`] reads the few files that somebody asks for; a [`model::Package`] says what
//! they mean; a [`rules::Rule`] finds each [`diagnostic::Diagnostic`]; a [`fix::Fix`] is a list of
//! [`fix::Edit`]s that make another tree; an [`archive::Assembly`] turns that tree into a ZIP, part
//! by part. Everything in between is pure: no clock, no chance, no file system, no JavaScript.
//!
//! # Rooms
//!
//! What everybody uses:
//! * [`sorted`]: maps and sets in order, with little code.
//! * [`path`]: a path of a package, and which names Windows refuses.
//! * [`text`]: bytes to text and back, spans, lines and columns.
//! * [`tree`]: the files and folders of an input, without their bytes.
//! * [`contents`]: the bytes, read once through a [`contents::Source`].
//! * [`limits`]: every limit, with its reason.
//! * [`diagnostic`]: what is wrong, and where.
//! * [`fix`]: what mends it.
//!
//! What knows a language or a format:
//! * [`archive`]: ZIP, read strictly and written the way Web Deploy does.
//! * [`xml`]: XML to a tree with spans; never fails, never expands an entity of the document.
//! * [`python`]: what a Python file binds, without running it.
//! * [`requirements`]: what an application says that it needs, in each format.
//! * [`wheel`]: which Python takes a wheel, and what it puts where.
//! * [`secret`]: secrets that are written out in a text.
//! * [`publish`]: publish profiles, values for parameters, command lines of msdeploy.
//! * [`model`]: the vocabulary of Web Deploy and IIS: manifest, parameters, web.config.
//!
//! What decides:
//! * [`select`]: what is left out, and why.
//! * [`detect`]: the framework and the entry point, with evidence a person can check.
//! * [`target`]: where a package can run, and what each place needs.
//! * [`generate`]: the text of the files that an application lacks.
//! * [`rules`]: one rule, one file, one golden, one web page.
//!
//! What people see:
//! * [`report`]: what was found, in the words that are shown.
//! * [`sample`]: applications to try the packager with.
//! * [`pipeline`]: the facade over all of it.
//! * `wasm`: the boundary to JavaScript, in the browser only.
//!
//! In a crate of its own, `src/unpacker`: what unpacks all this in the browser, where it travels packed.
//!
//! # What always holds, and what holds it
//!
//! * Nothing that a person hands in makes the core fail: readers return what they understood and
//!   what was wrong. Held by types, by lints against `unwrap`, indexing and `panic!`, and by
//!   `tests/native/hostile.rs`.
//! * The core has no clock and does no IO. Held by `.clippy.toml`.
//! * Nothing depends on the order of a hash. Held by `.clippy.toml`.
//! * A room uses only the rooms it may, and a library is named in one room. Held by
//!   `tests/native/tidy.rs`.
//! * Every rule is registered, has its file's name and a whole page. Held by `tests/native/tidy.rs`.
//! * What a rule says is what was reviewed. Held by `tests/golden`.
//! * No core type crosses to JavaScript: `wasm` has types of its own, and the TypeScript
//!   declarations and the schema of the JSON report are made from them. Held by `./build.sh check`.
//! * There is no unsafe code, but for the two functions of `src/unpacker` that get addresses. Held by the compiler.

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
pub mod publish;
pub mod python;
pub mod report;
pub mod requirements;
pub mod rules;
pub mod sample;
pub mod secret;
pub mod select;
pub mod sorted;
pub mod target;
#[cfg(test)]
mod testing;
pub mod text;
pub mod tree;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
pub mod wheel;
pub mod xml;
