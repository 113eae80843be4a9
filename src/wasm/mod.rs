//! The boundary: the only room that knows JavaScript. It reaches everything through the pipeline.
//!
//! Core types never cross. [`types`] has what does, and the TypeScript declarations are made from it.

mod ahead;
mod bytes;
mod checker;
mod convert;
mod error;
mod folder;
mod judge;
mod press;
mod sums;
pub mod types;

use std::rc::Rc;

use js_sys::{Object, Uint8Array};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::archive::Assembly;
use crate::diagnostic::Profile;
use crate::path::PackagePath;
use crate::pipeline::{self, Arrivals};
use crate::report::{self, Format};
use crate::rules;
use crate::sample;
use crate::select;
use crate::tree::{InputId, RawEntry, Timestamp};

use bytes::{Files, JsSource};
use error::Failure;

pub use checker::Checker;
pub use press::{Press, core_memory};
pub use sums::{Digest, GalleryDigest};

type Answer<T> = Result<T, JsValue>;

/// Says where the core failed, if ever it does: a trap alone has no message. The small build has none
/// either; `CORE_MESSAGES=1 ./build.sh build` makes one that has.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|panic| web_sys::console::error_1(&panic.to_string().into())));
}

/// One input on its way to a package.
#[wasm_bindgen]
pub struct Session {
    files: Rc<Files>,
    /// A folder that is being listed.
    arrivals: Option<Arrivals>,
    inner: Option<pipeline::Session>,
    assembly: Option<Assembly>,
    /// Of the last check.
    profile: Profile,
}

#[wasm_bindgen]
impl Session {
    /// A session that reads its bytes from `source`.
    #[wasm_bindgen(constructor)]
    pub fn new(source: JsSource) -> Self {
        Self {
            files: Rc::new(Files::new(source)),
            arrivals: None,
            inner: None,
            assembly: None,
            profile: Profile::default(),
        }
    }

    /// The names of folders that are never read, and of files whose folder is left out, each with
    /// the reason.
    pub fn junk() -> Answer<Ts<types::Junk>> {
        let table = |list: &[(&str, &str)]| {
            list.iter().map(|(name, reason)| ((*name).to_owned(), (*reason).to_owned())).collect()
        };
        to_ts(&types::Junk { names: table(select::FOLDERS), markers: table(select::MARKERS) })
    }

    /// Takes a ZIP: it is file 0, and `size` bytes long.
    #[wasm_bindgen(js_name = openZip)]
    pub fn open_zip(&mut self, name: &str, size: f64) -> Answer<()> {
        self.files.set_names(vec![name.to_owned()]);
        let source = Rc::clone(&self.files) as Rc<dyn crate::contents::Source>;
        let session =
            pipeline::Session::zip(name, convert::bytes(size), source).map_err(|error| Failure::zip(name, error))?;
        // Entries with names that cannot be are no files, but what is wrong with them has to be said.
        let tree = &session.input().tree;
        if tree.files().next().is_none() && tree.oddities().is_empty() {
            return Err(Failure::empty(name).into());
        }
        self.take(session);
        Ok(())
    }

    /// Takes a file that came by itself: it is file 0, and `size` bytes long. It is a ZIP under any
    /// name, a publish profile, values for parameters, a command line, or a file of an application.
    #[wasm_bindgen(js_name = openFile)]
    pub fn open_file(&mut self, name: &str, size: f64, modified: Option<f64>) -> Answer<()> {
        self.files.set_names(vec![name.to_owned()]);
        let source = Rc::clone(&self.files) as Rc<dyn crate::contents::Source>;
        let modified = modified.map(Timestamp::from_local_millis);
        let entry =
            RawEntry { name: name.to_owned(), folder: false, size: convert::bytes(size), modified, id: InputId(0) };
        let session = pipeline::Session::file(name, entry, source).map_err(|error| Failure::zip(name, error))?;
        let tree = &session.input().tree;
        if tree.is_empty() && tree.oddities().is_empty() {
            return Err(Failure::empty(name).into());
        }
        self.inner = Some(session);
        Ok(())
    }

    /// Takes files that are added to the input, in place of those that were added before. Wheels are
    /// unpacked, other files lie at the application's root.
    #[wasm_bindgen(js_name = setAdded)]
    pub fn set_added(&mut self, #[wasm_bindgen(unchecked_param_type = "AddedFile[]")] files: JsValue) -> Answer<()> {
        let files: Vec<types::AddedFile> = from_js(files)?;
        self.session()?.set_added(files.into_iter().map(convert::added_file).collect());
        Ok(())
    }

    /// Every rule: its id and its code.
    #[wasm_bindgen(unchecked_return_type = "RuleName[]")]
    pub fn rules() -> Answer<JsValue> {
        let list: Vec<types::RuleName> = rules::ALL.iter().map(|rule| convert::rule_name(rule)).collect();
        to_js(&list)
    }

    /// Takes what the person decides; what is not said is decided by what was found.
    #[wasm_bindgen(js_name = setAnswers)]
    pub fn set_answers(&mut self, answers: Ts<types::Answers>) -> Answer<()> {
        let answers = convert::answers(from_ts(answers)?).map_err(Failure::from)?;
        Ok(self.session()?.set_answers(answers).map_err(Failure::from)?)
    }

