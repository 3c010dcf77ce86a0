//! Programs of absurd sizes.

/// Sizes that no tensor has, or that calculations go wrong with.
pub(crate) const ABSURD: &[i64] = &[
    -1,
    0,
    1,
    3,
    127,
    (1 << 16) + 1,
    1 << 24,
    (1 << 31) - 1,
    1 << 31,
    1 << 32,
    (1 << 36) + 3,
    1 << 40,
    1 << 59,
    1 << 62,
    i64::MAX,
    i64::MIN,
];

/// The numbers of a text: where each begins and ends.
fn numbers(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && bytes[at].is_ascii_digit() {
            at += 1;
        }
        // What belongs to a name, such as that of a type, is no number; sizes stand between `x`.
        let before = start.checked_sub(1).map_or(b' ', |i| bytes[i]);
        let name = before.is_ascii_alphabetic() && before != b'x'
            || before == b'_'
            || before == b'%'
            || before == b'.';
        if !name {
            found.push((start, at));
        }
    }
    found
}

/// The text with other numbers: each by itself, and all that are equal together, are replaced by each absurd one.
pub(crate) fn mutated(text: &str) -> Vec<String> {
    let places = numbers(text);
    let mut sets: Vec<Vec<(usize, usize)>> = places.iter().map(|&place| vec![place]).collect();
    let mut values: Vec<&str> = places.iter().map(|&(start, end)| &text[start..end]).collect();
    values.sort_unstable();
    values.dedup();
    for value in values {
        let equal: Vec<_> =
            places.iter().copied().filter(|&(start, end)| &text[start..end] == value).collect();
        if equal.len() > 1 {
            sets.push(equal);
        }
    }
    let replaced = |set: &[(usize, usize)], number: i64| {
        let (mut out, mut rest) = (String::new(), 0);
        for &(start, end) in set {
            out += &text[rest..start];
            out += &number.to_string();
            rest = end;
        }
        out + &text[rest..]
    };
    let mut all = vec![text.to_owned()];
    all.extend(sets.iter().flat_map(|set| ABSURD.iter().map(|&number| replaced(set, number))));
    all
}

/// A template with a size for `{N}`, its half for `{H}`, four less for `{M}` and one more for `{P}`.
pub(crate) fn filled(template: &str, size: i64) -> String {
    let size = i128::from(size);
    template
        .replace("{N}", &size.to_string())
        .replace("{H}", &(size / 2).to_string())
        .replace("{R}", &(size / 2 + 1).to_string())
        .replace("{M}", &(size - 4).to_string())
        .replace("{P}", &(size + 1).to_string())
        .replace("{ADD}", "({ ^bb0(%a: tensor<f32>, %b: tensor<f32>): %c = stablehlo.add %a, %b : tensor<f32> stablehlo.return %c : tensor<f32> })")
        .replace("{OWN}", "({ ^bb0(%a: tensor<f32>, %b: tensor<f32>): %c = stablehlo.add %a, %b : tensor<f32> %d = stablehlo.multiply %c, %b : tensor<f32> stablehlo.return %d : tensor<f32> })")
}

