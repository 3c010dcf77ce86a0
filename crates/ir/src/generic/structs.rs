//! Attributes of several fields, such as `#stablehlo.gather<offset_dims = [1], index_vector_dim = 1>`, read from and
//! written to the text that stands for them.

use crate::text::lexer::{Kind, Lexer};
use crate::{
    Channel, Convolution, DotDimensions, GatherDimensions, OutputOperandAlias, RaggedDotDimensions,
    ScatterDimensions,
};

/// The fields between `#dialect.name<` and `>`, each a number (a list of one) or a list; none where the text is
/// something else.
fn fields<'t>(text: &'t str, name: &str) -> Option<Vec<(&'t str, Vec<i64>)>> {
    let (head, inner) = text.strip_suffix('>')?.split_once('<')?;
    (head.rsplit_once('.')?.1 == name).then_some(())?;
    let inner = inner.trim_start();
    let mut reader = FieldReader::new(inner.strip_prefix("raw ").unwrap_or(inner));
    let mut fields = Vec::new();
    while reader.kind() != Kind::End {
        let field = reader.word()?;
        reader.punctuation(b'=')?;
        fields.push((field, reader.numbers()?));
        if reader.kind() != Kind::End {
            reader.punctuation(b',')?;
        }
    }
    Some(fields)
}

struct FieldReader<'t> {
    text: &'t str,
    lexer: Lexer<'t>,
    token: crate::text::lexer::Token,
}

impl<'t> FieldReader<'t> {
    fn new(text: &'t str) -> FieldReader<'t> {
        let mut lexer = Lexer::new(text.as_bytes(), 0);
        let token = lexer.next();
        FieldReader { text, lexer, token }
    }

    fn kind(&self) -> Kind {
        self.token.kind
    }

    fn next(&mut self) -> &'t str {
        let text = &self.text[self.token.start..self.token.end];
        self.token = self.lexer.next();
        text
    }

    fn word(&mut self) -> Option<&'t str> {
        (self.kind() == Kind::Word).then(|| self.next())
    }

    fn punctuation(&mut self, byte: u8) -> Option<()> {
        (self.kind() == Kind::Punctuation(byte)).then(|| self.next())?;
        Some(())
    }

    fn number(&mut self) -> Option<i64> {
        let negative = self.punctuation(b'-').is_some();
        let value: i64 = (self.kind() == Kind::Integer).then(|| self.next())?.parse().ok()?;
        Some(if negative { -value } else { value })
    }

    fn numbers(&mut self) -> Option<Vec<i64>> {
        if self.punctuation(b'[').is_none() {
            return Some(vec![self.number()?]);
        }
        let mut numbers = Vec::new();
        while self.punctuation(b']').is_none() {
            if !numbers.is_empty() {
                self.punctuation(b',')?;
            }
            numbers.push(self.number()?);
        }
        Some(numbers)
    }
}

fn axes(values: Vec<i64>) -> Option<Vec<usize>> {
    values.into_iter().map(|v| usize::try_from(v).ok()).collect()
}

fn one(values: Vec<i64>) -> Option<usize> {
    match values[..] {
        [value] => usize::try_from(value).ok(),
        _ => None,
    }
}

/// Writes `#stablehlo.name<a = [1], b = 2>`, leaving out empty lists.
struct Writer(String);

impl Writer {
    fn new(name: &str) -> Writer {
        Writer::of("stablehlo", name)
    }

    fn of(dialect: &str, name: &str) -> Writer {
        Writer(format!("#{dialect}.{name}<"))
    }

    fn field(mut self, name: &str, value: String) -> Writer {
        if !self.0.ends_with('<') {
            self.0 += ", ";
        }
        self.0 += &format!("{name} = {value}");
        self
    }

    fn list(self, name: &str, values: &[usize]) -> Writer {
        if values.is_empty() { self } else { self.field(name, format!("{values:?}")) }
    }

    fn finish(mut self) -> String {
        self.0.push('>');
        self.0
    }
}

impl DotDimensions {
    /// Takes a field; none where there is none of that name.
    fn take(&mut self, name: &str, values: Vec<usize>) -> Option<()> {
        match name {
            "lhs_batching_dimensions" => self.lhs_batching = values,
            "rhs_batching_dimensions" => self.rhs_batching = values,
            "lhs_contracting_dimensions" => self.lhs_contracting = values,
            "rhs_contracting_dimensions" => self.rhs_contracting = values,
            _ => return None,
        }
        Some(())
    }

    fn write(&self, writer: Writer) -> Writer {
        writer
            .list("lhs_batching_dimensions", &self.lhs_batching)
            .list("rhs_batching_dimensions", &self.rhs_batching)
            .list("lhs_contracting_dimensions", &self.lhs_contracting)
            .list("rhs_contracting_dimensions", &self.rhs_contracting)
    }
}