    /// Judges the package as it would be saved now.
    pub fn check(&mut self, options: Ts<types::CheckOptions>) -> Answer<Ts<types::Report>> {
        let options = from_ts(options)?;
        let grades = convert::grades(&options).map_err(Failure::answer)?;
        self.profile = convert::profile(&options).map_err(Failure::from)?;
        let given = Some(options.form).filter(|form| !form.is_null() && !form.is_undefined());
        let form = given.map(from_value).transpose()?.map_or_else(Default::default, convert::form);
        let profile = self.profile;
        let session = self.session()?;
        session.set_grades(grades);
        session.set_form(form);
        session.set_for_others(options.for_others.unwrap_or(false));
        let report = session.check(profile).map_err(Failure::from)?;
        to_ts(&convert::report(report))
    }

    /// The last report in a format: `text`, `sarif`, `markdown` or `html`; `finished` is the package
    /// on the disk, when there is one.
    pub fn render(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "\"text\" | \"sarif\" | \"markdown\" | \"html\"")] format: &str,
        #[wasm_bindgen(unchecked_optional_param_type = "Finished")] finished: JsValue,
    ) -> Answer<String> {
        let Some(known) = Format::by_name(format) else {
            let message = format!("there is no format `{format}`; there are text, sarif, markdown and html");
            return Err(Failure::answer(message).into());
        };
        let finished: Option<types::Finished> = from_js(finished)?;
        let profile = self.profile;
        let mut report = self.session()?.check(profile).map_err(Failure::from)?;
        if let Some(form) = &mut report.form {
            form.finished = finished.map(convert::finished);
        }
        Ok(report::render(&report, known))
    }

    /// The titles of the fixes that were applied, in their order.
    pub fn fixed(&mut self) -> Answer<Vec<String>> {
        Ok(self.session()?.fixed())
    }

    /// The bytes of a file that came by itself, as it would be saved now; nothing for a package.
    pub fn single(&mut self) -> Answer<Option<Uint8Array>> {
        let bytes = self.session()?.single().map_err(Failure::from)?;
        Ok(bytes.map(|bytes| Uint8Array::from(bytes.as_slice())))
    }

    /// Unpacks some more of a ZIP, to see whether every byte is whole; a folder is done at once.
    #[wasm_bindgen(js_name = verifyNext)]
    pub fn verify_next(&mut self) -> Answer<Ts<types::Verified>> {
        let session = self.session()?;
        let verified = session.verify_next().map_err(Failure::from)?;
        to_ts(&convert::verified(verified, session.damaged()))
    }

    /// What workers can do of the same, and were not asked for yet; none for what is no ZIP. Each order ends
    /// with `verifyDone` or `verifyFailed`.
    #[wasm_bindgen(js_name = verifyOrders, unchecked_return_type = "VerifyOrder[]")]
    pub fn verify_orders(&mut self) -> Answer<JsValue> {
        let orders = self.session()?.verify_orders();
        let list: Vec<types::VerifyOrder> = orders
            .into_iter()
            .flat_map(|(file, orders)| orders.into_iter().map(move |order| convert::order(file, order)))
            .collect();
        to_js(&list)
    }

    /// Takes what a checker said of an order, and how many bytes it unpacked.
    #[wasm_bindgen(js_name = verifyDone)]
    pub fn verify_done(&mut self, order: u32, faults: &[u8], bytes: f64) -> Answer<Ts<types::Verified>> {
        let session = self.session()?;
        session.verify_done(order, faults, convert::bytes(bytes)).map_err(Failure::from)?;
        to_ts(&convert::verified(session.verified(), session.damaged()))
    }

    /// An order came to nothing.
    #[wasm_bindgen(js_name = verifyFailed)]
    pub fn verify_failed(&mut self, order: u32) -> Answer<()> {
        self.session()?.verify_failed(order);
        Ok(())
    }

    /// Applies a fix of the last report; says whether there was one.
    #[wasm_bindgen(js_name = applyFix)]
    pub fn apply_fix(&mut self, id: &str) -> Answer<bool> {
        Ok(self.session()?.apply_fix(id).map_err(Failure::from)?)
    }

    /// Applies every safe fix; says how many.
    #[wasm_bindgen(js_name = applySafeFixes)]
    pub fn apply_safe_fixes(&mut self) -> Answer<u32> {
        let profile = self.profile;
        let applied = self.session()?.apply_safe_fixes(profile).map_err(Failure::from)?;
        Ok(u32::try_from(applied).unwrap_or(u32::MAX))
    }

    /// Takes back the last change; says whether there was one.
    pub fn undo(&mut self) -> Answer<bool> {
        Ok(self.session()?.undo())
    }

    /// Gives a file of the package another text; without one, takes that back.
    #[wasm_bindgen(js_name = setText)]
    pub fn set_text(&mut self, path: &str, text: Option<String>) -> Answer<()> {
        let path = PackagePath::new(path).map_err(|problem| Failure::answer(format!("`{path}`: {problem}")))?;
        Ok(self.session()?.set_text(&path, text).map_err(Failure::from)?)
    }

    /// What workers can make for the package as it would be saved now, and were not asked for yet. Each
    /// job ends with `jobDone` or `jobFailed`; what is not made is made by `nextPiece`.
    #[wasm_bindgen(unchecked_return_type = "Job[]")]
    pub fn jobs(&mut self) -> Answer<JsValue> {
        let jobs = match &mut self.arrivals {
            Some(arrivals) => arrivals.jobs(),
            None => self.session()?.jobs(),
        };
        let jobs = jobs.map_err(Failure::from)?;
        let list: Vec<types::Job> = jobs.into_iter().map(convert::job).collect();
        to_js(&list)
    }

    /// Takes what the press said about what it made for a job.
    #[wasm_bindgen(js_name = jobDone)]
    pub fn job_done(&mut self, job: u32, records: &[u8]) -> Answer<()> {
        let done = match &mut self.arrivals {
            Some(arrivals) => arrivals.job_done(job, records),
            None => self.session()?.job_done(job, records),
        };
        Ok(done.map_err(Failure::from)?)
    }

    /// A job came to nothing.
    #[wasm_bindgen(js_name = jobFailed)]
    pub fn job_failed(&mut self, job: u32) -> Answer<()> {
        match &mut self.arrivals {
            Some(arrivals) => arrivals.job_failed(job),
            None => self.session()?.job_failed(job),
        }
        Ok(())
    }

    /// Begins to put the package together.
    #[wasm_bindgen(js_name = beginBuild)]
    pub fn begin_build(&mut self, options: Ts<types::BuildOptions>) -> Answer<Ts<types::BuildStart>> {
        let options = from_ts(options)?;
        let built = Timestamp::from_local_millis(options.now);
        let reproducible = options.reproducible.unwrap_or(false);
        let (start, assembly) = self.session()?.write(built, reproducible).map_err(Failure::from)?;
        self.assembly = Some(assembly);
        to_ts(&convert::start(start))
    }

    /// The next part of the package; nothing after the last.
    #[wasm_bindgen(js_name = nextPiece)]
    pub fn next_piece(&mut self) -> Answer<Option<Ts<types::Piece>>> {
        let Some(assembly) = &mut self.assembly else {
            return Err(Failure::internal("no package is being written").into());
        };
        let part = assembly.next().map_err(Failure::from)?;
        if part.is_none() {
            self.assembly = None;
        }
        part.map(|part| to_ts(&convert::piece(part))).transpose()
    }

    fn take(&mut self, mut session: pipeline::Session) {
        session.set_engine(pipeline::Engine::new(Rc::new(judge::Engine)));
        self.inner = Some(session);
    }

    fn session(&mut self) -> Result<&mut pipeline::Session, Failure> {
        self.inner.as_mut().ok_or_else(|| Failure::internal("nothing was opened"))
    }
}

