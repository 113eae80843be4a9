//! Azure Web Sites as the article knew it: Python 2.7, from 2014 also 3.4, both installed by the host.
//! Source: "Configuring Python with Azure Web Sites", 2013 and 2015.

use super::{Interpreter, Target};
use crate::python::Version;

pub(super) const PYTHON_27: Interpreter = Interpreter {
    version: Version::new(2, 7),
    script_processor: r"D:\Python27\python.exe|D:\Python27\Scripts\wfastcgi.py",
};

const PYTHON_34: Interpreter = Interpreter {
    version: Version::new(3, 4),
    script_processor: r"D:\Python34\python.exe|D:\Python34\Scripts\wfastcgi.py",
};

pub(super) const TARGET: Target = Target {
    id: "azure-classic",
    name: "Azure classic",
    site_root: r"D:\home\site\wwwroot",
    interpreters: &[PYTHON_27, PYTHON_34],
};
