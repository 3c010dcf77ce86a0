// The bits that XLA gives for the same states.

func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<ui32>)
  check.expect_eq_const %n, dense<[1311768467463790320, 18446744073709551615]> : tensor<2xui64>
  check.expect_eq_const %b, dense<1010520186> : tensor<ui32>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<ui64>)
  check.expect_eq_const %n, dense<[1311768467463790320, 18446744073709551615]> : tensor<2xui64>
  check.expect_eq_const %b, dense<8112081530999492730> : tensor<ui64>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<ui8>)
  check.expect_eq_const %n, dense<[1311768467463790320, 18446744073709551615]> : tensor<2xui64>
  check.expect_eq_const %b, dense<122> : tensor<ui8>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<ui16>)
  check.expect_eq_const %n, dense<[1311768467463790320, 18446744073709551615]> : tensor<2xui64>
  check.expect_eq_const %b, dense<20602> : tensor<ui16>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<1xui32>)
  check.expect_eq_const %n, dense<[1311768467463790320, 18446744073709551615]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[1010520186]> : tensor<1xui32>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<1xui64>)
  check.expect_eq_const %n, dense<[1311768467463790320, 18446744073709551615]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[8112081530999492730]> : tensor<1xui64>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<1xui8>)
  check.expect_eq_const %n, dense<[1311768467463790320, 18446744073709551615]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[122]> : tensor<1xui8>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<1xui16>)
  check.expect_eq_const %n, dense<[1311768467463790320, 18446744073709551615]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[20602]> : tensor<1xui16>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<5xui32>)
  check.expect_eq_const %n, dense<[1311768467463790320, 1]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[1010520186, 1888741164, 2754706343, 569486026, 1593802813]> : tensor<5xui32>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<5xui64>)
  check.expect_eq_const %n, dense<[1311768467463790320, 3]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[8112081530999492730, 2445923859953712039, 5540413775124856893, 7268757770303430396, 4623188616535824262]> : tensor<5xui64>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<5xui8>)
  check.expect_eq_const %n, dense<[1311768467463790320, 1]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[122, 44, 167, 202, 61]> : tensor<5xui8>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<5xui16>)
  check.expect_eq_const %n, dense<[1311768467463790320, 1]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[20602, 59180, 31655, 43722, 32829]> : tensor<5xui16>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<4xui32>)
  check.expect_eq_const %n, dense<[1311768467463790320, 0]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[1010520186, 1888741164, 2754706343, 569486026]> : tensor<4xui32>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<4xui64>)
  check.expect_eq_const %n, dense<[1311768467463790320, 2]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[8112081530999492730, 2445923859953712039, 5540413775124856893, 7268757770303430396]> : tensor<4xui64>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<4xui8>)
  check.expect_eq_const %n, dense<[1311768467463790320, 0]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[122, 44, 167, 202]> : tensor<4xui8>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<4xui16>)
  check.expect_eq_const %n, dense<[1311768467463790320, 0]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[20602, 59180, 31655, 43722]> : tensor<4xui16>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x5xui32>)
  check.expect_eq_const %n, dense<[1311768467463790320, 7]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[1010520186, 1888741164, 2754706343, 569486026, 1593802813], [961273596, 1692389550, 1379882886, 1076419981, 1430061416], [523829269, 4191198393, 2165775106, 1106935068, 2207507590]]> : tensor<3x5xui32>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x5xui64>)
  check.expect_eq_const %n, dense<[1311768467463790320, 13]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[8112081530999492730, 2445923859953712039, 5540413775124856893, 7268757770303430396, 4623188616535824262], [16385367623706935656, 18001060029506584597, 4754249918021311234, 9352431159152469126, 11080672538751705225], [4331478480766497594, 6821761343824988561, 16682754511523708815, 13736286573250999496, 2516141863591576142]]> : tensor<3x5xui64>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x5xui8>)
  check.expect_eq_const %n, dense<[1311768467463790320, 7]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[122, 44, 167, 202, 61], [252, 174, 134, 141, 104], [21, 185, 2, 28, 134]]> : tensor<3x5xui8>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x5xui16>)
  check.expect_eq_const %n, dense<[1311768467463790320, 7]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[20602, 59180, 31655, 43722, 32829], [57084, 53422, 22406, 56717, 360], [21, 40121, 6914, 32028, 58502]]> : tensor<3x5xui16>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x4xui32>)
  check.expect_eq_const %n, dense<[1311768467463790320, 4]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[1010520186, 1888741164, 2754706343, 569486026], [1593802813, 1289978105, 961273596, 1692389550], [1379882886, 1076419981, 1430061416, 3815015690]]> : tensor<3x4xui32>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x4xui64>)
  check.expect_eq_const %n, dense<[1311768467463790320, 10]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[8112081530999492730, 2445923859953712039, 5540413775124856893, 7268757770303430396], [4623188616535824262, 16385367623706935656, 18001060029506584597, 4754249918021311234], [9352431159152469126, 11080672538751705225, 4331478480766497594, 6821761343824988561]]> : tensor<3x4xui64>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x4xui8>)
  check.expect_eq_const %n, dense<[1311768467463790320, 4]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[122, 44, 167, 202], [61, 249, 252, 174], [134, 141, 104, 10]]> : tensor<3x4xui8>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x4xui16>)
  check.expect_eq_const %n, dense<[1311768467463790320, 4]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[20602, 59180, 31655, 43722], [32829, 33017, 57084, 53422], [22406, 56717, 360, 34058]]> : tensor<3x4xui16>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<2x3x3xui32>)
  check.expect_eq_const %n, dense<[1311768467463790320, 7]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[[1010520186, 2754706343, 1593802813], [961273596, 1379882886, 1430061416], [523829269, 2165775106, 2207507590]], [[1888741164, 569486026, 1289978105], [1692389550, 1076419981, 3815015690], [4191198393, 1106935068, 2177532566]]]> : tensor<2x3x3xui32>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<2x3x3xui64>)
  check.expect_eq_const %n, dense<[1311768467463790320, 16]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[[8112081530999492730, 2445923859953712039, 5540413775124856893], [7268757770303430396, 4623188616535824262, 16385367623706935656], [18001060029506584597, 4754249918021311234, 9352431159152469126]], [[11080672538751705225, 4331478480766497594, 6821761343824988561], [16682754511523708815, 13736286573250999496, 2516141863591576142], [18208633072126486634, 6641003932957554783, 2930227518502237821]]]> : tensor<2x3x3xui64>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<2x3x3xui8>)
  check.expect_eq_const %n, dense<[1311768467463790320, 7]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[[122, 167, 61], [252, 134, 104], [21, 2, 134]], [[44, 202, 249], [174, 141, 10], [185, 28, 150]]]> : tensor<2x3x3xui8>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<2x3x3xui16>)
  check.expect_eq_const %n, dense<[1311768467463790320, 7]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[[20602, 31655, 32829], [57084, 22406, 360], [21, 6914, 58502]], [[59180, 43722, 33017], [53422, 56717, 34058], [40121, 32028, 33430]]]> : tensor<2x3x3xui16>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x3x5xui32>)
  check.expect_eq_const %n, dense<[1311768467463790320, 25]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[[1010520186, 1888741164, 2754706343, 569486026, 1593802813], [961273596, 1692389550, 1379882886, 1076419981, 1430061416], [523829269, 4191198393, 2165775106, 1106935068, 2207507590]], [[1354277001, 2579920119, 2790650682, 1008500922, 2301495697], [3597303695, 3884256470, 1134032072, 3198228444, 2682094158], [1032284266, 4239527758, 937965663, 1546229220, 795244157]], [[1846610653, 869415926, 3229233129, 3793994131, 4091227503], [1443400377, 2600648758, 1187822845, 4050177553, 1266409377], [798194523, 1294996302, 955564760, 1415506382, 3143413262]]]> : tensor<3x3x5xui32>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x3x5xui64>)
  check.expect_eq_const %n, dense<[1311768467463790320, 43]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[[8112081530999492730, 2445923859953712039, 5540413775124856893, 7268757770303430396, 4623188616535824262], [16385367623706935656, 18001060029506584597, 4754249918021311234, 9352431159152469126, 11080672538751705225], [4331478480766497594, 6821761343824988561, 16682754511523708815, 13736286573250999496, 2516141863591576142]], [[18208633072126486634, 6641003932957554783, 2930227518502237821, 3734112970638166749, 16295080717090172905], [16095011520577744239, 11169701365436418745, 17395380134316129533, 588098126372134817, 5561966766329133915], [6079553618924847832, 6724054162987593230, 15734695355449820441, 17856752463076653804, 15450141772977087468]], [[13378169743087631483, 14325491335434226172, 143295641621493064, 6705284280853649947, 16197964907959735242], [3957415189373558339, 15828471056096544268, 15340766326959970317, 7706873757004929919, 517030207177634891], [4407298148785335700, 8447915340841993452, 5914282372853057551, 15604423857408861202, 2091976900071416082]]]> : tensor<3x3x5xui64>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x3x5xui8>)
  check.expect_eq_const %n, dense<[1311768467463790320, 25]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[[122, 44, 167, 202, 61], [252, 174, 134, 141, 104], [21, 185, 2, 28, 134]], [[137, 247, 58, 186, 145], [143, 214, 200, 220, 78], [106, 78, 95, 228, 125]], [[221, 246, 233, 147, 111], [185, 54, 253, 17, 161], [91, 78, 216, 206, 14]]]> : tensor<3x3x5xui8>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x3x5xui16>)
  check.expect_eq_const %n, dense<[1311768467463790320, 25]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[[20602, 59180, 31655, 43722, 32829], [57084, 53422, 22406, 56717, 360], [21, 40121, 6914, 32028, 58502]], [[41097, 29943, 62266, 32954, 2449], [32655, 3286, 62664, 6108, 33358], [26730, 3918, 14431, 38372, 30333]], [[2781, 15350, 12265, 49555, 11631], [35513, 49206, 48381, 52753, 57249], [31579, 4942, 49880, 59854, 44558]]]> : tensor<3x3x5xui16>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<0x3xui32>)
  check.expect_eq_const %n, dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[]> : tensor<0x3xui32>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<0x3xui64>)
  check.expect_eq_const %n, dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[]> : tensor<0x3xui64>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<0x3xui8>)
  check.expect_eq_const %n, dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[]> : tensor<0x3xui8>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<0x3xui16>)
  check.expect_eq_const %n, dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[]> : tensor<0x3xui16>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<ui32>)
  check.expect_eq_const %n, dense<[1311768467463790320, 18446744073709551615]> : tensor<2xui64>
  check.expect_eq_const %b, dense<3151517439> : tensor<ui32>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<ui64>)
  check.expect_eq_const %n, dense<[1311768467463790320, 18446744073709551615]> : tensor<2xui64>
  check.expect_eq_const %b, dense<13228713271577040639> : tensor<ui64>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<ui8>)
  check.expect_eq_const %n, dense<[1311768467463790320, 18446744073709551615]> : tensor<2xui64>
  check.expect_eq_const %b, dense<255> : tensor<ui8>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<ui16>)
  check.expect_eq_const %n, dense<[1311768467463790320, 18446744073709551615]> : tensor<2xui64>
  check.expect_eq_const %b, dense<22271> : tensor<ui16>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<1xui32>)
  check.expect_eq_const %n, dense<[1311768467463790320, 18446744073709551615]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[3151517439]> : tensor<1xui32>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<1xui64>)
  check.expect_eq_const %n, dense<[1311768467463790320, 18446744073709551615]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[13228713271577040639]> : tensor<1xui64>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<1xui8>)
  check.expect_eq_const %n, dense<[1311768467463790320, 18446744073709551615]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[255]> : tensor<1xui8>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<1xui16>)
  check.expect_eq_const %n, dense<[1311768467463790320, 18446744073709551615]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[22271]> : tensor<1xui16>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<5xui32>)
  check.expect_eq_const %n, dense<[1311768467463790320, 0]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[3151517439, 3080049825, 2645875639, 2972309415, 1480449822]> : tensor<5xui32>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<5xui64>)
  check.expect_eq_const %n, dense<[1311768467463790320, 1]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[13228713271577040639, 12765971733663767479, 12951043062988922654, 4621549904384879066, 2311151477393820915]> : tensor<5xui64>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<5xui8>)
  check.expect_eq_const %n, dense<[1311768467463790320, 0]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[255, 161, 183, 167, 30]> : tensor<5xui8>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<5xui16>)
  check.expect_eq_const %n, dense<[1311768467463790320, 0]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[22271, 54433, 56247, 55207, 57118]> : tensor<5xui16>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<4xui32>)
  check.expect_eq_const %n, dense<[1311768467463790320, 18446744073709551615]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[3151517439, 3080049825, 2645875639, 2972309415]> : tensor<4xui32>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<4xui64>)
  check.expect_eq_const %n, dense<[1311768467463790320, 0]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[13228713271577040639, 12765971733663767479, 12951043062988922654, 4621549904384879066]> : tensor<4xui64>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<4xui8>)
  check.expect_eq_const %n, dense<[1311768467463790320, 18446744073709551615]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[255, 161, 183, 167]> : tensor<4xui8>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<4xui16>)
  check.expect_eq_const %n, dense<[1311768467463790320, 18446744073709551615]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[22271, 54433, 56247, 55207]> : tensor<4xui16>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x5xui32>)
  check.expect_eq_const %n, dense<[1311768467463790320, 2]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[3151517439, 3080049825, 2645875639, 2972309415, 1480449822], [3015399692, 3935955418, 1076038438, 271420659, 538106886], [3801100798, 3007079934, 2583171126, 2853909184, 338341603]]> : tensor<3x5xui32>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x5xui64>)
  check.expect_eq_const %n, dense<[1311768467463790320, 6]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[13228713271577040639, 12765971733663767479, 12951043062988922654, 4621549904384879066, 2311151477393820915], [12915309976788939262, 12257446613617217590, 5742233398050205411, 146567561918284437, 14665322427105794120], [15259235453561345576, 1282587539942413844, 1089963090337964795, 17071184563557974573, 17846695270016392243]]> : tensor<3x5xui64>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x5xui8>)
  check.expect_eq_const %n, dense<[1311768467463790320, 2]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[255, 161, 183, 167, 30], [12, 218, 38, 243, 6], [254, 254, 54, 192, 227]]> : tensor<3x5xui8>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x5xui16>)
  check.expect_eq_const %n, dense<[1311768467463790320, 2]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[22271, 54433, 56247, 55207, 57118], [22796, 59866, 2854, 36083, 56326], [12798, 26110, 4150, 12992, 44771]]> : tensor<3x5xui16>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x4xui32>)
  check.expect_eq_const %n, dense<[1311768467463790320, 1]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[3151517439, 3080049825, 2645875639, 2972309415], [1480449822, 3015399692, 3935955418, 1076038438], [271420659, 538106886, 3801100798, 3007079934]]> : tensor<3x4xui32>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x4xui64>)
  check.expect_eq_const %n, dense<[1311768467463790320, 4]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[13228713271577040639, 12765971733663767479, 12951043062988922654, 4621549904384879066], [2311151477393820915, 12915309976788939262, 12257446613617217590, 5742233398050205411], [146567561918284437, 14665322427105794120, 15259235453561345576, 1282587539942413844]]> : tensor<3x4xui64>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x4xui8>)
  check.expect_eq_const %n, dense<[1311768467463790320, 1]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[255, 161, 183, 167], [30, 12, 218, 38], [243, 6, 254, 254]]> : tensor<3x4xui8>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x4xui16>)
  check.expect_eq_const %n, dense<[1311768467463790320, 1]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[22271, 54433, 56247, 55207], [57118, 22796, 59866, 2854], [36083, 56326, 12798, 26110]]> : tensor<3x4xui16>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<2x3x3xui32>)
  check.expect_eq_const %n, dense<[1311768467463790320, 3]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[[3151517439, 3080049825, 2645875639], [2972309415, 1480449822, 3015399692], [3935955418, 1076038438, 271420659]], [[538106886, 3801100798, 3007079934], [2583171126, 2853909184, 338341603], [1336967898, 3350987413, 34125419]]]> : tensor<2x3x3xui32>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<2x3x3xui64>)
  check.expect_eq_const %n, dense<[1311768467463790320, 7]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[[13228713271577040639, 12765971733663767479, 12951043062988922654], [4621549904384879066, 2311151477393820915, 12915309976788939262], [12257446613617217590, 5742233398050205411, 146567561918284437]], [[14665322427105794120, 15259235453561345576, 1282587539942413844], [1089963090337964795, 17071184563557974573, 17846695270016392243], [2018532290524927879, 4317921395997602884, 10742921615054386090]]]> : tensor<2x3x3xui64>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<2x3x3xui8>)
  check.expect_eq_const %n, dense<[1311768467463790320, 3]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[[255, 161, 183], [167, 30, 12], [218, 38, 243]], [[6, 254, 254], [54, 192, 227], [218, 149, 107]]]> : tensor<2x3x3xui8>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<2x3x3xui16>)
  check.expect_eq_const %n, dense<[1311768467463790320, 3]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[[22271, 54433, 56247], [55207, 57118, 22796], [59866, 2854, 36083]], [[56326, 12798, 26110], [4150, 12992, 44771], [33498, 661, 46699]]]> : tensor<2x3x3xui16>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x3x5xui32>)
  check.expect_eq_const %n, dense<[1311768467463790320, 10]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[[3151517439, 3080049825, 2645875639, 2972309415, 1480449822], [3015399692, 3935955418, 1076038438, 271420659, 538106886], [3801100798, 3007079934, 2583171126, 2853909184, 338341603]], [[1336967898, 3350987413, 34125419, 406181960, 3414536460], [1368528424, 3552817612, 2006717972, 298625682, 3789660923], [253776807, 3724624429, 3974694889, 3489176627, 4155257546]], [[1885656967, 469976172, 3766416452, 1005344417, 1529787306], [2501281354, 756184915, 1135223852, 3013885453, 1790245563], [3858922606, 3322342318, 3895394428, 2699030932, 2724588516]]]> : tensor<3x3x5xui32>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x3x5xui64>)
  check.expect_eq_const %n, dense<[1311768467463790320, 21]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[[13228713271577040639, 12765971733663767479, 12951043062988922654, 4621549904384879066, 2311151477393820915], [12915309976788939262, 12257446613617217590, 5742233398050205411, 146567561918284437, 14665322427105794120], [15259235453561345576, 1282587539942413844, 1089963090337964795, 17071184563557974573, 17846695270016392243]], [[2018532290524927879, 4317921395997602884, 10742921615054386090, 4875749318735329107, 7689046147907993101], [14269351605785754734, 11592249587727794300, 14696418928950111204, 16086109580529056345, 3928297164298963126], [10463471591148927101, 1348665983134635010, 14276670386731632271, 13924506880179897948, 13071289605959951122]], [[3106067489303125558, 985727553178152387, 5084608614374532893, 10510252483769556425, 5369007566950210441], [13407691883695611543, 15013051043518254587, 11368147604331410343, 6799005137995759564, 13785539448546470954], [5393836513843694701, 15108637685626886742, 10630698338703415367, 17328188463784322688, 10700047503638206407]]]> : tensor<3x3x5xui64>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x3x5xui8>)
  check.expect_eq_const %n, dense<[1311768467463790320, 10]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[[255, 161, 183, 167, 30], [12, 218, 38, 243, 6], [254, 254, 54, 192, 227]], [[218, 149, 107, 72, 12], [40, 204, 20, 146, 251], [167, 45, 233, 51, 202]], [[135, 108, 68, 161, 170], [74, 83, 44, 13, 187], [110, 174, 124, 148, 228]]]> : tensor<3x3x5xui8>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x3x5xui16>)
  check.expect_eq_const %n, dense<[1311768467463790320, 10]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[[22271, 54433, 56247, 55207, 57118], [22796, 59866, 2854, 36083, 56326], [12798, 26110, 4150, 12992, 44771]], [[33498, 661, 46699, 55368, 45324], [5672, 45516, 5652, 43666, 41723], [21415, 16941, 2025, 39987, 13002]], [[55175, 17516, 62532, 22177, 45994], [34378, 30547, 9260, 15885, 64187], [31854, 60334, 124, 61844, 60388]]]> : tensor<3x3x5xui16>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<0x3xui32>)
  check.expect_eq_const %n, dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[]> : tensor<0x3xui32>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<0x3xui64>)
  check.expect_eq_const %n, dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[]> : tensor<0x3xui64>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<0x3xui8>)
  check.expect_eq_const %n, dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[]> : tensor<0x3xui8>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<0x3xui16>)
  check.expect_eq_const %n, dense<[1311768467463790320, 18446744073709551614]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[]> : tensor<0x3xui16>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<ui32>)
  check.expect_eq_const %n, dense<[5, 18446744073709551615]> : tensor<2xui64>
  check.expect_eq_const %b, dense<1981577808> : tensor<ui32>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<ui64>)
  check.expect_eq_const %n, dense<[5, 18446744073709551615]> : tensor<2xui64>
  check.expect_eq_const %b, dense<15534850270132206160> : tensor<ui64>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<ui8>)
  check.expect_eq_const %n, dense<[5, 18446744073709551615]> : tensor<2xui64>
  check.expect_eq_const %b, dense<80> : tensor<ui8>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<ui16>)
  check.expect_eq_const %n, dense<[5, 18446744073709551615]> : tensor<2xui64>
  check.expect_eq_const %b, dense<31312> : tensor<ui16>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<1xui32>)
  check.expect_eq_const %n, dense<[5, 18446744073709551615]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[1981577808]> : tensor<1xui32>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<1xui64>)
  check.expect_eq_const %n, dense<[5, 18446744073709551615]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[15534850270132206160]> : tensor<1xui64>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<1xui8>)
  check.expect_eq_const %n, dense<[5, 18446744073709551615]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[80]> : tensor<1xui8>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<1xui16>)
  check.expect_eq_const %n, dense<[5, 18446744073709551615]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[31312]> : tensor<1xui16>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<5xui32>)
  check.expect_eq_const %n, dense<[5, 0]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[1981577808, 3616989187, 3826979642, 1386173831, 1314562490]> : tensor<5xui32>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<5xui64>)
  check.expect_eq_const %n, dense<[5, 1]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[15534850270132206160, 5953571274543010618, 17333022358970737082, 17879676503325561529, 15612657552152258155]> : tensor<5xui64>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<5xui8>)
  check.expect_eq_const %n, dense<[5, 0]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[80, 3, 58, 135, 186]> : tensor<5xui8>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<5xui16>)
  check.expect_eq_const %n, dense<[5, 0]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[31312, 57347, 4922, 21895, 41402]> : tensor<5xui16>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<4xui32>)
  check.expect_eq_const %n, dense<[5, 18446744073709551615]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[1981577808, 3616989187, 3826979642, 1386173831]> : tensor<4xui32>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<4xui64>)
  check.expect_eq_const %n, dense<[5, 0]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[15534850270132206160, 5953571274543010618, 17333022358970737082, 17879676503325561529]> : tensor<4xui64>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<4xui8>)
  check.expect_eq_const %n, dense<[5, 18446744073709551615]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[80, 3, 58, 135]> : tensor<4xui8>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<4xui16>)
  check.expect_eq_const %n, dense<[5, 18446744073709551615]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[31312, 57347, 4922, 21895]> : tensor<4xui16>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x5xui32>)
  check.expect_eq_const %n, dense<[5, 2]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[1981577808, 3616989187, 3826979642, 1386173831, 1314562490], [4035658752, 2543735481, 4162936588, 64677483, 3635105107], [3931607701, 727262183, 311226061, 57572703, 3210548837]]> : tensor<3x5xui32>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x5xui64>)
  check.expect_eq_const %n, dense<[5, 6]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[15534850270132206160, 5953571274543010618, 17333022358970737082, 17879676503325561529, 15612657552152258155], [3123567295534174869, 247272876838547149, 6242495789807769189, 2579485377323338189, 2965999050445432403], [3463154764603025401, 18405345193457869944, 8878723436051723895, 13430181265554520463, 16942635660561845730]]> : tensor<3x5xui64>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x5xui8>)
  check.expect_eq_const %n, dense<[5, 2]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[80, 3, 58, 135, 186], [0, 185, 12, 107, 83], [149, 231, 205, 95, 101]]> : tensor<3x5xui8>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x5xui16>)
  check.expect_eq_const %n, dense<[5, 2]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[31312, 57347, 4922, 21895, 41402], [17408, 21177, 24332, 58987, 19795], [37525, 9191, 61133, 32095, 5733]]> : tensor<3x5xui16>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x4xui32>)
  check.expect_eq_const %n, dense<[5, 1]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[1981577808, 3616989187, 3826979642, 1386173831], [1314562490, 4035658752, 2543735481, 4162936588], [64677483, 3635105107, 3931607701, 727262183]]> : tensor<3x4xui32>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x4xui64>)
  check.expect_eq_const %n, dense<[5, 4]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[15534850270132206160, 5953571274543010618, 17333022358970737082, 17879676503325561529], [15612657552152258155, 3123567295534174869, 247272876838547149, 6242495789807769189], [2579485377323338189, 2965999050445432403, 3463154764603025401, 18405345193457869944]]> : tensor<3x4xui64>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x4xui8>)
  check.expect_eq_const %n, dense<[5, 1]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[80, 3, 58, 135], [186, 0, 185, 12], [107, 83, 149, 231]]> : tensor<3x4xui8>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x4xui16>)
  check.expect_eq_const %n, dense<[5, 1]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[31312, 57347, 4922, 21895], [41402, 17408, 21177, 24332], [58987, 19795, 37525, 9191]]> : tensor<3x4xui16>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<2x3x3xui32>)
  check.expect_eq_const %n, dense<[5, 3]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[[1981577808, 3616989187, 3826979642], [1386173831, 1314562490, 4035658752], [2543735481, 4162936588, 64677483]], [[3635105107, 3931607701, 727262183], [311226061, 57572703, 3210548837], [1453444312, 2997619149, 600583240]]]> : tensor<2x3x3xui32>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<2x3x3xui64>)
  check.expect_eq_const %n, dense<[5, 7]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[[15534850270132206160, 5953571274543010618, 17333022358970737082], [17879676503325561529, 15612657552152258155, 3123567295534174869], [247272876838547149, 6242495789807769189, 2579485377323338189]], [[2965999050445432403, 3463154764603025401, 18405345193457869944], [8878723436051723895, 13430181265554520463, 16942635660561845730], [883338302075308950, 12990472106231825314, 74690718312820692]]]> : tensor<2x3x3xui64>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<2x3x3xui8>)
  check.expect_eq_const %n, dense<[5, 3]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[[80, 3, 58], [135, 186, 0], [185, 12, 107]], [[83, 149, 231], [205, 95, 101], [216, 205, 72]]]> : tensor<2x3x3xui8>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<2x3x3xui16>)
  check.expect_eq_const %n, dense<[5, 3]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[[31312, 57347, 4922], [21895, 41402, 17408], [21177, 24332, 58987]], [[19795, 37525, 9191], [61133, 32095, 5733], [52440, 2509, 11336]]]> : tensor<2x3x3xui16>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x3x5xui32>)
  check.expect_eq_const %n, dense<[5, 10]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[[1981577808, 3616989187, 3826979642, 1386173831, 1314562490], [4035658752, 2543735481, 4162936588, 64677483, 3635105107], [3931607701, 727262183, 311226061, 57572703, 3210548837]], [[1453444312, 2997619149, 600583240, 4260505171, 690575467], [3931990009, 806328552, 276817016, 4285328368, 1892447863], [2067238892, 1920711055, 3126957748, 178752994, 3944764766]], [[1873939350, 205668225, 3700523938, 3024579981, 84799444], [17390288, 3156197553, 1567281357, 1966542368, 2245763847], [2116173193, 2546473552, 3692454403, 2410696333, 3116139210]]]> : tensor<3x3x5xui32>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x3x5xui64>)
  check.expect_eq_const %n, dense<[5, 21]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[[15534850270132206160, 5953571274543010618, 17333022358970737082, 17879676503325561529, 15612657552152258155], [3123567295534174869, 247272876838547149, 6242495789807769189, 2579485377323338189, 2965999050445432403], [3463154764603025401, 18405345193457869944, 8878723436051723895, 13430181265554520463, 16942635660561845730]], [[883338302075308950, 12990472106231825314, 74690718312820692, 6731422175101698225, 9645482279370690080], [10937020628085128585, 10353861914514579971, 4276440364979356362, 17548021160323438727, 12632908516045997647], [17949755569397072222, 17901730457724895259, 16705742862688548007, 11466412145985733382, 3754698684057446060]], [[14301250533079602058, 4526082768143041963, 11433089006186682347, 7409808501168038064, 8212302889998960705], [17510312798264201666, 9135869238182060297, 1097632813466510258, 11313975932218138745, 5425536587010870271], [13643888317599609031, 8906230181911590150, 1766206733788703747, 3839749466435154880, 1909461759776136160]]]> : tensor<3x3x5xui64>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x3x5xui8>)
  check.expect_eq_const %n, dense<[5, 10]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[[80, 3, 58, 135, 186], [0, 185, 12, 107, 83], [149, 231, 205, 95, 101]], [[216, 205, 72, 83, 107], [249, 232, 120, 240, 119], [236, 143, 180, 226, 94]], [[150, 129, 162, 141, 212], [208, 177, 205, 32, 7], [137, 80, 3, 141, 202]]]> : tensor<3x3x5xui8>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<3x3x5xui16>)
  check.expect_eq_const %n, dense<[5, 10]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[[[31312, 57347, 4922, 21895, 41402], [17408, 21177, 24332, 58987, 19795], [37525, 9191, 61133, 32095, 5733]], [[52440, 2509, 11336, 9811, 22635], [26617, 39144, 58488, 60400, 30327], [36844, 47503, 38580, 36322, 21854]], [[2966, 16257, 33698, 28045, 61396], [23248, 49329, 53453, 3616, 41735], [15753, 6736, 25091, 20109, 33482]]]> : tensor<3x3x5xui16>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<0x3xui32>)
  check.expect_eq_const %n, dense<[5, 18446744073709551614]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[]> : tensor<0x3xui32>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<0x3xui64>)
  check.expect_eq_const %n, dense<[5, 18446744073709551614]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[]> : tensor<0x3xui64>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<0x3xui8>)
  check.expect_eq_const %n, dense<[5, 18446744073709551614]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[]> : tensor<0x3xui8>
  return
}
// -----
func.func @main() {
  %s = stablehlo.constant dense<[5, 18446744073709551614]> : tensor<2xui64>
  %n, %b = stablehlo.rng_bit_generator %s, algorithm = DEFAULT : (tensor<2xui64>) -> (tensor<2xui64>, tensor<0x3xui16>)
  check.expect_eq_const %n, dense<[5, 18446744073709551614]> : tensor<2xui64>
  check.expect_eq_const %b, dense<[]> : tensor<0x3xui16>
  return
}