/// The applications to try the packager with.
#[wasm_bindgen(unchecked_return_type = "SampleInfo[]")]
pub fn samples() -> Answer<JsValue> {
    let list: Vec<types::SampleInfo> = sample::ALL.iter().map(convert::sample).collect();
    to_js(&list)
}

/// The files of a sample; none when there is no such sample.
#[wasm_bindgen(js_name = sampleFiles, unchecked_return_type = "SampleFile[]")]
pub fn sample_files(id: &str) -> Answer<JsValue> {
    let files = sample::ALL.iter().find(|sample| sample.id == id).map_or(&[][..], |sample| sample.files);
    let list: Vec<types::SampleFile> = files.iter().map(convert::sample_file).collect();
    to_js(&list)
}

fn from_ts<T>(value: Ts<T>) -> Result<T, Failure>
where
    T: Tsify + types::FromJs + serde::de::DeserializeOwned,
{
    from_value(JsValue::from(value))
}

fn from_value<T: types::FromJs + serde::de::DeserializeOwned>(value: JsValue) -> Result<T, Failure> {
    if let Some(object) = value.dyn_ref::<Object>() {
        let known: Vec<String> = T::FIELDS.iter().map(|field| convert::camel_case(field)).collect();
        let keys = Object::keys(object);
        if let Some(key) = keys.iter().filter_map(|key| key.as_string()).find(|key| !known.contains(key)) {
            return Err(Failure::answer(format!("there is no field `{key}`; there is {}", known.join(", "))));
        }
    }
    serde_wasm_bindgen::from_value(value).map_err(|error| Failure::answer(error.to_string()))
}

fn to_ts<T: Tsify + serde::Serialize>(value: &T) -> Answer<Ts<T>> {
    Ok(value.into_ts().map_err(|error| Failure::internal(&error.to_string()))?)
}

fn from_js<T: serde::de::DeserializeOwned>(value: JsValue) -> Result<T, Failure> {
    serde_wasm_bindgen::from_value(value).map_err(|error| Failure::internal(&error.to_string()))
}

fn to_js<T: serde::Serialize>(value: &T) -> Answer<JsValue> {
    Ok(serde_wasm_bindgen::to_value(value).map_err(|error| Failure::internal(&error.to_string()))?)
}
