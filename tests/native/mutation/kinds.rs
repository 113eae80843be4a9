//! The defects that the mutator makes.

use super::{Package, Random};

/// One of the three files that describe a package.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Which {
    Manifest,
    Parameters,
    WebConfig,
}

/// Where a defect of a text is to be reported.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    /// On a line of the tags that were changed.
    Here,
    /// On a line from there on: where markup is broken, a reader notices later.
    Later,
    /// In one of these files: what is missing has no line.
    Either(&'static [Which]),
}

/// Name, file, what is looked for (a regular expression), what is put in its place, where it shows.
pub(crate) struct TextKind(
    pub(crate) &'static str,
    pub(crate) Which,
    pub(crate) &'static str,
    pub(crate) &'static str,
    pub(crate) Place,
);

/// Name, and what makes the defect: it gives the files that a finding may be in, any when there are
/// none, or nothing when the package has nothing to change.
pub(crate) struct Kind(pub(crate) &'static str, pub(crate) Change);

type Change = fn(&mut Package, &mut Random) -> Option<Vec<String>>;

use Place::{Either, Here, Later};
use TextKind as T;
use Which::{Manifest, Parameters, WebConfig};

const BOTH: Place = Either(&[Manifest, Parameters]);

#[rustfmt::skip]
pub(crate) const TEXT_KINDS: &[TextKind] = &[
    T("provider without path", Manifest, r#" path="[^"]*""#, "", Here),
    T("provider with an empty path", Manifest, r#" path="[^"]*""#, r#" path="""#, Here),
    T("provider misspelt", Manifest, r"<(iis|set|dbF|dbM|ali)(\w)", "<${1}x$2", Here),
    T("provider that is none", Manifest, r"(<iisApp [^>]*/>)", r#"$1<banana path="x" />"#, Here),
    T("provider outside the gallery", Manifest, r"(<iisApp [^>]*/>)", r#"$1<runCommand path="x.cmd" />"#, Here),
    T("second application", Manifest, r"(<iisApp [^>]*/>)", r#"$1<iisApp path="other" />"#, Here),
    T("no application", Manifest, r"<iisApp [^>]*/>", "", Either(&[Manifest])),
    T("unknown attribute of a provider", Manifest, r"<(iisApp|setAcl|dbMySql|alias) ", r#"<$1 physicalPath="x" "#, Here),
    T("attribute of rights misspelt", Manifest, "setAclAccess", "setAclAcess", Here),
    T("attribute of a script misspelt", Manifest, "commandDelimiter", "commandDelimeter", Here),
    T("path misspelt", Manifest, " path=", " pth=", Here),
    T("boolean that is none", Manifest, r#"(skipAppCreation|transacted|removeCommandDelimiter)="[^"]*""#, r#"$1="maybe""#, Here),
    T("resource type that is none", Manifest, r#"setAclResourceType="File""#, r#"setAclResourceType="Files""#, Here),
    T("resource type left out", Manifest, r#" setAclResourceType="File""#, "", Here),
    T("right that is none", Manifest, r#"setAclAccess="Modify""#, r#"setAclAccess="Change""#, Here),
    T("comma after a right", Manifest, r#"setAclAccess="Modify""#, r#"setAclAccess="Modify,""#, Here),
    T("rights on the whole application", Manifest, r#"<setAcl path="[^"]*""#, r#"<setAcl path="shop""#, Here),
    T("rights outside the application", Manifest, r#"<setAcl path="shop/"#, r#"<setAcl path=""#, Here),
    T("rights on something that is not there", Manifest, r#"<setAcl path="shop/"#, r#"<setAcl path="shop/x"#, Here),
    T("wildcard in rights", Manifest, r#"<setAcl path="([^"]*)""#, r#"<setAcl path="$1/*""#, Here),
    T("backslash at the end of rights", Manifest, r#"<setAcl path="([^"]*)""#, r#"<setAcl path="$1\""#, Here),
    T("rights above the application", Manifest, r#"<setAcl path=""#, r#"<setAcl path="../"#, Here),
    T("rights from here", Manifest, r#"<setAcl path=""#, r#"<setAcl path="./"#, Here),
    T("application that is not there", Manifest, r#"<iisApp path=""#, r#"<iisApp path="x"#, Here),
    T("script that is not there", Manifest, r#"path="(\w+)\.sql""#, r#"path="${1}x.sql""#, Here),
    T("login in a transaction", Manifest, r#"(createlogin\.sql") transacted="false""#, "$1", Here),
    T("delimiter left out", Manifest, r#" commandDelimiter="//""#, "", Here),
    T("delimiter not removed", Manifest, r#" removeCommandDelimiter="true""#, "", Here),
    T("rights before the application", Manifest, r"(<iisApp [^>]*/>)\s*(<setAcl [^>]*/>)", "$2\n  $1", Here),
    T("user before its login", Manifest, r"(<dbFullSql [^>]*/>)\s*(<dbFullSql [^>]*/>)", "$2\n  $1", Here),
    T("alias without a source", Manifest, r#" from="[^"]*""#, "", Here),
    T("alias without a destination", Manifest, r#" to="[^"]*""#, "", Here),
    T("alias of something that is not there", Manifest, r#" from="shop/"#, r#" from="shop/x"#, Here),
    T("alias outside the application", Manifest, r#" to="shop/"#, r#" to="other/"#, Here),
    T("setting of the application pool", Manifest, "<iisApp ", r#"<iisApp managedRuntimeVersion="v4.0" "#, Here),
    T("manifest with a root that is a provider", Manifest, r"(?s)<MSDeploy.iisApp>(.*)</MSDeploy.iisApp>", "<iisApp>$1</iisApp>", Here),
    T("manifest with a document type", Manifest, "<MSDeploy.iisApp>", "<!DOCTYPE x><MSDeploy.iisApp>", Here),
    T("manifest without the end of a tag", Manifest, "/>", "/", Later),
    T("manifest without the slash of a tag", Manifest, "/>", ">", Either(&[Manifest])),
    T("manifest without the beginning of a tag", Manifest, r"<(iisApp|setAcl|db\w+|alias)", "$1", BOTH),
    T("manifest without its end", Manifest, "</MSDeploy.iisApp>", "", Either(&[Manifest])),
    T("manifest with another end", Manifest, "</MSDeploy.iisApp>", "</MSDeploy.iisapp>", Here),
    T("manifest with curly quotes", Manifest, r#"path="([^"]*)""#, "path=“$1”", Later),
    T("manifest with one quote", Manifest, r#"path="([^"]*)""#, r#"path="$1"#, Later),
    T("manifest without quotes", Manifest, r#"path="([^"]*)""#, "path=$1", Later),
    T("attribute of a provider twice", Manifest, r#"( path="[^"]*")"#, "$1$1", Here),
    T("attributes of a provider not apart", Manifest, r#"" (\w+)="#, r#""$1="#, Here),
    T("no-break space before an attribute", Manifest, " path=", "\u{a0}path=", Later),
    T("no-break space in a path", Manifest, r#"path="([^"]*)""#, "path=\"$1\u{a0}\"", Here),
    T("ampersand in a path", Manifest, r#"path=""#, r#"path="&"#, Here),
    T("entity that is not declared", Manifest, r#"path=""#, r#"path="&nbsp;"#, Here),
    T("text before the manifest", Manifest, r"^<\?xml", "manifest\n<?xml", Later),
    T("blank line before the manifest", Manifest, r"^<\?xml", "\n<?xml", Later),
    T("two roots in the manifest", Manifest, "</MSDeploy.iisApp>", "</MSDeploy.iisApp><more />", Here),

    T("parameters with another root", Parameters, r"(?s)<parameters>(.*)</parameters>", "<settings>$1</settings>", Here),
    T("parameters that only set values", Parameters, r"(?s)<parameters>.*</parameters>", r#"<parameters><setParameter name="AppPath" value="x" /></parameters>"#, Here),
    T("parameter without name", Parameters, r#"<parameter name="[^"]*""#, "<parameter", Here),
    T("parameter with an empty name", Parameters, r#"<parameter name="[^"]*""#, r#"<parameter name="""#, Here),
    T("parameter twice", Parameters, r#"name="(MediaRights|DatabaseName)""#, r#"name="AppPath""#, Here),
    T("parameter in another case twice", Parameters, r#"name="(MediaRights|DatabaseName)""#, r#"name="apppath""#, Here),
    T("parameter misspelt", Parameters, "<parameter ", "<paramater ", Later),
    T("entry misspelt", Parameters, "<parameterEntry ", "<parameterEntri ", Here),
    T("entry and attribute not apart", Parameters, "<parameterEntry ", "<parameterEntry", Here),
    T("attribute of a parameter misspelt", Parameters, r" (nam|defaultValu|tag)\w=", " $1=", Here),
    T("attribute of an entry misspelt", Parameters, r#"(Entry|Path"|File"|[$]") (typ|scop|matc)\w="#, "$1 $2=", Here),
    T("application not tagged", Parameters, r#"tags="iis[aA]pp""#, r#"tags="app""#, Either(&[Parameters])),
    T("two parameters tagged as the application", Parameters, r#"tags="NoStore""#, r#"tags="NoStore,iisApp""#, Here),
    T("kind of entry misspelt", Parameters, r#"type="(Provider|Text|Xml)(\w)"#, r#"type="${1}x$2"#, Here),
    T("entry without type", Parameters, r#"<parameterEntry type="\w+""#, "<parameterEntry", Here),
    T("entry without scope", Parameters, r#" scope="[^"]*""#, "", Here),
    T("entry without match", Parameters, r#" match="[^"]*""#, "", Here),
    T("entry with an empty scope", Parameters, r#" scope="[^"]*""#, r#" scope="""#, Here),
    T("entry with an empty match", Parameters, r#" match="[^"]*""#, r#" match="""#, Here),
    T("blank after the scope", Parameters, r#"scope="([\^$\w]+)""#, r#"scope="$1 ""#, Here),
    T("entry that hits nothing", Parameters, r#"match="\^"#, r#"match="^x"#, Here),
    T("entry that hits several", Parameters, r#"scope="\^iisApp\$" match="[^"]*""#, r#"scope="iisApp|setAcl" match="shop""#, Here),
    T("expression with an open bracket", Parameters, r#"match="\^"#, r#"match="(^"#, Here),
    T("expression with an open class", Parameters, r#"scope="\\\\"#, r#"scope="\\[a"#, Here),
    T("path of XML with an open bracket", Parameters, r#"match="/configuration/"#, r#"match="/configuration[/"#, Here),
    T("path of XML that hits nothing", Parameters, "SHOP_MAIL", "SHOP_MIAL", Here),
    T("text that is not in the file", Parameters, r#"match="PlaceholderFor"#, r#"match="Placeholder_For"#, Here),
    T("file of an entry that is not there", Parameters, r"settings\\.ini", r"setings\.ini", Here),
    T("entry by position", Parameters, r#"type="TextFile""#, r#"type="TextFilePosition""#, Here),
    T("reference to nothing", Parameters, r"\{(\w+)\}", "{${1}x}", Here),
    T("reference to itself", Parameters, r#"name="(\w+)" defaultValue="[^"]*""#, r#"name="$1" defaultValue="{$1}""#, Here),
    T("validation that is none", Parameters, r#"type="(Enumeration|RegularExpression)"#, r#"type="${1}s"#, Here),
    T("default that cannot be chosen", Parameters, r#"defaultValue="EUR""#, r#"defaultValue="GBP""#, Here),
    T("default that does not pass", Parameters, r#"defaultValue="shop@example.com""#, r#"defaultValue="nobody""#, Here),
    T("choice of nothing", Parameters, r#" validationString="EUR[^"]*""#, "", Here),
    T("blanks in a choice", Parameters, "EUR,USD", "EUR, USD", Here),
    T("choice twice", Parameters, "EUR,USD", "EUR,EUR", Here),
    T("validation after the entry", Parameters, r"(<parameterValidation [^>]*/>)\s*(<parameterEntry [^>]*/>)", "$2\n    $1", Here),
    T("tags without a comma", Parameters, "SQL,MySQL,", "SQLMySQL,", Here),
    T("tags with a semicolon", Parameters, r#"tags="(\w+),"#, r#"tags="$1;"#, Here),
    T("tag of the database left out", Parameters, r#",db(Server|Name|UserName|UserPassword|AdminPassword)""#, r#"""#, BOTH),
    T("tag of the database without an engine", Parameters, r#"tags="SQL,MySQL,db"#, r#"tags="db"#, Here),
    T("hidden without a default", Parameters, r#" defaultValue="[^"]*" tags="Hidden"#, r#" tags="Hidden"#, Here),
    T("connection that is validated and is none", Parameters, r#"tags="Hidden,SetAcl""#, r#"tags="Hidden,SetAcl,Validate""#, Here),
    T("connection for another engine", Parameters, "Hidden,MySQL,MySQLConnectionString", "Hidden,SQL,SQLConnectionString", Here),
    T("rights without their parameter", Parameters, r#"(?s)<parameter name="MediaRights".*?</parameter>"#, "", BOTH),
    T("script without its parameter", Parameters, r#"(?s)<parameter name="SqlConnection".*?</parameter>"#, "", BOTH),
    T("application without its entry", Parameters, r#"<parameterEntry [^>]* match="\^\w+\$" */>"#, "", BOTH),
    T("rights on another folder", Parameters, r"\{AppPath\}/media", "{AppPath}/medai", Here),
    T("parameter that goes nowhere", Parameters, "</parameters>", r#"<parameter name="Unused" defaultValue="x" tags="NoStore" /></parameters>"#, Here),
    T("parameters without the end of a tag", Parameters, "/>", "/", Later),
    T("parameters without their end", Parameters, "</parameters>", "", Either(&[Parameters])),
    T("parameter without its end", Parameters, "</parameter>", "", Either(&[Parameters])),
    T("parameters with curly quotes", Parameters, r#"name="([^"]*)""#, "name=“$1”", Later),
    T("parameters with one quote", Parameters, r#"tags="([^"]*)""#, r#"tags="$1"#, Later),
    T("attribute of a parameter twice", Parameters, r#"( name="[^"]*")"#, "$1$1", Here),
    T("no-break space in parameters", Parameters, " match=", "\u{a0}match=", Later),
    T("less than in parameters", Parameters, r#"match="\^"#, r#"match="<"#, Later),

    T("module misspelt", WebConfig, r#"modules="FastCgiModule""#, r#"modules="FastCGIModule""#, Here),
    T("resource type of the handler that is none", WebConfig, r#"resourceType="Either""#, r#"resourceType="Script""#, Here),
    T("access of the handler that is none", WebConfig, r#"requireAccess="Script""#, r#"requireAccess="Scripts""#, Here),
    T("handler without name, path or verb", WebConfig, r#"(?:name="Python_FastCGI"|path="handler.fcgi"|verb="\*")"#, "", Here),
    T("handler with an empty name, path or verb", WebConfig, r#"(name|path|verb)="(?:Python_FastCGI|handler.fcgi|\*)""#, r#"$1="""#, Here),
    T("handler twice", WebConfig, r#"(<add name="Python_FastCGI"[^>]*/>)"#, "$1$1", Here),
    T("handler without its file", WebConfig, r#"path="handler.fcgi""#, r#"path="handlr.fcgi""#, Here),
    T("script of the handler without a bar", WebConfig, r"python.exe\|", "python.exe ", Here),
    T("script of the handler that is no Python", WebConfig, "wfastcgi.py", "wfastcgi.exe", Here),
    T("handler without a script", WebConfig, r#"scriptProcessor="[^"]*""#, "", Here),
    T("placeholder in the script of the handler", WebConfig, r"D:\\Python27\\python.exe", "%INTERPRETERPATH%", Here),
    T("blank in the script of the handler", WebConfig, r"D:\\Python27", r"D:\Program Files\Python27", Here),
    T("no handlers", WebConfig, r"(?s)<handlers>.*</handlers>", "", Either(&[WebConfig])),
    T("handlers cleared", WebConfig, "<handlers>", "<handlers><clear />", Here),
    T("no application object", WebConfig, r#"<add key="WSGI_HANDLER"[^>]*/>"#, "", Either(&[WebConfig])),
    T("empty application object", WebConfig, r#"(key="WSGI_HANDLER" value=)"[^"]*""#, r#"$1"""#, Here),
    T("application object with a colon", WebConfig, r#"(key="WSGI_HANDLER" value="[\w.]+)\.(\w+)"#, "$1:$2", Here),
    T("application object with a slash", WebConfig, r#"(key="WSGI_HANDLER" value="[\w.]+)\.(\w+)"#, "$1/$2", Here),
    T("application object with a blank", WebConfig, r#"(key="WSGI_HANDLER" value="[\w.]+)\.(\w+)"#, "$1. $2", Here),
    T("application object that is a file", WebConfig, r#"(key="WSGI_HANDLER" value="\w+)[^"]*""#, r#"$1.py""#, Here),
    T("application object without a module", WebConfig, r#"(key="WSGI_HANDLER" value=")[^"]*\.(\w+)"#, "$1$2", Here),
    T("application object in a module that is not there", WebConfig, r#"key="WSGI_HANDLER" value="(\w)"#, r#"key="WSGI_HANDLER" value="x$1"#, Here),
    T("application object that is called", WebConfig, r#"(key="WSGI_HANDLER" value="[\w.]+)""#, r#"$1()""#, Here),
    T("application object that is not called", WebConfig, r#"(key="WSGI_HANDLER" value="[\w.]+)\(\)"#, "$1", Here),
    T("key of the application object misspelt", WebConfig, "WSGI_HANDLER", "WSGI_HANDLR", Either(&[WebConfig])),
    T("blank after a key", WebConfig, r#"key="(PYTHONPATH|WSGI_HANDLER|DJANGO_SETTINGS_MODULE)""#, r#"key="$1 ""#, Here),
    T("no-break space in a value", WebConfig, r#"(key="(?:PYTHONPATH|WSGI_HANDLER|DJANGO_SETTINGS_MODULE)" value="[^"]*)""#, "$1\u{a0}\"", Here),
    T("curly quotes in a value", WebConfig, r#"key="(PYTHONPATH|WSGI_HANDLER|DJANGO_SETTINGS_MODULE)" value="([^"]*)""#, r#"key="$1" value="“$2”""#, Here),
    T("no search path", WebConfig, r#"<add key="PYTHONPATH"[^>]*/>"#, "", Either(&[WebConfig])),
    T("blank in the search path", WebConfig, r#"value="D:\\home"#, r#"value="D: \home"#, Here),
    T("no settings of Django", WebConfig, r#"(?s)(WSGIHandler\(\)" />.*?)<add key="DJANGO_SETTINGS_MODULE"[^>]*/>"#, "$1", Either(&[WebConfig])),
    T("settings of Django that are not there", WebConfig, r#"(key="DJANGO_SETTINGS_MODULE" value=")"#, "${1}x", Here),
    T("remote debugger", WebConfig, "</appSettings>", r#"<add key="WSGI_PTVSD_SECRET" value="x" /></appSettings>"#, Here),
    T("setting twice", WebConfig, r#"(<add key="PYTHONPATH"[^>]*/>)"#, "$1$1", Here),
    T("query string lost", WebConfig, r#"appendQueryString="true""#, r#"appendQueryString="false""#, Here),
    T("no rewrite rule", WebConfig, r"(?s)<rewrite>.*</rewrite>", "", Either(&[WebConfig])),
    T("rewrite to something else", WebConfig, r#"url="handler.fcgi/"#, r#"url="handlr.fcgi/"#, Either(&[WebConfig])),
    T("rewrite rule twice", WebConfig, r"(?s)(<rule .*</rule>)", "$1$1", Here),
    T("rewrite rule without pattern", WebConfig, r#"url="\(\.\*\)""#, "", Here),
    T("rewrite rule with an open bracket", WebConfig, r#"url="\(\.\*\)""#, r#"url="(.*""#, Here),
    T("rewrite rule with an action that is none", WebConfig, r#"action type="Rewrite""#, r#"action type="Rewrites""#, Here),
    T("rewrite rule with a condition that is none", WebConfig, r#"matchType="IsFile""#, r#"matchType="File""#, Here),
    T("rewrite rule with a capture that is none", WebConfig, r"\{R:1\}", "{R:5}", Here),
    T("section of the server", WebConfig, "<system.webServer>", r#"<system.webServer><fastCgi><application fullPath="D:\Python27\python.exe" /></fastCgi>"#, Here),
    T("pools of the server", WebConfig, "</configuration>", "<system.applicationHost><applicationPools /></system.applicationHost></configuration>", Here),
    T("configuration in another case", WebConfig, r"(?s)<configuration>(.*)</configuration>", "<Configuration>$1</Configuration>", Here),
    T("configuration without the end of a tag", WebConfig, "/>", "/", Later),
    T("configuration without its end", WebConfig, "</configuration>", "", Either(&[WebConfig])),
    T("configuration with an end in another case", WebConfig, "</system.webServer>", "</system.webserver>", Here),
    T("configuration with curly quotes", WebConfig, r#"key="([^"]*)""#, "key=“$1”", Later),
    T("configuration with one quote", WebConfig, r#"value="([^"]*)""#, r#"value="$1"#, Later),
    T("configuration with two hyphens in a comment", WebConfig, "<handlers>", "<!-- -- --><handlers>", Later),
];

pub(crate) const KINDS: &[Kind] = &[
    Kind("bytes of another encoding", |package, random| {
        let path = any(package, random);
        let bytes = package.bytes(&path)?;
        bytes.extend_from_slice(b"<!-- caf\xe9 -->\n");
        Some(vec![path])
    }),
    Kind("half a file", |package, random| {
        let path = any(package, random);
        let bytes = package.bytes(&path)?;
        bytes.truncate(bytes.len() / 2);
        Some(vec![path])
    }),
    Kind("nothing in a file", |package, random| {
        let path = any(package, random);
        package.bytes(&path)?.clear();
        Some(vec![path])
    }),
    Kind("no manifest", |package, _| dropped(package, "Manifest.xml")),
    Kind("no parameters", |package, _| dropped(package, "Parameters.xml")),
    Kind("no configuration", |package, _| {
        let path = package.path(WebConfig);
        let app = package.app.clone();
        dropped(package, &path).map(|_| vec![path, app])
    }),
    Kind("no file for the handler", |package, _| {
        let path = format!("{}/handler.fcgi", package.app);
        dropped(package, &path).map(|_| vec![path, package.path(WebConfig)])
    }),
    Kind("no script", |package, _| dropped(package, "createuser.sql").map(|_| manifest())),
    Kind("no source of an alias", |package, _| dropped(package, "shop/settings.sample.ini").map(|_| manifest())),
    Kind("no target of rights", |package, _| dropped(package, "shop/orders/orders.txt").map(|_| manifest())),
    Kind("no module of the application", |package, _| {
        dropped(package, &format!("{}/app.py", package.app)).map(|_| vec![package.path(WebConfig), package.app.clone()])
    }),
    Kind("no application folder", |package, _| {
        let below = format!("{}/", package.app);
        package.files.files.retain(|(name, _)| !name.starts_with(&below));
        Some(manifest())
    }),
    Kind("application folder in another case", |package, _| {
        let other = package.app.to_uppercase();
        Some(moved(package, &other))
    }),
    Kind("application folder of another name", |package, _| Some(moved(package, "other"))),
    Kind("everything a folder down", |package, _| {
        for (name, _) in &mut package.files.files {
            *name = format!("package/{name}");
        }
        Some(Vec::new())
    }),
    Kind("name with backslashes", |package, _| {
        let name = package.path(WebConfig);
        let (own, _) = package.files.files.iter_mut().find(|(own, _)| *own == name)?;
        *own = name.replace('/', "\\");
        Some(vec![name.replace('/', "\\"), name])
    }),
    Kind("name twice", |package, _| {
        let name = package.path(WebConfig);
        Some(added(package, &name))
    }),
    Kind("name twice but for case", |package, _| {
        let name = package.path(WebConfig);
        let upper = format!("{}/WEB.CONFIG", package.app);
        package.files.files.push((upper.clone(), b"<configuration />".to_vec()));
        Some(vec![name, upper])
    }),
    Kind("file and folder of one name", |package, _| {
        let name = format!("{}/handler.fcgi/x", package.app);
        added(package, &name);
        Some(vec![format!("{}/handler.fcgi", package.app)])
    }),
    Kind("name that leaves the package", |package, _| Some(added(package, "../evil.txt"))),
    Kind("name from the root", |package, _| Some(added(package, "/evil.txt"))),
    Kind("name with a drive", |package, _| Some(added(package, "C:\\evil.txt"))),
    Kind("name of a device", |package, _| Some(inside(package, "aux.txt"))),
    Kind("name with a colon", |package, _| Some(inside(package, "a:b.txt"))),
    Kind("name with a dot at the end", |package, _| Some(inside(package, "a."))),
    Kind("name with a blank at the end", |package, _| Some(inside(package, "a "))),
    Kind("name that is too long", |package, _| Some(inside(package, &format!("{}/a.txt", "long".repeat(60))))),
    Kind("clutter of macOS", |package, _| Some(inside(package, ".DS_Store"))),
    Kind("compiled Python", |package, _| Some(below(package, "__pycache__", "app.cpython-27.pyc"))),
    Kind("history of git", |package, _| Some(below(package, ".git", "config"))),
    Kind("virtual environment", |package, _| Some(below(package, "env", "pyvenv.cfg"))),
    Kind("secrets", |package, _| {
        let name = format!("{}/.env", package.app);
        package.files.files.push((name.clone(), b"SECRET_KEY=x\n".to_vec()));
        Some(vec![name])
    }),
    Kind("private key", |package, _| Some(inside(package, "id_rsa"))),
    Kind("module for Linux", |package, _| {
        let name = format!("{}/speedups.so", package.app);
        let head = b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0";
        package.files.files.push((name.clone(), [&head[..], &[0; 64]].concat()));
        Some(vec![name])
    }),
    Kind("static files that IIS hides", |package, _| Some(below(package, "static/bin", "site.css"))),
    Kind("handler file with something in it", |package, _| {
        let path = format!("{}/handler.fcgi", package.app);
        package.bytes(&path)?.extend_from_slice(b"print('never run')\n");
        Some(vec![path])
    }),
];

fn manifest() -> Vec<String> {
    vec!["Manifest.xml".to_owned()]
}

fn any(package: &Package, random: &mut Random) -> String {
    package.path([Manifest, Parameters, WebConfig][random.below(3)])
}

fn dropped(package: &mut Package, path: &str) -> Option<Vec<String>> {
    let before = package.files.files.len();
    package.files.files.retain(|(name, _)| name != path);
    (package.files.files.len() < before).then(|| vec![path.to_owned()])
}

fn added(package: &mut Package, name: &str) -> Vec<String> {
    package.files.files.push((name.to_owned(), b"x".to_vec()));
    vec![name.to_owned()]
}

fn inside(package: &mut Package, name: &str) -> Vec<String> {
    let name = format!("{}/{name}", package.app);
    added(package, &name)
}

/// A file in a new folder; either may be what is reported.
fn below(package: &mut Package, folder: &str, name: &str) -> Vec<String> {
    let mut files = inside(package, &format!("{folder}/{name}"));
    files.push(format!("{}/{folder}", package.app));
    files
}

/// Gives the application's folder another name.
fn moved(package: &mut Package, to: &str) -> Vec<String> {
    for (name, _) in &mut package.files.files {
        if let Some(rest) = name.strip_prefix(&format!("{}/", package.app)) {
            *name = format!("{to}/{rest}");
        }
    }
    manifest()
}