pub(crate) fn dot(text: &str) -> Option<DotDimensions> {
    let mut d = DotDimensions::default();
    for (name, values) in fields(text, "dot")? {
        d.take(name, axes(values)?)?;
    }
    Some(d)
}

pub(crate) fn dot_text(d: &DotDimensions) -> String {
    d.write(Writer::new("dot")).finish()
}

pub(crate) fn ragged_dot(text: &str) -> Option<RaggedDotDimensions> {
    let mut d = RaggedDotDimensions::default();
    for (name, values) in fields(text, "ragged_dot")? {
        let values = axes(values)?;
        match name {
            "lhs_ragged_dimensions" => d.lhs_ragged = values,
            "rhs_group_dimensions" => d.rhs_group = values,
            _ => d.dot.take(name, values)?,
        }
    }
    Some(d)
}

pub(crate) fn ragged_dot_text(d: &RaggedDotDimensions) -> String {
    d.dot
        .write(Writer::of("chlo", "ragged_dot"))
        .list("lhs_ragged_dimensions", &d.lhs_ragged)
        .list("rhs_group_dimensions", &d.rhs_group)
        .finish()
}

pub(crate) fn gather(text: &str) -> Option<GatherDimensions> {
    let mut d = GatherDimensions::default();
    for (name, values) in fields(text, "gather")? {
        match name {
            "offset_dims" => d.offset_dims = axes(values)?,
            "collapsed_slice_dims" => d.collapsed_slice_dims = axes(values)?,
            "operand_batching_dims" => d.operand_batching_dims = axes(values)?,
            "start_indices_batching_dims" => d.start_indices_batching_dims = axes(values)?,
            "start_index_map" => d.start_index_map = axes(values)?,
            "index_vector_dim" => d.index_vector_dim = one(values)?,
            _ => return None,
        }
    }
    Some(d)
}

pub(crate) fn gather_text(d: &GatherDimensions) -> String {
    Writer::new("gather")
        .list("offset_dims", &d.offset_dims)
        .list("collapsed_slice_dims", &d.collapsed_slice_dims)
        .list("operand_batching_dims", &d.operand_batching_dims)
        .list("start_indices_batching_dims", &d.start_indices_batching_dims)
        .list("start_index_map", &d.start_index_map)
        .field("index_vector_dim", d.index_vector_dim.to_string())
        .finish()
}

pub(crate) fn scatter(text: &str) -> Option<ScatterDimensions> {
    let mut d = ScatterDimensions::default();
    for (name, values) in fields(text, "scatter")? {
        match name {
            "update_window_dims" => d.update_window_dims = axes(values)?,
            "inserted_window_dims" => d.inserted_window_dims = axes(values)?,
            "input_batching_dims" => d.input_batching_dims = axes(values)?,
            "scatter_indices_batching_dims" => d.scatter_indices_batching_dims = axes(values)?,
            "scatter_dims_to_operand_dims" => d.scatter_dims_to_operand_dims = axes(values)?,
            "index_vector_dim" => d.index_vector_dim = one(values)?,
            _ => return None,
        }
    }
    Some(d)
}

pub(crate) fn scatter_text(d: &ScatterDimensions) -> String {
    Writer::new("scatter")
        .list("update_window_dims", &d.update_window_dims)
        .list("inserted_window_dims", &d.inserted_window_dims)
        .list("input_batching_dims", &d.input_batching_dims)
        .list("scatter_indices_batching_dims", &d.scatter_indices_batching_dims)
        .list("scatter_dims_to_operand_dims", &d.scatter_dims_to_operand_dims)
        .field("index_vector_dim", d.index_vector_dim.to_string())
        .finish()
}

pub(crate) fn channel(text: &str) -> Option<Channel> {
    let mut channel = Channel { id: 0, channel_type: 0 };
    for (name, values) in fields(text, "channel_handle")? {
        match (name, &values[..]) {
            ("handle", &[value]) => channel.id = value,
            ("type", &[value]) => channel.channel_type = value,
            _ => return None,
        }
    }
    Some(channel)
}

pub(crate) fn channel_text(channel: Channel) -> String {
    format!("#stablehlo.channel_handle<handle = {}, type = {}>", channel.id, channel.channel_type)
}