/// Programs whose sizes belong together, so that they are valid for large ones.
pub(crate) const TEMPLATES: &[(&str, &str)] = &[
    ("fft", "func.func @main(%x: tensor<{N}xcomplex<f32>>) -> tensor<{N}xcomplex<f32>> {
        %r = stablehlo.fft %x, type = FFT, length = [{N}] : (tensor<{N}xcomplex<f32>>) -> tensor<{N}xcomplex<f32>>
        return %r : tensor<{N}xcomplex<f32>> }"),
    ("rfft of nothing", "func.func @main(%x: tensor<0x{N}xf32>) -> tensor<0x{R}xcomplex<f32>> {
        %r = stablehlo.fft %x, type = RFFT, length = [{N}] : (tensor<0x{N}xf32>) -> tensor<0x{R}xcomplex<f32>>
        return %r : tensor<0x{R}xcomplex<f32>> }"),
    ("select_and_scatter", "func.func @main(%x: tensor<4xf32>, %s: tensor<1xf32>, %i: tensor<f32>) -> tensor<4xf32> {
        %r = \"stablehlo.select_and_scatter\"(%x, %s, %i) ({
          ^bb0(%a: tensor<f32>, %b: tensor<f32>):
            %c = stablehlo.compare GE, %a, %b : (tensor<f32>, tensor<f32>) -> tensor<i1>
            stablehlo.return %c : tensor<i1>
          }, {
          ^bb0(%a: tensor<f32>, %b: tensor<f32>):
            %c = stablehlo.add %a, %b : tensor<f32>
            stablehlo.return %c : tensor<f32>
          }) {window_dimensions = array<i64: {N}>, window_strides = array<i64: {N}>, padding = dense<[[{M}, 0]]> : tensor<1x2xi64>}
          : (tensor<4xf32>, tensor<1xf32>, tensor<f32>) -> tensor<4xf32>
        return %r : tensor<4xf32> }"),
    ("select_and_scatter by programs", "func.func @main(%x: tensor<4xf32>, %s: tensor<1xf32>, %i: tensor<f32>) -> tensor<4xf32> {
        %r = \"stablehlo.select_and_scatter\"(%x, %s, %i) ({
          ^bb0(%a: tensor<f32>, %b: tensor<f32>):
            %c = stablehlo.compare LT, %a, %b : (tensor<f32>, tensor<f32>) -> tensor<i1>
            stablehlo.return %c : tensor<i1>
          }, {
          ^bb0(%a: tensor<f32>, %b: tensor<f32>):
            %c = stablehlo.maximum %a, %b : tensor<f32>
            stablehlo.return %c : tensor<f32>
          }) {window_dimensions = array<i64: {N}>, window_strides = array<i64: {N}>, padding = dense<[[{M}, 0]]> : tensor<1x2xi64>}
          : (tensor<4xf32>, tensor<1xf32>, tensor<f32>) -> tensor<4xf32>
        return %r : tensor<4xf32> }"),
    ("reduce_window", "func.func @main(%x: tensor<4xf32>, %i: tensor<f32>) -> tensor<1xf32> {
        %r = \"stablehlo.reduce_window\"(%x, %i) {ADD} {window_dimensions = array<i64: {N}>, padding = dense<[[{M}, 0]]> : tensor<1x2xi64>}
          : (tensor<4xf32>, tensor<f32>) -> tensor<1xf32>
        return %r : tensor<1xf32> }"),
    ("reduce_window whose taps wrap", "func.func @main(%x: tensor<4x4xf32>, %i: tensor<f32>) -> tensor<1x1xf32> {
        %r = \"stablehlo.reduce_window\"(%x, %i) {ADD} {window_dimensions = array<i64: {N}, {N}>, padding = dense<[[{M}, 0], [0, {M}]]> : tensor<2x2xi64>}
          : (tensor<4x4xf32>, tensor<f32>) -> tensor<1x1xf32>
        return %r : tensor<1x1xf32> }"),
    ("reduce_window by a program", "func.func @main(%x: tensor<4x4xf32>, %i: tensor<f32>) -> tensor<1x1xf32> {
        %r = \"stablehlo.reduce_window\"(%x, %i) {OWN} {window_dimensions = array<i64: {N}, {N}>, padding = dense<[[{M}, 0], [0, {M}]]> : tensor<2x2xi64>}
          : (tensor<4x4xf32>, tensor<f32>) -> tensor<1x1xf32>
        return %r : tensor<1x1xf32> }"),
    ("reduce_window of a dilated input", "func.func @main(%x: tensor<2xf32>, %i: tensor<f32>) -> tensor<1xf32> {
        %r = \"stablehlo.reduce_window\"(%x, %i) {ADD} {window_dimensions = array<i64: {P}>, base_dilations = array<i64: {N}>}
          : (tensor<2xf32>, tensor<f32>) -> tensor<1xf32>
        return %r : tensor<1xf32> }"),
    ("reduce_window of a dilated window", "func.func @main(%x: tensor<4xf32>, %i: tensor<f32>) -> tensor<4xf32> {
        %r = \"stablehlo.reduce_window\"(%x, %i) {ADD} {window_dimensions = array<i64: 2>, window_dilations = array<i64: {N}>, padding = dense<[[{N}, 0]]> : tensor<1x2xi64>}
          : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
        return %r : tensor<4xf32> }"),
    ("pad by a lot and back", "func.func @main(%x: tensor<2xf32>, %v: tensor<f32>) -> tensor<1xf32> {
        %r = stablehlo.pad %x, %v, low = [0], high = [-{M}], interior = [{M}] : (tensor<2xf32>, tensor<f32>) -> tensor<2xf32>
        %s = \"stablehlo.reduce\"(%r, %v) {ADD} {dimensions = array<i64: 0>} : (tensor<2xf32>, tensor<f32>) -> tensor<f32>
        %t = stablehlo.reshape %s : (tensor<f32>) -> tensor<1xf32>
        return %t : tensor<1xf32> }"),
    ("pad", "func.func @main(%x: tensor<4xf32>, %v: tensor<f32>) -> tensor<{N}xf32> {
        %r = stablehlo.pad %x, %v, low = [{M}], high = [0], interior = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<{N}xf32>
        return %r : tensor<{N}xf32> }"),
    ("convolution of a far dilation", "func.func @main(%x: tensor<1x2x1xf32>, %k: tensor<2x1x1xf32>) -> tensor<1x1x1xf32> {
        %r = stablehlo.convolution(%x, %k) dim_numbers = [b, 0, f]x[0, i, o]->[b, 0, f], window = {lhs_dilate = [{N}], rhs_dilate = [{N}]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64}
          : (tensor<1x2x1xf32>, tensor<2x1x1xf32>) -> tensor<1x1x1xf32>
        return %r : tensor<1x1x1xf32> }"),
    ("convolution without features", "func.func @main(%x: tensor<1x{N}x0xf32>, %k: tensor<{N}x0x1xf32>) -> tensor<1x1x1xf32> {
        %r = stablehlo.convolution(%x, %k) dim_numbers = [b, 0, f]x[0, i, o]->[b, 0, f], window = {} {batch_group_count = 1 : i64, feature_group_count = 1 : i64}
          : (tensor<1x{N}x0xf32>, tensor<{N}x0x1xf32>) -> tensor<1x1x1xf32>
        return %r : tensor<1x1x1xf32> }"),
    ("sort", "func.func @main(%x: tensor<1x{N}xf32>) -> tensor<1x{N}xf32> {
        %r = \"stablehlo.sort\"(%x) ({
          ^bb0(%a: tensor<f32>, %b: tensor<f32>):
            %c = stablehlo.compare LT, %a, %b : (tensor<f32>, tensor<f32>) -> tensor<i1>
            stablehlo.return %c : tensor<i1>
          }) {dimension = 1 : i64} : (tensor<1x{N}xf32>) -> tensor<1x{N}xf32>
        return %r : tensor<1x{N}xf32> }"),
    ("sort of no rows", "func.func @main(%x: tensor<0x{N}xf32>) -> tensor<0x{N}xf32> {
        %r = \"stablehlo.sort\"(%x) ({
          ^bb0(%a: tensor<f32>, %b: tensor<f32>):
            %c = stablehlo.compare LT, %a, %b : (tensor<f32>, tensor<f32>) -> tensor<i1>
            stablehlo.return %c : tensor<i1>
          }) {dimension = 1 : i64} : (tensor<0x{N}xf32>) -> tensor<0x{N}xf32>
        return %r : tensor<0x{N}xf32> }"),
    ("top_k", "func.func @main(%x: tensor<{N}xf32>) -> tensor<2xf32> {
        %r, %i = chlo.top_k(%x, k = 2) : tensor<{N}xf32> -> (tensor<2xf32>, tensor<2xi32>)
        return %r : tensor<2xf32> }"),
    ("rng_bit_generator", "func.func @main(%s: tensor<2xui64>) -> tensor<{N}xui8> {
        %n, %r = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<{N}xui8>)
        return %r : tensor<{N}xui8> }"),
    ("a broadcast constant", "func.func @main() -> tensor<f32> {
        %big = stablehlo.constant dense<1.0> : tensor<{N}xf32>
        %z = stablehlo.constant dense<0.0> : tensor<f32>
        %r = \"stablehlo.reduce\"(%big, %z) {OWN} {dimensions = array<i64: 0>} : (tensor<{N}xf32>, tensor<f32>) -> tensor<f32>
        return %r : tensor<f32> }"),
    ("gather of nothing at many places", "func.func @main(%x: tensor<4x0xf32>, %i: tensor<{N}x1xi8>) -> tensor<{N}x0xf32> {
        %r = \"stablehlo.gather\"(%x, %i) {dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1, 0>, indices_are_sorted = false} : (tensor<4x0xf32>, tensor<{N}x1xi8>) -> tensor<{N}x0xf32>
        return %r : tensor<{N}x0xf32> }"),
    ("slice by a far step", "func.func @main(%x: tensor<8xf32>) -> tensor<1xf32> {
        %r = stablehlo.slice %x [1:8:{N}] : (tensor<8xf32>) -> tensor<1xf32>
        return %r : tensor<1xf32> }"),
    ("reshape of nothing", "func.func @main(%x: tensor<0x{N}x{N}xf32>) -> tensor<{N}x0x{N}xf32> {
        %r = stablehlo.reshape %x : (tensor<0x{N}x{N}xf32>) -> tensor<{N}x0x{N}xf32>
        %s = stablehlo.transpose %r, dims = [2, 1, 0] : (tensor<{N}x0x{N}xf32>) -> tensor<{N}x0x{N}xf32>
        return %s : tensor<{N}x0x{N}xf32> }"),
    ("dot_general over nothing", "func.func @main(%x: tensor<2x0xf32>, %y: tensor<0x{N}xf32>) -> tensor<2x{N}xf32> {
        %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<2x0xf32>, tensor<0x{N}xf32>) -> tensor<2x{N}xf32>
        return %r : tensor<2x{N}xf32> }"),
    ("cholesky", "func.func @main(%x: tensor<{N}x{N}xf32>) -> tensor<{N}x{N}xf32> {
        %r = \"stablehlo.cholesky\"(%x) {lower = true} : (tensor<{N}x{N}xf32>) -> tensor<{N}x{N}xf32>
        return %r : tensor<{N}x{N}xf32> }"),
    ("scan", "func.func @main(%x: tensor<{N}xf32>, %v: tensor<f32>) -> tensor<{N}xf32> {
        %r, %l = chlo.scan(%x) inits(%v) dimension=0 {
          ^bb0(%a: tensor<f32>, %b: tensor<f32>):
            %c = stablehlo.maximum %a, %b : tensor<f32>
            stablehlo.return %c, %c : tensor<f32>, tensor<f32>
          } : (tensor<{N}xf32>, tensor<f32>) -> (tensor<{N}xf32>, tensor<f32>)
        return %r : tensor<{N}xf32> }"),
    ("concatenate", "func.func @main(%x: tensor<{H}xf32>) -> tensor<{N}xf32> {
        %r = stablehlo.concatenate %x, %x, dim = 0 : (tensor<{H}xf32>, tensor<{H}xf32>) -> tensor<{N}xf32>
        return %r : tensor<{N}xf32> }"),
];

