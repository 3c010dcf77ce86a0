//! Programs as plugins take them.

use std::collections::HashSet;

use runahead_ir::{ArtifactVersion, Attribute, Function, Module, TensorType, Type, write_artifact};

use crate::Error;
use crate::plugin::Plugin;
use crate::value::AttributeValue;

/// The form in which a program is given to a plugin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// As a portable artifact of the version that the plugin says to understand; as text where it says none, or where
    /// the program cannot be said in that version.
    #[default]
    Artifact,
    /// As text.
    Text,
}

/// What a program takes and gives, and the bytes of it that a plugin is given.
pub(crate) struct Encoded {
    pub(crate) code: Vec<u8>,
    pub(crate) interface: Interface,
}

/// What a program takes and gives.
#[derive(Clone, Debug)]
pub(crate) struct Interface {
    pub(crate) parameters: Vec<TensorType>,
    pub(crate) names: Vec<Option<std::sync::Arc<str>>>,
    pub(crate) results: Vec<TensorType>,
    /// For each parameter the result that takes its memory.
    pub(crate) aliases: Vec<Option<usize>>,
}

/// A program for executions that are given those of its arguments for keeps.
pub(crate) fn encode(
    plugin: Plugin,
    module: &Module,
    donated: &[usize],
    form: Form,
) -> Result<Encoded, Error> {
    let mut module = module.clone();
    let name = module.main().map(|main| main.name.clone());
    let name = name.ok_or_else(|| Error::Unsupported("the program has no function @main".into()))?;
    if &*name != "main" {
        let renamed = |old: &str| (old == &*name).then(|| "main".into());
        module.functions.iter_mut().for_each(|function| function.rename(&renamed));
    }
    let main = module.functions.iter_mut().find(|function| &*function.name == "main");
    let main = main.ok_or_else(|| Error::Unsupported("the program has no function @main".into()))?;
    let interface = interface(main, donated)?;
    donate(main, donated, &interface.aliases);
    let code = match form {
        Form::Text => None,
        Form::Artifact => version(plugin)?.and_then(|version| write_artifact(&module, version).ok()),
    };
    Ok(Encoded { code: code.unwrap_or_else(|| module.to_string().into_bytes()), interface })
}

/// The newest version of artifacts that both sides know; none where the plugin does not tell.
fn version(plugin: Plugin) -> Result<Option<ArtifactVersion>, Error> {
    let attributes = plugin.attributes()?;
    let newest = attributes.iter().find(|(name, _)| name == "stablehlo_current_version");
    let Some((_, AttributeValue::Integers(numbers))) = newest else { return Ok(None) };
    let &[major, minor, patch] = &numbers[..] else { return Ok(None) };
    let number = |number: i64| u32::try_from(number).unwrap_or(0);
    let version = ArtifactVersion::new(number(major), number(minor), number(patch));
    Ok(Some(version.min(ArtifactVersion::CURRENT)).filter(|version| *version >= ArtifactVersion::MINIMUM))
}

fn interface(main: &Function, donated: &[usize]) -> Result<Interface, Error> {
    let tensor = |ty: &Type| match ty.as_tensor() {
        Some(tensor) => Ok(tensor.clone()),
        None => {
            Err(Error::Unsupported(format!("@main takes or gives a {ty}; plugins take and give tensors")))
        }
    };
    let parameters = main.parameter_types().map(tensor).collect::<Result<Vec<_>, _>>()?;
    let results = main.result_types.iter().map(tensor).collect::<Result<Vec<_>, _>>()?;
    let aliases = aliases(main, &parameters, &results, donated);
    Ok(Interface { names: main.parameter_names.clone(), parameters, results, aliases })
}

/// Which result takes the memory of which argument that is given for keeps: the one that the program asks for, or else
/// the first that is left of the same type.
fn aliases(
    main: &Function,
    parameters: &[TensorType],
    results: &[TensorType],
    donated: &[usize],
) -> Vec<Option<usize>> {
    let mut aliases = vec![None; parameters.len()];
    let mut taken = HashSet::new();
    let fits = |parameter: usize, result: usize| {
        results.get(result).is_some_and(|ty| {
            ty.dims == parameters[parameter].dims && ty.element == parameters[parameter].element
        })
    };
    let donated = || donated.iter().copied().filter(|&i| i < parameters.len());
    for i in donated() {
        let attributes = main.parameter_attributes.get(i);
        if let Some(Attribute::Integer(wanted, _)) = attributes.and_then(|all| all.get("tf.aliasing_output"))
            && let Ok(wanted) = usize::try_from(*wanted)
            && fits(i, wanted)
            && taken.insert(wanted)
        {
            aliases[i] = Some(wanted);
        }
    }
    for i in donated() {
        if aliases[i].is_none() {
            aliases[i] = (0..results.len()).find(|&result| fits(i, result) && !taken.contains(&result));
            taken.extend(aliases[i]);
        }
    }
    aliases
}

/// Says so in the program: to whom nothing is given for keeps, none of its arguments is taken.
fn donate(main: &mut Function, donated: &[usize], aliases: &[Option<usize>]) {
    main.parameter_attributes.resize(aliases.len(), Default::default());
    for (i, attributes) in main.parameter_attributes.iter_mut().enumerate() {
        attributes.remove("tf.aliasing_output");
        attributes.remove("jax.buffer_donor");
        if let Some(result) = aliases[i] {
            let result = Attribute::Integer(result as i128, Type::Other("i32".into()));
            attributes.set("tf.aliasing_output", result);
        } else if donated.contains(&i) {
            attributes.set("jax.buffer_donor", Attribute::Bool(true));
        }
    }
}
