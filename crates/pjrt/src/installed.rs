//! Plugins that are installed: in the active Python environment, or named by the environment.

use std::env;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use memmap2::Mmap;

/// The environment variable that names plugins: `name=path`, several separated as those of `PATH` are.
pub const PLUGINS_VARIABLE: &str = "RUNAHEAD_PJRT_PLUGINS";

/// The folders of Python packages that hold plugins, by the convention of JAX and of OpenXLA.
const NAMESPACES: [&str; 2] = ["jax_plugins", "xla_plugins"];

/// The function that every plugin exports.
const ENTRY: &[u8] = b"GetPjrtApi";

/// A plugin that can be used by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstalledPlugin {
    /// The name, as in `xla-cpu` or `cuda`.
    pub name: String,
    /// The library.
    pub path: PathBuf,
    /// Where it was found: the environment variable, or the folder of Python packages.
    pub source: String,
}

/// The plugins that [`PLUGINS_VARIABLE`] names, and those in the Python environment that is active (by `VIRTUAL_ENV` or
/// `CONDA_PREFIX`). Of several with one name the first is taken. No library is loaded for this, and no Python run.
pub fn installed_plugins() -> Vec<InstalledPlugin> {
    let named = env::var_os(PLUGINS_VARIABLE);
    let prefixes = ["VIRTUAL_ENV", "CONDA_PREFIX"].into_iter().filter_map(env::var_os);
    find(named.as_deref(), prefixes.map(PathBuf::from))
}

fn find(named: Option<&OsStr>, prefixes: impl Iterator<Item = PathBuf>) -> Vec<InstalledPlugin> {
    let mut found: Vec<InstalledPlugin> = Vec::new();
    let mut add = |plugin: InstalledPlugin| {
        if found.iter().all(|other| other.name != plugin.name) {
            found.push(plugin);
        }
    };
    for entry in named.iter().flat_map(env::split_paths) {
        let entry = entry.to_string_lossy();
        if let Some((name, path)) = entry.split_once('=') {
            let (name, path, source) = (name.to_owned(), path.into(), PLUGINS_VARIABLE.to_owned());
            add(InstalledPlugin { name, path, source });
        }
    }
    for packages in prefixes.flat_map(|prefix| site_packages(&prefix)) {
        for package in NAMESPACES.iter().flat_map(|namespace| folders(&packages.join(namespace))) {
            if let Some(path) = library(&package) {
                let name = name_of(&package);
                add(InstalledPlugin { name, path, source: packages.display().to_string() });
            }
        }
    }
    found
}

/// The folders of packages of a Python environment.
fn site_packages(prefix: &Path) -> Vec<PathBuf> {
    let versions = folders(&prefix.join("lib")).into_iter();
    let versions = versions
        .filter(|folder| folder.file_name().is_some_and(|name| name.to_string_lossy().starts_with("python")));
    let of_windows = prefix.join("Lib");
    versions
        .chain([of_windows])
        .map(|folder| folder.join("site-packages"))
        .filter(|folder| folder.is_dir())
        .collect()
}

/// The folders in a folder, by name.
fn folders(folder: &Path) -> Vec<PathBuf> {
    entries(folder).into_iter().filter(|path| path.is_dir()).collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut entries: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    entries.sort();
    entries
}

/// The library in a package that exports the function.
fn library(package: &Path) -> Option<PathBuf> {
    let is_library = |path: &PathBuf| {
        path.extension().is_some_and(|extension| extension == env::consts::DLL_EXTENSION || extension == "so")
    };
    let mut libraries: Vec<PathBuf> = entries(package).into_iter().filter(is_library).collect();
    if libraries.len() > 1 {
        libraries.retain(|path| exports_entry(path));
    }
    libraries.into_iter().next()
}

/// Whether the function's name stands in a library. Looking is cheap where it is not the only one: such are small.
fn exports_entry(library: &Path) -> bool {
    let Ok(file) = File::open(library) else { return false };
    // SAFETY: the bytes are only compared; that a library is cut short while it is looked at is not to be expected.
    let Ok(bytes) = (unsafe { Mmap::map(&file) }) else { return false };
    bytes.windows(ENTRY.len()).any(|window| window == ENTRY)
}

/// What a plugin is called, by the folder of its package: `xla_cpu_pjrt` is `xla-cpu`, `xla_cuda12` is `cuda`.
fn name_of(package: &Path) -> String {
    let package = package.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if package.starts_with("xla_cuda") {
        return "cuda".into();
    }
    if package.starts_with("xla_rocm") {
        return "rocm".into();
    }
    let name = package.strip_suffix("_pjrt").or_else(|| package.strip_suffix("_plugin")).unwrap_or(&package);
    name.replace('_', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_of_an_environment_are_found_by_their_folders() {
        let environment = tempfile::tempdir().unwrap();
        let packages = environment.path().join("lib/python3.12/site-packages");
        let add = |path: &str, contents: &[u8]| {
            let path = packages.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, contents).unwrap();
        };
        add("xla_plugins/xla_cpu_pjrt/xla_cpu_pjrt.so", b"");
        add("jax_plugins/xla_cuda12/_versions.so", b"something else");
        add("jax_plugins/xla_cuda12/xla_cuda_plugin.so", b"..GetPjrtApi..");
        add("jax_plugins/without_library/__init__.py", b"");
        add("jax_plugins/runahead/libplugin.so", b"");
        let named = env::join_paths(["runahead=/elsewhere/lib.so", "no sign"]).unwrap();
        let found = find(Some(&named), [environment.path().to_owned()].into_iter());
        let found: Vec<_> = found.iter().map(|p| (&*p.name, p.path.as_path())).collect();
        assert_eq!(
            found,
            [
                ("runahead", Path::new("/elsewhere/lib.so")),
                ("cuda", &packages.join("jax_plugins/xla_cuda12/xla_cuda_plugin.so")),
                ("xla-cpu", &packages.join("xla_plugins/xla_cpu_pjrt/xla_cpu_pjrt.so")),
            ]
        );
    }
}
