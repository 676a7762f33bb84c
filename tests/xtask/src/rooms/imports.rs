//! Which files import which, by the text of their imports.

use super::super::shell;
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A language with its way of importing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    Rust,
    TypeScript,
    Python,
}

/// The files of a folder and what each imports of the others.
pub(super) struct Files {
    language: Language,
    texts: BTreeMap<String, String>,
    edges: BTreeSet<(String, String)>,
}

impl Files {
    pub(super) fn read(folder: &str, language: Language) -> Result<Self> {
        let root = shell::root().join(folder);
        let mut texts = BTreeMap::new();
        collect(&root, &root, language, &mut texts)?;
        // A module that only tests have looks at everything.
        let of_tests: Vec<String> = texts.iter().flat_map(|(file, text)| test_modules(file, text)).collect();
        texts.retain(|file, _| !of_tests.contains(file));
        let mut files = Self { language, texts, edges: BTreeSet::new() };
        for (file, text) in files.texts.clone() {
            for import in files.imported(&file, &text) {
                if import != file {
                    files.edges.insert((file.clone(), import));
                }
            }
        }
        Ok(files)
    }

    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    pub(super) fn imports(&self) -> usize {
        self.edges.len()
    }

    pub(super) fn edges(&self) -> impl Iterator<Item = (&str, &str)> {
        self.edges.iter().map(|(from, to)| (from.as_str(), to.as_str()))
    }

    /// Every group of files that import each other, each once, by its first file.
    pub(super) fn circles(&self) -> Vec<Vec<String>> {
        let mut found: Vec<Vec<String>> = Vec::new();
        for start in self.texts.keys() {
            let seen = found.iter().any(|circle| circle.contains(start));
            if let (false, Some(way)) = (seen, self.way_back(start)) {
                found.push(way);
            }
        }
        found
    }

    /// The shortest way from a file to itself.
    fn way_back(&self, start: &str) -> Option<Vec<String>> {
        let mut ways: Vec<Vec<&str>> = vec![vec![start]];
        let mut visited = BTreeSet::new();
        while !ways.is_empty() {
            let mut further = Vec::new();
            for way in ways {
                let last = way.last().copied().unwrap_or_default();
                for (_, to) in self.edges().filter(|(from, _)| *from == last) {
                    if to == start {
                        return Some(way.iter().chain([&start]).map(|file| (*file).to_owned()).collect());
                    }
                    if visited.insert(to) {
                        further.push(way.iter().copied().chain([to]).collect());
                    }
                }
            }
            ways = further;
        }
        None
    }

    fn imported(&self, file: &str, text: &str) -> Vec<String> {
        match self.language {
            Language::Rust => rust_paths(text).iter().filter_map(|path| self.resolve(file, path)).collect(),
            Language::TypeScript => {
                quoted_after(text, "from \"./").filter_map(|name| self.named(&name.replace(".js", ".ts"))).collect()
            }
            Language::Python => python_modules(file, text).iter().filter_map(|name| self.named(name)).collect(),
        }
    }

    fn named(&self, name: &str) -> Option<String> {
        self.texts.contains_key(name).then(|| name.to_owned())
    }

    /// The file where a path's item is defined: re-exports are followed.
    fn resolve(&self, file: &str, path: &[String]) -> Option<String> {
        let mut way: Vec<String> = match path.first()?.as_str() {
            "crate" => Vec::new(),
            "super" => module_of(file),
            _ => return None,
        };
        for step in path {
            match step.as_str() {
                "crate" => way.clear(),
                "super" => {
                    way.pop()?;
                }
                "self" => {}
                name => {
                    let mut deeper = way.clone();
                    deeper.push(name.to_owned());
                    if self.file_of(&deeper).is_none() {
                        return self.definition(&way, name, 8);
                    }
                    way = deeper;
                }
            }
        }
        self.file_of(&way)
    }

    /// Where a module has a name from.
    fn definition(&self, module: &[String], name: &str, depth: usize) -> Option<String> {
        let file = self.file_of(module)?;
        let text = self.texts.get(&file)?;
        for path in rust_paths(text) {
            if depth == 0 || path.last().is_none_or(|last| last != name) || path.len() < 2 {
                continue;
            }
            let (first, rest) = path.split_first()?;
            let mut way = match first.as_str() {
                "crate" => Vec::new(),
                "super" => module.get(..module.len().checked_sub(1)?)?.to_vec(),
                _ => {
                    let mut child = module.to_vec();
                    child.push(first.clone());
                    child
                }
            };
            way.extend(rest.get(..rest.len().checked_sub(1)?)?.iter().cloned());
            if let Some(found) = self.definition(&way, name, depth - 1) {
                return Some(found);
            }
        }
        Some(file)
    }

