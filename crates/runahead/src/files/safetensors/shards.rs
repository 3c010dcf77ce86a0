//! Arrays in several files, and the index that tells which is where: `model.safetensors.index.json`.

use std::collections::{BTreeMap, HashMap};
use std::io::BufReader;
use std::path::{Component, Path};

use serde_json::Value;

use super::map;
use crate::files::open::{open, read_bytes};
use crate::files::stored::StoredArray;
use crate::files::{Fault, FileError};

/// The longest index that is read: it has a line for each array.
const MAX_LENGTH: u64 = 1 << 28;

/// Maps the files that an index names, which lie beside it or in folders below.
///
/// # Errors
/// Where the index or one of the files cannot be read or is damaged, a file lies elsewhere, or does not hold what the
/// index says.
pub(in crate::files) fn map_shards(path: &Path) -> Result<Vec<(String, StoredArray)>, FileError> {
    let failed = |fault| FileError::new(path, fault);
    let (file, length) = open(path).map_err(failed)?;
    if length > MAX_LENGTH {
        let problem = format!("it is {length} bytes long, and no index needs more than {MAX_LENGTH}");
        return Err(failed(Fault::BadIndex { problem }));
    }
    let text = read_bytes(&mut BufReader::new(file), length, length).map_err(failed)?;
    let wrong = |problem: String| failed(Fault::BadIndex { problem });
    let index: Value = serde_json::from_slice(&text).map_err(|error| wrong(error.to_string()))?;
    let Some(Value::Object(places)) = index.get("weight_map") else {
        return Err(wrong("it has no object \"weight_map\" of files by the names of arrays".to_owned()));
    };
    let mut by_file = BTreeMap::<&str, Vec<&str>>::new();
    for (name, file) in places {
        let in_array = |fault| FileError::in_array(path, name, fault);
        let Value::String(file) = file else {
            let problem = format!("it has {file} for a file's name");
            return Err(in_array(Fault::BadIndex { problem }));
        };
        let below = Path::new(file).components().all(|part| matches!(part, Component::Normal(_)));
        if !below || file.is_empty() {
            return Err(in_array(Fault::ShardElsewhere { file: file.clone() }));
        }
        by_file.entry(file).or_default().push(name);
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut arrays = Vec::with_capacity(places.len());
    for (file, names) in by_file {
        let mut held: HashMap<String, StoredArray> = map(&folder.join(file))?.into_iter().collect();
        for name in names {
            let Some(array) = held.remove(name) else {
                let fault = Fault::NotInShard { file: file.to_owned() };
                return Err(FileError::in_array(path, name, fault));
            };
            arrays.push((name.to_owned(), array));
        }
    }
    Ok(arrays)
}