pub(crate) fn alias(text: &str) -> Option<OutputOperandAlias> {
    let mut alias =
        OutputOperandAlias { output_tuple_indices: vec![], operand_index: 0, operand_tuple_indices: vec![] };
    for (name, values) in fields(text, "output_operand_alias")? {
        match (name, &values[..]) {
            ("output_tuple_indices", _) => alias.output_tuple_indices = values,
            ("operand_index", &[value]) => alias.operand_index = value,
            ("operand_tuple_indices", _) => alias.operand_tuple_indices = values,
            _ => return None,
        }
    }
    Some(alias)
}

pub(crate) fn alias_text(alias: &OutputOperandAlias) -> String {
    format!(
        "#stablehlo.output_operand_alias<output_tuple_indices = {:?}, operand_index = {}, operand_tuple_indices = {:?}>",
        alias.output_tuple_indices, alias.operand_index, alias.operand_tuple_indices
    )
}

/// The axes of `#stablehlo.conv<…>`, in its short or its long form, into a convolution whose window stays as it is.
pub(crate) fn convolution(text: &str, c: &mut Convolution) -> Option<()> {
    let inner = text.strip_suffix('>')?.split_once('<')?.1;
    if inner.trim_start().starts_with('[') {
        return convolution_axes(inner, c);
    }
    for (name, values) in fields(text, "conv")? {
        match name {
            "input_batch_dimension" => c.input_batch_dimension = one(values)?,
            "input_feature_dimension" => c.input_feature_dimension = one(values)?,
            "input_spatial_dimensions" => c.input_spatial_dimensions = axes(values)?,
            "kernel_input_feature_dimension" => c.kernel_input_feature_dimension = one(values)?,
            "kernel_output_feature_dimension" => c.kernel_output_feature_dimension = one(values)?,
            "kernel_spatial_dimensions" => c.kernel_spatial_dimensions = axes(values)?,
            "output_batch_dimension" => c.output_batch_dimension = one(values)?,
            "output_feature_dimension" => c.output_feature_dimension = one(values)?,
            "output_spatial_dimensions" => c.output_spatial_dimensions = axes(values)?,
            _ => return None,
        }
    }
    Some(())
}

/// `[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]`.
fn convolution_axes(text: &str, c: &mut Convolution) -> Option<()> {
    let (input, rest) = text.split_once(']')?;
    let (kernel, output) = rest.trim_start().strip_prefix('x')?.split_once("->")?;
    let [input_batch, input_feature] = layout(input, ["b", "f"], &mut c.input_spatial_dimensions)?;
    let [kernel_input, kernel_output] =
        layout(kernel.trim_end().strip_suffix(']')?, ["i", "o"], &mut c.kernel_spatial_dimensions)?;
    let [output_batch, output_feature] =
        layout(output.trim_end().strip_suffix(']')?, ["b", "f"], &mut c.output_spatial_dimensions)?;
    (c.input_batch_dimension, c.input_feature_dimension) = (input_batch, input_feature);
    (c.kernel_input_feature_dimension, c.kernel_output_feature_dimension) = (kernel_input, kernel_output);
    (c.output_batch_dimension, c.output_feature_dimension) = (output_batch, output_feature);
    Some(())
}

/// The places of two named axes in `[b, 0, 1, f`, and those of the numbered ones in order of their numbers.
fn layout(text: &str, named: [&str; 2], spatial: &mut Vec<usize>) -> Option<[usize; 2]> {
    let entries: Vec<&str> = text.trim().strip_prefix('[')?.split(',').map(str::trim).collect();
    let place = |name: &str| entries.iter().position(|e| *e == name);
    // No convolution has as many axes; the search below takes the square of their number.
    let count = entries.len().checked_sub(2).filter(|&n| n <= 256)?;
    *spatial = (0..count).map(|i| place(&i.to_string())).collect::<Option<_>>()?;
    Some([place(named[0])?, place(named[1])?])
}

/// `[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]`.
pub(crate) fn convolution_text(c: &Convolution) -> String {
    let layout = |named: [(&str, usize); 2], spatial: &[usize]| {
        let mut entries: Vec<(usize, String)> =
            spatial.iter().enumerate().map(|(i, &place)| (place, i.to_string())).collect();
        entries.extend(named.map(|(name, place)| (place, name.to_string())));
        entries.sort();
        format!("[{}]", entries.into_iter().map(|(_, e)| e).collect::<Vec<_>>().join(", "))
    };
    format!(
        "{}x{}->{}",
        layout(
            [("b", c.input_batch_dimension), ("f", c.input_feature_dimension)],
            &c.input_spatial_dimensions
        ),
        layout(
            [("i", c.kernel_input_feature_dimension), ("o", c.kernel_output_feature_dimension)],
            &c.kernel_spatial_dimensions
        ),
        layout(
            [("b", c.output_batch_dimension), ("f", c.output_feature_dimension)],
            &c.output_spatial_dimensions
        ),
    )
}