    fn file_of(&self, module: &[String]) -> Option<String> {
        if module.is_empty() {
            return self.named("lib.rs");
        }
        let path = module.join("/");
        self.named(&format!("{path}.rs")).or_else(|| self.named(&format!("{path}/mod.rs")))
    }
}

fn collect(root: &Path, folder: &Path, language: Language, into: &mut BTreeMap<String, String>) -> Result<()> {
    let ending = match language {
        Language::Rust => "rs",
        Language::TypeScript => "ts",
        Language::Python => "py",
    };
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
        if path.is_dir() {
            // Tests look at everything.
            if !["tests", "vectors"].iter().any(|tests| name.ends_with(tests)) {
                collect(root, &path, language, into)?;
            }
        } else if path.extension().is_some_and(|found| found == ending) {
            into.insert(name, std::fs::read_to_string(&path)?);
        }
    }
    Ok(())
}

/// The files of `#[cfg(test)] mod name;`.
fn test_modules(file: &str, text: &str) -> Vec<String> {
    let folder = file.trim_end_matches(".rs").trim_end_matches("mod").trim_end_matches("lib").trim_end_matches('/');
    let lines: Vec<_> = text.lines().collect();
    let pairs = lines
        .windows(2)
        .filter_map(|pair| if let [attribute, module] = pair { Some((attribute, module)) } else { None });
    pairs
        .filter(|(attribute, _)| attribute.starts_with("#[cfg(") && attribute.contains("test"))
        .filter_map(|(_, module)| module.strip_prefix("mod ")?.strip_suffix(';'))
        .map(|name| format!("{folder}/{name}.rs").trim_start_matches('/').to_owned())
        .collect()
}

/// The module that a file is.
fn module_of(file: &str) -> Vec<String> {
    let path = file.trim_end_matches(".rs").trim_end_matches("/mod");
    path.split('/').filter(|part| *part != "lib").map(str::to_owned).collect()
}

/// The paths of every `use`, test modules apart.
fn rust_paths(text: &str) -> Vec<Vec<String>> {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let code = code.split("#[cfg(all(test").next().unwrap_or_default();
    let mut paths = Vec::new();
    for line in code.split(';') {
        let line: String =
            line.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join(" ");
        let Some((before, tree)) = line.split_once("use ") else { continue };
        let is_import = before.trim().is_empty()
            || before.trim_end().ends_with(')')
            || before.trim_end().ends_with("pub")
            || before.trim_end().ends_with(']');
        if is_import && !tree.contains("fn ") {
            expand(&[], tree.trim(), &mut paths);
        }
    }
    paths
}

/// `a::{b, c::d}` as `a::b` and `a::c::d`; renamed items under the name they come from.
fn expand(before: &[String], tree: &str, into: &mut Vec<Vec<String>>) {
    let mut path = before.to_vec();
    let mut rest = tree;
    loop {
        if let Some(inside) = rest.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            return split_top(inside).iter().for_each(|part| expand(&path, part.trim(), into));
        }
        let Some((name, after)) = rest.split_once("::") else { break };
        path.push(name.trim().to_owned());
        rest = after.trim();
    }
    let name = rest.split(" as ").next().unwrap_or_default().trim();
    if !name.is_empty() && name != "self" {
        path.push(name.to_owned());
    }
    into.push(path);
}

fn split_top(text: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0_usize, 0, Vec::new());
    for (at, character) in text.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.extend(text.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.extend(text.get(start..));
    parts
}

/// What stands after a mark, up to the closing quote; type imports apart, which vanish.
fn quoted_after<'a>(text: &'a str, mark: &'a str) -> impl Iterator<Item = String> {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("import type"))
        .filter_map(move |line| Some(line.split_once(mark)?.1.split('"').next()?.to_owned()))
}

/// The modules of the same package that a Python file imports, what only type checkers see apart.
fn python_modules(file: &str, text: &str) -> Vec<String> {
    let folder = file.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let mut found = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with(' ')) {
        if let Some(names) = line.strip_prefix("from . import ") {
            found.extend(names.split(',').map(|name| format!("{folder}{}.py", name.trim())));
        } else if let Some((module, _)) = line.strip_prefix("from .").and_then(|rest| rest.split_once(" import ")) {
            found.push(format!("{folder}{}.py", module.replace('.', "/")));
        }
    }
    found
}