/// A sort of some rows.
pub(crate) const SORT: &str = "func.func @main(%x: tensor<{rows}x{len}xf32>) -> tensor<{rows}x{len}xf32> {
    %r = \"stablehlo.sort\"(%x) ({
      ^bb0(%a: tensor<f32>, %b: tensor<f32>):
        %c = stablehlo.compare LT, %a, %b : (tensor<f32>, tensor<f32>) -> tensor<i1>
        stablehlo.return %c : tensor<i1>
      }) {dimension = 1 : i64} : (tensor<{rows}x{len}xf32>) -> tensor<{rows}x{len}xf32>
    return %r : tensor<{rows}x{len}xf32> }";

/// Programs that are large enough to see what kernels take for themselves.
pub(crate) fn large() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for ty in ["f32", "f64", "complex<f32>", "complex<f64>"] {
        let element = format!("x{ty}");
        let real = if ty.contains("32") { "f32" } else { "f64" };
        let letter = match ty {
            "f32" => 's',
            "f64" => 'd',
            "complex<f32>" => 'c',
            _ => 'z',
        };
        let (symmetric, orthogonal) =
            if ty.starts_with('c') { ("heevd", "ungqr") } else { ("syevd", "orgqr") };
        for n in [40, 200] {
            let mut add = |name: &str, call: String| {
                all.push((format!("{name} of {n} by {n}{element}"), call));
            };
            let square = format!("tensor<{n}x{n}{element}>");
            add(
                "cholesky",
                format!(
                    "func.func @main(%x: {square}) -> {square} {{
                %r = \"stablehlo.cholesky\"(%x) {{lower = true}} : ({square}) -> {square}
                return %r : {square} }}"
                ),
            );
            add("triangular_solve", format!("func.func @main(%x: {square}) -> {square} {{
                %r = \"stablehlo.triangular_solve\"(%x, %x) {{left_side = true, lower = true, unit_diagonal = true, transpose_a = #stablehlo<transpose NO_TRANSPOSE>}} : ({square}, {square}) -> {square}
                return %r : {square} }}"));
            let call = |name: &str, options: &str, operands: &[&str], results: &[String]| {
                let takes: Vec<String> =
                    operands.iter().enumerate().map(|(i, ty)| format!("%x{i}: {ty}")).collect();
                let given: Vec<String> = (0..operands.len()).map(|i| format!("%x{i}")).collect();
                let (operands, types) = (operands.join(", "), results.join(", "));
                let count = results.len();
                let returned: Vec<String> = (0..count).map(|i| format!("%r#{i}")).collect();
                format!("func.func @main({}) -> ({types}) {{
                    %r:{count} = stablehlo.custom_call @{name}({}) {{mhlo.backend_config = {{{options}}}}} : ({operands}) -> ({types})
                    return {} : {types} }}", takes.join(", "), given.join(", "), returned.join(", "))
            };
            let vector = format!("tensor<{n}{element}>");
            let reals = format!("tensor<{n}x{real}>");
            let (integers, info) = (format!("tensor<{n}xi32>"), "tensor<i32>".to_owned());
            add(
                "getrf",
                call(
                    &format!("lapack_{letter}getrf_ffi"),
                    "",
                    &[&square],
                    &[square.clone(), integers.clone(), info.clone()],
                ),
            );
            add(
                "geqrf",
                call(&format!("lapack_{letter}geqrf_ffi"), "", &[&square], &[square.clone(), vector.clone()]),
            );
            add(
                orthogonal,
                call(
                    &format!("lapack_{letter}{orthogonal}_ffi"),
                    "",
                    &[&square, &vector],
                    std::slice::from_ref(&square),
                ),
            );
            add("runahead.qr", call("runahead.qr", "", &[&square], &[square.clone(), square.clone()]));
            add(
                symmetric,
                call(
                    &format!("lapack_{letter}{symmetric}_ffi"),
                    "uplo = 76 : ui8, mode = 86 : ui8",
                    &[&square],
                    &[square.clone(), reals.clone(), info.clone()],
                ),
            );
            add(
                "gesdd",
                call(
                    &format!("lapack_{letter}gesdd_ffi"),
                    "mode = 65 : ui8",
                    &[&square],
                    &[square.clone(), reals.clone(), square.clone(), square.clone(), info.clone()],
                ),
            );
            let complex = format!("complex<{real}>");
            let vectors = format!("tensor<{n}x{n}x{complex}>");
            let values =
                if ty.starts_with('c') { vec![vector.clone()] } else { vec![reals.clone(), reals.clone()] };
            let eigen = [values.clone(), vec![vectors.clone(), vectors.clone(), info.clone()]].concat();
            add(
                "geev",
                call(
                    &format!("lapack_{letter}geev_ffi"),
                    "compute_left = 86 : ui8, compute_right = 86 : ui8",
                    &[&square],
                    &eigen,
                ),
            );
            let schur =
                [vec![square.clone(), square.clone()], values, vec![info.clone(), info.clone()]].concat();
            add(
                "gees",
                call(
                    &format!("lapack_{letter}gees_ffi"),
                    "mode = 86 : ui8, sort = 78 : ui8",
                    &[&square],
                    &schur,
                ),
            );
            // Few rows or columns of many.
            let (tall, wide) =
                (format!("tensor<{}x3{element}>", n * n), format!("tensor<3x{}{element}>", n * n));
            let few = format!("tensor<3{element}>");
            add(
                "tall geqrf",
                call(&format!("lapack_{letter}geqrf_ffi"), "", &[&tall], &[tall.clone(), few.clone()]),
            );
            add(
                "wide getrf",
                call(
                    &format!("lapack_{letter}getrf_ffi"),
                    "",
                    &[&wide],
                    &[wide.clone(), "tensor<3xi32>".to_owned(), info.clone()],
                ),
            );
            let small = format!("tensor<3x3{element}>");
            add(
                "tall gesdd",
                call(
                    &format!("lapack_{letter}gesdd_ffi"),
                    "mode = 83 : ui8",
                    &[&tall],
                    &[tall.clone(), format!("tensor<3x{real}>"), tall.clone(), small, info.clone()],
                ),
            );
        }
    }
    let plain = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    all.push(plain("dot_general", "func.func @main(%x: tensor<700x900xf32>, %y: tensor<900x800xf32>) -> tensor<700x800xf32> {
        %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<700x900xf32>, tensor<900x800xf32>) -> tensor<700x800xf32>
        return %r : tensor<700x800xf32> }"));
    all.push(plain("convolution", "func.func @main(%x: tensor<4x60x60x16xf32>, %k: tensor<5x5x16x24xf32>) -> tensor<4x56x56x24xf32> {
        %r = stablehlo.convolution(%x, %k) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {} {batch_group_count = 1 : i64, feature_group_count = 1 : i64}
          : (tensor<4x60x60x16xf32>, tensor<5x5x16x24xf32>) -> tensor<4x56x56x24xf32>
        return %r : tensor<4x56x56x24xf32> }"));
    for (kind, length) in [("FFT", 100_003), ("FFT", 1 << 17), ("IFFT", 3 * 5 * 7 * 11 * 13)] {
        all.push((
            format!("{kind} of {length}"),
            filled(&TEMPLATES[0].1.replace("= FFT", &format!("= {kind}")), length),
        ));
    }
    all.push(plain("IRFFT", "func.func @main(%x: tensor<3x100x101xcomplex<f64>>) -> tensor<3x100x200xf64> {
        %r = stablehlo.fft %x, type = IRFFT, length = [100, 200] : (tensor<3x100x101xcomplex<f64>>) -> tensor<3x100x200xf64>
        return %r : tensor<3x100x200xf64> }"));
    all.push(plain(
        "bits",
        &filled(
            TEMPLATES.iter().find(|t| t.0 == "rng_bit_generator").map(|t| t.1).unwrap_or_default(),
            1 << 22,
        ),
    ));
    all.push(plain("numbers", "func.func @main(%a: tensor<f32>, %b: tensor<f32>) -> tensor<1000000xf32> {
        %s = stablehlo.constant dense<1000000> : tensor<1xi64>
        %r = stablehlo.rng %a, %b, %s, distribution = NORMAL : (tensor<f32>, tensor<f32>, tensor<1xi64>) -> tensor<1000000xf32>
        return %r : tensor<1000000xf32> }"));
    all.push(plain("sort", &SORT.replace("{rows}", "1000").replace("{len}", "1000")));
    all.push(plain("sum of columns", "func.func @main(%x: tensor<1000x1003xf32>, %v: tensor<f32>) -> tensor<1003xf32> {
        %e = stablehlo.exponential %x : tensor<1000x1003xf32>
        %r = stablehlo.reduce(%e init: %v) applies stablehlo.add across dimensions = [0] : (tensor<1000x1003xf32>, tensor<f32>) -> tensor<1003xf32>
        return %r : tensor<1003xf32> }"));
    all.push(plain("pool", &filled("func.func @main(%x: tensor<4x200x200x8xf32>, %i: tensor<f32>) -> tensor<4x100x100x8xf32> {
        %r = \"stablehlo.reduce_window\"(%x, %i) {ADD} {window_dimensions = array<i64: 1, 2, 2, 1>, window_strides = array<i64: 1, 2, 2, 1>}
          : (tensor<4x200x200x8xf32>, tensor<f32>) -> tensor<4x100x100x8xf32>
        return %r : tensor<4x100x100x8xf32> }", 1)));
    all
}
