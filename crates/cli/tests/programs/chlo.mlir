// CHLO's operations that StableHLO has no other name for, with results evaluated by their definitions.

func.func @high_halves_of_products() {
  %a_i4 = stablehlo.constant dense<[-8, -8, -8, -8, -8, -8, 7, 7, 7, 7, 7, 7, -7, -7, -7, -7, -7, -7, 6, 6, 6, 6, 6, 6, 2, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0, 0]> : tensor<36xi4>
  %b_i4 = stablehlo.constant dense<[-8, 7, -7, 6, 2, 0, -8, 7, -7, 6, 2, 0, -8, 7, -7, 6, 2, 0, -8, 7, -7, 6, 2, 0, -8, 7, -7, 6, 2, 0, -8, 7, -7, 6, 2, 0]> : tensor<36xi4>
  %c_i4 = chlo.mulhi %a_i4, %b_i4 : tensor<36xi4>, tensor<36xi4> -> tensor<36xi4>
  check.expect_eq_const %c_i4, dense<[4, -4, 3, -3, -1, 0, -4, 3, -4, 2, 0, 0, 3, -4, 3, -3, -1, 0, -3, 2, -3, 2, 0, 0, -1, 0, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0]> : tensor<36xi4>
  %a_ui4 = stablehlo.constant dense<[0, 0, 0, 0, 0, 0, 15, 15, 15, 15, 15, 15, 1, 1, 1, 1, 1, 1, 14, 14, 14, 14, 14, 14, 5, 5, 5, 5, 5, 5, 0, 0, 0, 0, 0, 0]> : tensor<36xui4>
  %b_ui4 = stablehlo.constant dense<[0, 15, 1, 14, 5, 0, 0, 15, 1, 14, 5, 0, 0, 15, 1, 14, 5, 0, 0, 15, 1, 14, 5, 0, 0, 15, 1, 14, 5, 0, 0, 15, 1, 14, 5, 0]> : tensor<36xui4>
  %c_ui4 = chlo.mulhi %a_ui4, %b_ui4 : tensor<36xui4>, tensor<36xui4> -> tensor<36xui4>
  check.expect_eq_const %c_ui4, dense<[0, 0, 0, 0, 0, 0, 0, 14, 0, 13, 4, 0, 0, 0, 0, 0, 0, 0, 0, 13, 0, 12, 4, 0, 0, 4, 0, 4, 1, 0, 0, 0, 0, 0, 0, 0]> : tensor<36xui4>
  %a_i8 = stablehlo.constant dense<[-128, -128, -128, -128, -128, -128, 127, 127, 127, 127, 127, 127, -127, -127, -127, -127, -127, -127, 126, 126, 126, 126, 126, 126, 42, 42, 42, 42, 42, 42, 0, 0, 0, 0, 0, 0]> : tensor<36xi8>
  %b_i8 = stablehlo.constant dense<[-128, 127, -127, 126, 42, 0, -128, 127, -127, 126, 42, 0, -128, 127, -127, 126, 42, 0, -128, 127, -127, 126, 42, 0, -128, 127, -127, 126, 42, 0, -128, 127, -127, 126, 42, 0]> : tensor<36xi8>
  %c_i8 = chlo.mulhi %a_i8, %b_i8 : tensor<36xi8>, tensor<36xi8> -> tensor<36xi8>
  check.expect_eq_const %c_i8, dense<[64, -64, 63, -63, -21, 0, -64, 63, -64, 62, 20, 0, 63, -64, 63, -63, -21, 0, -63, 62, -63, 62, 20, 0, -21, 20, -21, 20, 6, 0, 0, 0, 0, 0, 0, 0]> : tensor<36xi8>
  %a_ui8 = stablehlo.constant dense<[0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 1, 1, 1, 1, 1, 1, 254, 254, 254, 254, 254, 254, 85, 85, 85, 85, 85, 85, 0, 0, 0, 0, 0, 0]> : tensor<36xui8>
  %b_ui8 = stablehlo.constant dense<[0, 255, 1, 254, 85, 0, 0, 255, 1, 254, 85, 0, 0, 255, 1, 254, 85, 0, 0, 255, 1, 254, 85, 0, 0, 255, 1, 254, 85, 0, 0, 255, 1, 254, 85, 0]> : tensor<36xui8>
  %c_ui8 = chlo.mulhi %a_ui8, %b_ui8 : tensor<36xui8>, tensor<36xui8> -> tensor<36xui8>
  check.expect_eq_const %c_ui8, dense<[0, 0, 0, 0, 0, 0, 0, 254, 0, 253, 84, 0, 0, 0, 0, 0, 0, 0, 0, 253, 0, 252, 84, 0, 0, 84, 0, 84, 28, 0, 0, 0, 0, 0, 0, 0]> : tensor<36xui8>
  %a_i16 = stablehlo.constant dense<[-32768, -32768, -32768, -32768, -32768, -32768, 32767, 32767, 32767, 32767, 32767, 32767, -32767, -32767, -32767, -32767, -32767, -32767, 32766, 32766, 32766, 32766, 32766, 32766, 10922, 10922, 10922, 10922, 10922, 10922, 0, 0, 0, 0, 0, 0]> : tensor<36xi16>
  %b_i16 = stablehlo.constant dense<[-32768, 32767, -32767, 32766, 10922, 0, -32768, 32767, -32767, 32766, 10922, 0, -32768, 32767, -32767, 32766, 10922, 0, -32768, 32767, -32767, 32766, 10922, 0, -32768, 32767, -32767, 32766, 10922, 0, -32768, 32767, -32767, 32766, 10922, 0]> : tensor<36xi16>
  %c_i16 = chlo.mulhi %a_i16, %b_i16 : tensor<36xi16>, tensor<36xi16> -> tensor<36xi16>
  check.expect_eq_const %c_i16, dense<[16384, -16384, 16383, -16383, -5461, 0, -16384, 16383, -16384, 16382, 5460, 0, 16383, -16384, 16383, -16383, -5461, 0, -16383, 16382, -16383, 16382, 5460, 0, -5461, 5460, -5461, 5460, 1820, 0, 0, 0, 0, 0, 0, 0]> : tensor<36xi16>
  %a_ui32 = stablehlo.constant dense<[0, 0, 0, 0, 0, 0, 4294967295, 4294967295, 4294967295, 4294967295, 4294967295, 4294967295, 1, 1, 1, 1, 1, 1, 4294967294, 4294967294, 4294967294, 4294967294, 4294967294, 4294967294, 1431655765, 1431655765, 1431655765, 1431655765, 1431655765, 1431655765, 0, 0, 0, 0, 0, 0]> : tensor<36xui32>
  %b_ui32 = stablehlo.constant dense<[0, 4294967295, 1, 4294967294, 1431655765, 0, 0, 4294967295, 1, 4294967294, 1431655765, 0, 0, 4294967295, 1, 4294967294, 1431655765, 0, 0, 4294967295, 1, 4294967294, 1431655765, 0, 0, 4294967295, 1, 4294967294, 1431655765, 0, 0, 4294967295, 1, 4294967294, 1431655765, 0]> : tensor<36xui32>
  %c_ui32 = chlo.mulhi %a_ui32, %b_ui32 : tensor<36xui32>, tensor<36xui32> -> tensor<36xui32>
  check.expect_eq_const %c_ui32, dense<[0, 0, 0, 0, 0, 0, 0, 4294967294, 0, 4294967293, 1431655764, 0, 0, 0, 0, 0, 0, 0, 0, 4294967293, 0, 4294967292, 1431655764, 0, 0, 1431655764, 0, 1431655764, 477218588, 0, 0, 0, 0, 0, 0, 0]> : tensor<36xui32>
  %a_i32 = stablehlo.constant dense<[-2147483648, -2147483648, -2147483648, -2147483648, -2147483648, -2147483648, 2147483647, 2147483647, 2147483647, 2147483647, 2147483647, 2147483647, -2147483647, -2147483647, -2147483647, -2147483647, -2147483647, -2147483647, 2147483646, 2147483646, 2147483646, 2147483646, 2147483646, 2147483646, 715827882, 715827882, 715827882, 715827882, 715827882, 715827882, 0, 0, 0, 0, 0, 0]> : tensor<36xi32>
  %b_i32 = stablehlo.constant dense<[-2147483648, 2147483647, -2147483647, 2147483646, 715827882, 0, -2147483648, 2147483647, -2147483647, 2147483646, 715827882, 0, -2147483648, 2147483647, -2147483647, 2147483646, 715827882, 0, -2147483648, 2147483647, -2147483647, 2147483646, 715827882, 0, -2147483648, 2147483647, -2147483647, 2147483646, 715827882, 0, -2147483648, 2147483647, -2147483647, 2147483646, 715827882, 0]> : tensor<36xi32>
  %c_i32 = chlo.mulhi %a_i32, %b_i32 : tensor<36xi32>, tensor<36xi32> -> tensor<36xi32>
  check.expect_eq_const %c_i32, dense<[1073741824, -1073741824, 1073741823, -1073741823, -357913941, 0, -1073741824, 1073741823, -1073741824, 1073741822, 357913940, 0, 1073741823, -1073741824, 1073741823, -1073741823, -357913941, 0, -1073741823, 1073741822, -1073741823, 1073741822, 357913940, 0, -357913941, 357913940, -357913941, 357913940, 119304646, 0, 0, 0, 0, 0, 0, 0]> : tensor<36xi32>
  %a_i64 = stablehlo.constant dense<[-9223372036854775808, -9223372036854775808, -9223372036854775808, -9223372036854775808, -9223372036854775808, -9223372036854775808, 9223372036854775807, 9223372036854775807, 9223372036854775807, 9223372036854775807, 9223372036854775807, 9223372036854775807, -9223372036854775807, -9223372036854775807, -9223372036854775807, -9223372036854775807, -9223372036854775807, -9223372036854775807, 9223372036854775806, 9223372036854775806, 9223372036854775806, 9223372036854775806, 9223372036854775806, 9223372036854775806, 3074457345618258602, 3074457345618258602, 3074457345618258602, 3074457345618258602, 3074457345618258602, 3074457345618258602, 0, 0, 0, 0, 0, 0]> : tensor<36xi64>
  %b_i64 = stablehlo.constant dense<[-9223372036854775808, 9223372036854775807, -9223372036854775807, 9223372036854775806, 3074457345618258602, 0, -9223372036854775808, 9223372036854775807, -9223372036854775807, 9223372036854775806, 3074457345618258602, 0, -9223372036854775808, 9223372036854775807, -9223372036854775807, 9223372036854775806, 3074457345618258602, 0, -9223372036854775808, 9223372036854775807, -9223372036854775807, 9223372036854775806, 3074457345618258602, 0, -9223372036854775808, 9223372036854775807, -9223372036854775807, 9223372036854775806, 3074457345618258602, 0, -9223372036854775808, 9223372036854775807, -9223372036854775807, 9223372036854775806, 3074457345618258602, 0]> : tensor<36xi64>
  %c_i64 = chlo.mulhi %a_i64, %b_i64 : tensor<36xi64>, tensor<36xi64> -> tensor<36xi64>
  check.expect_eq_const %c_i64, dense<[4611686018427387904, -4611686018427387904, 4611686018427387903, -4611686018427387903, -1537228672809129301, 0, -4611686018427387904, 4611686018427387903, -4611686018427387904, 4611686018427387902, 1537228672809129300, 0, 4611686018427387903, -4611686018427387904, 4611686018427387903, -4611686018427387903, -1537228672809129301, 0, -4611686018427387903, 4611686018427387902, -4611686018427387903, 4611686018427387902, 1537228672809129300, 0, -1537228672809129301, 1537228672809129300, -1537228672809129301, 1537228672809129300, 512409557603043100, 0, 0, 0, 0, 0, 0, 0]> : tensor<36xi64>
  %a_ui64 = stablehlo.constant dense<[0, 0, 0, 0, 0, 0, 18446744073709551615, 18446744073709551615, 18446744073709551615, 18446744073709551615, 18446744073709551615, 18446744073709551615, 1, 1, 1, 1, 1, 1, 18446744073709551614, 18446744073709551614, 18446744073709551614, 18446744073709551614, 18446744073709551614, 18446744073709551614, 6148914691236517205, 6148914691236517205, 6148914691236517205, 6148914691236517205, 6148914691236517205, 6148914691236517205, 0, 0, 0, 0, 0, 0]> : tensor<36xui64>
  %b_ui64 = stablehlo.constant dense<[0, 18446744073709551615, 1, 18446744073709551614, 6148914691236517205, 0, 0, 18446744073709551615, 1, 18446744073709551614, 6148914691236517205, 0, 0, 18446744073709551615, 1, 18446744073709551614, 6148914691236517205, 0, 0, 18446744073709551615, 1, 18446744073709551614, 6148914691236517205, 0, 0, 18446744073709551615, 1, 18446744073709551614, 6148914691236517205, 0, 0, 18446744073709551615, 1, 18446744073709551614, 6148914691236517205, 0]> : tensor<36xui64>
  %c_ui64 = chlo.mulhi %a_ui64, %b_ui64 : tensor<36xui64>, tensor<36xui64> -> tensor<36xui64>
  check.expect_eq_const %c_ui64, dense<[0, 0, 0, 0, 0, 0, 0, 18446744073709551614, 0, 18446744073709551613, 6148914691236517204, 0, 0, 0, 0, 0, 0, 0, 0, 18446744073709551613, 0, 18446744073709551612, 6148914691236517204, 0, 0, 6148914691236517204, 0, 6148914691236517204, 2049638230412172401, 0, 0, 0, 0, 0, 0, 0]> : tensor<36xui64>
  return
}

// -----

func.func @high_halves_in_a_region() {
  %x = stablehlo.constant dense<[1000000000000, -3000000000000, 77]> : tensor<3xi64>
  %y = stablehlo.constant dense<[5000000000000, 4000000000000, -1]> : tensor<3xi64>
  %r = "stablehlo.map"(%x, %y) ({ ^bb0(%a: tensor<i64>, %b: tensor<i64>):
    %h = "chlo.mulhi"(%a, %b) : (tensor<i64>, tensor<i64>) -> tensor<i64>
    stablehlo.return %h : tensor<i64>
  }) {dimensions = array<i64: 0>} : (tensor<3xi64>, tensor<3xi64>) -> tensor<3xi64>
  check.expect_eq_const %r, dense<[271050, -650522, -1]> : tensor<3xi64>
  return
}

// -----

// Running maxima and where they were found: on the left the last of equal ones, from the right the first.
func.func @scan_of_several_values() {
  %x = stablehlo.constant dense<[[3, 9], [3, 1], [7, 2], [0, 9]]> : tensor<4x2xi32>
  %place = stablehlo.iota dim = 0 : tensor<4x2xi32>
  %least = stablehlo.constant dense<-2147483648> : tensor<2xi32>
  %none = stablehlo.constant dense<-1> : tensor<2xi32>
  %f:4 = chlo.scan(%x, %place) inits(%least, %none) dimension=0 {
  ^bb0(%value: tensor<2xi32>, %at: tensor<2xi32>, %best: tensor<2xi32>, %where: tensor<2xi32>):
    %ge = stablehlo.compare GE, %value, %best : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi1>
    %new = stablehlo.select %ge, %value, %best : tensor<2xi1>, tensor<2xi32>
    %found = stablehlo.select %ge, %at, %where : tensor<2xi1>, tensor<2xi32>
    stablehlo.return %new, %found, %new, %found : tensor<2xi32>, tensor<2xi32>, tensor<2xi32>, tensor<2xi32>
  } : (tensor<4x2xi32>, tensor<4x2xi32>, tensor<2xi32>, tensor<2xi32>) -> (tensor<4x2xi32>, tensor<4x2xi32>, tensor<2xi32>, tensor<2xi32>)
  check.expect_eq_const %f#0, dense<[[3, 9], [3, 9], [7, 9], [7, 9]]> : tensor<4x2xi32>
  check.expect_eq_const %f#1, dense<[[0, 0], [1, 0], [2, 0], [2, 3]]> : tensor<4x2xi32>
  check.expect_eq_const %f#2, dense<[7, 9]> : tensor<2xi32>
  check.expect_eq_const %f#3, dense<[2, 3]> : tensor<2xi32>
  %r:4 = chlo.scan(%x, %place) inits(%least, %none) dimension=0 attributes {is_reverse = true} {
  ^bb0(%value: tensor<2xi32>, %at: tensor<2xi32>, %best: tensor<2xi32>, %where: tensor<2xi32>):
    %ge = stablehlo.compare GE, %value, %best : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi1>
    %new = stablehlo.select %ge, %value, %best : tensor<2xi1>, tensor<2xi32>
    %found = stablehlo.select %ge, %at, %where : tensor<2xi1>, tensor<2xi32>
    stablehlo.return %new, %found, %new, %found : tensor<2xi32>, tensor<2xi32>, tensor<2xi32>, tensor<2xi32>
  } : (tensor<4x2xi32>, tensor<4x2xi32>, tensor<2xi32>, tensor<2xi32>) -> (tensor<4x2xi32>, tensor<4x2xi32>, tensor<2xi32>, tensor<2xi32>)
  check.expect_eq_const %r#0, dense<[[7, 9], [7, 9], [7, 9], [0, 9]]> : tensor<4x2xi32>
  check.expect_eq_const %r#1, dense<[[2, 0], [2, 3], [2, 3], [3, 3]]> : tensor<4x2xi32>
  check.expect_eq_const %r#2, dense<[7, 9]> : tensor<2xi32>
  check.expect_eq_const %r#3, dense<[2, 0]> : tensor<2xi32>
  return
}

// -----

// The quoted form; a last axis; outputs of another type and shape than what is carried; a value from outside.
func.func @scan_along_a_last_axis() {
  %x = stablehlo.constant dense<[[1.0, 2.0, 3.0], [0.5, 0.25, -1.0]]> : tensor<2x3xf32>
  %start = stablehlo.constant dense<1.0> : tensor<2xf32>
  %scale = stablehlo.constant dense<[2.0, 4.0]> : tensor<2xf32>
  %r:2 = "chlo.scan"(%x, %start) <{dimension = 1 : i64, operandSegmentSizes = array<i32: 1, 1>, resultSegmentSizes = array<i32: 1, 1>}> ({
  ^bb0(%value: tensor<2xf32>, %carried: tensor<2xf32>):
    %scaled = stablehlo.multiply %value, %scale : tensor<2xf32>
    %next = stablehlo.multiply %carried, %scaled : tensor<2xf32>
    %integers = stablehlo.convert %next : (tensor<2xf32>) -> tensor<2xi32>
    stablehlo.return %integers, %next : tensor<2xi32>, tensor<2xf32>
  }) : (tensor<2x3xf32>, tensor<2xf32>) -> (tensor<2x3xi32>, tensor<2xf32>)
  check.expect_eq_const %r#0, dense<[[2, 8, 48], [2, 2, -8]]> : tensor<2x3xi32>
  check.expect_eq_const %r#1, dense<[48.0, -8.0]> : tensor<2xf32>
  return
}

// -----

func.func @scans_without_inputs_and_without_elements() {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %counted:2 = chlo.scan() inits(%zero) dimension=0 attributes {scan_dim_size = 5 : i64} {
  ^bb0(%i: tensor<i32>):
    %one = stablehlo.constant dense<1> : tensor<i32>
    %next = stablehlo.add %i, %one : tensor<i32>
    %square = stablehlo.multiply %i, %i : tensor<i32>
    stablehlo.return %square, %next : tensor<i32>, tensor<i32>
  } : (tensor<i32>) -> (tensor<5xi32>, tensor<i32>)
  check.expect_eq_const %counted#0, dense<[0, 1, 4, 9, 16]> : tensor<5xi32>
  check.expect_eq_const %counted#1, dense<5> : tensor<i32>
  %x = stablehlo.constant dense<> : tensor<0xi32>
  %empty:2 = chlo.scan(%x) inits(%zero) dimension=0 {
  ^bb0(%a: tensor<i32>, %b: tensor<i32>):
    %sum = stablehlo.add %a, %b : tensor<i32>
    stablehlo.return %sum, %sum : tensor<i32>, tensor<i32>
  } : (tensor<0xi32>, tensor<i32>) -> (tensor<0xi32>, tensor<i32>)
  check.expect_eq_const %empty#0, dense<> : tensor<0xi32>
  check.expect_eq_const %empty#1, dense<0> : tensor<i32>
  return
}

// -----

// Rows of the left operand in groups, each with a matrix of its own; rows beyond the groups give zero.
func.func @ragged_rows() {
  %lhs = stablehlo.constant dense<[[[3.0, -4.0, -3.0, -2.0], [-3.0, 3.0, 3.0, 1.0], [-4.0, -4.0, -2.0, -1.0], [1.0, 0.0, -2.0, -3.0], [2.0, 2.0, -4.0, -3.0]], [[0.0, -1.0, 3.0, 0.0], [-1.0, -1.0, 1.0, 1.0], [-3.0, 2.0, 2.0, 4.0], [3.0, -2.0, -2.0, 1.0], [1.0, 2.0, 3.0, -2.0]]]> : tensor<2x5x4xf32>
  %rhs = stablehlo.constant dense<[[[[4.0, -4.0, -4.0], [4.0, 4.0, -2.0], [-3.0, -2.0, -4.0], [4.0, 1.0, 1.0]], [[-2.0, 0.0, -3.0], [2.0, 0.0, -4.0], [-2.0, 2.0, 0.0], [-1.0, -2.0, -4.0]]], [[[1.0, 1.0, 0.0], [4.0, 4.0, -3.0], [1.0, 1.0, -2.0], [-2.0, 0.0, 2.0]], [[-2.0, 2.0, 1.0], [-3.0, -1.0, 3.0], [3.0, 1.0, -4.0], [2.0, -2.0, 3.0]]], [[[4.0, -1.0, 4.0], [2.0, -2.0, 3.0], [-1.0, -4.0, 1.0], [3.0, 1.0, -1.0]], [[4.0, 0.0, -1.0], [-3.0, -3.0, 2.0], [3.0, -2.0, 1.0], [3.0, -3.0, -2.0]]]]> : tensor<3x2x4x3xf32>
  %sizes = stablehlo.constant dense<[2, 0, 2]> : tensor<3xi32>
  %each = stablehlo.constant dense<[[1, 3, 1], [0, 4, 9]]> : tensor<2x3xi64>
  %r = "chlo.ragged_dot"(%lhs, %rhs, %sizes) {ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_batching_dimensions = [0], rhs_batching_dimensions = [1], lhs_contracting_dimensions = [2], rhs_contracting_dimensions = [2], lhs_ragged_dimensions = [1], rhs_group_dimensions = [0]>, precision_config = [#chlo<precision DEFAULT>, #chlo<precision DEFAULT>]} : (tensor<2x5x4xf32>, tensor<3x2x4x3xf32>, tensor<3xi32>) -> tensor<2x5x3xf32>
  check.expect_eq_const %r, dense<[[[-3.0, -24.0, 6.0], [-5.0, 19.0, -5.0], [-25.0, 19.0, -29.0], [-3.0, 4.0, 5.0], [0.0, 0.0, 0.0]], [[-8.0, 6.0, 4.0], [-3.0, 0.0, 3.0], [0.0, -22.0, 1.0], [15.0, 7.0, -11.0], [0.0, 0.0, 0.0]]]> : tensor<2x5x3xf32>
  %s = "chlo.ragged_dot"(%lhs, %rhs, %each) {ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_batching_dimensions = [0], rhs_batching_dimensions = [1], lhs_contracting_dimensions = [2], rhs_contracting_dimensions = [2], lhs_ragged_dimensions = [1], rhs_group_dimensions = [0]>, precision_config = [#chlo<precision DEFAULT>, #chlo<precision DEFAULT>]} : (tensor<2x5x4xf32>, tensor<3x2x4x3xf32>, tensor<2x3xi64>) -> tensor<2x5x3xf32>
  check.expect_eq_const %s, dense<[[[-3.0, -24.0, 6.0], [10.0, 12.0, -13.0], [-20.0, -22.0, 14.0], [5.0, -1.0, -2.0], [7.0, 7.0, 13.0]], [[12.0, 4.0, -15.0], [10.0, -2.0, -5.0], [14.0, -14.0, 7.0], [-4.0, 4.0, 8.0], [1.0, -6.0, 10.0]]]> : tensor<2x5x3xf32>
  return
}

// -----

// The contracted axis in groups, each with a result of its own; what is not a number stays in its group.
func.func @ragged_sums() {
  %lhs = stablehlo.constant dense<[[[0.0, 1.0, -1.0, -1.0], [-3.0, 1.0, 4.0, -3.0], [3.0, -3.0, -4.0, 2.0], [-3.0, 2.0, -2.0, 1.0], [4.0, 4.0, 0.0, -3.0]], [[-2.0, 3.0, 1.0, -3.0], [3.0, 4.0, 4.0, 1.0], [4.0, 1.0, 0.0, 4.0], [1.0, 3.0, -1.0, 3.0], [4.0, -4.0, 0.0, -1.0]]]> : tensor<2x5x4xf16>
  %rhs = stablehlo.constant dense<[[[-4.0, -4.0, -2.0], [-3.0, 2.0, -3.0], [1.0, 3.0, 0.0], [0x7E00, 0x7E00, 0x7E00]], [[-1.0, 0.0, -2.0], [3.0, 1.0, 4.0], [4.0, 2.0, -4.0], [0x7E00, 0x7E00, 0x7E00]]]> : tensor<2x4x3xf16>
  %sizes = stablehlo.constant dense<[1, 0, 2]> : tensor<3xui8>
  %r = "chlo.ragged_dot"(%lhs, %rhs, %sizes) {ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_batching_dimensions = [0], rhs_batching_dimensions = [0], lhs_contracting_dimensions = [2], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [2]>, precision_config = [#chlo<precision DEFAULT>, #chlo<precision DEFAULT>]} : (tensor<2x5x4xf16>, tensor<2x4x3xf16>, tensor<3xui8>) -> tensor<3x2x5x3xf16>
  check.expect_eq_const %r, dense<[[[[0.0, 0.0, 0.0], [12.0, 12.0, 6.0], [-12.0, -12.0, -6.0], [12.0, 12.0, 6.0], [-16.0, -16.0, -8.0]], [[2.0, 0.0, 4.0], [-3.0, 0.0, -6.0], [-4.0, 0.0, -8.0], [-1.0, 0.0, -2.0], [-4.0, 0.0, -8.0]]], [[[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]], [[[-4.0, -1.0, -3.0], [1.0, 14.0, -3.0], [5.0, -18.0, 9.0], [-8.0, -2.0, -6.0], [-12.0, 8.0, -12.0]], [[13.0, 5.0, 8.0], [28.0, 12.0, 0.0], [3.0, 1.0, 4.0], [5.0, 1.0, 16.0], [-12.0, -4.0, -16.0]]]]> : tensor<3x2x5x3xf16>
  return
}

// -----

func.func @ragged_batches() {
  %lhs = stablehlo.constant dense<[[[4, 2, 3], [-4, -2, 2]], [[1, -1, -3], [1, -4, 2]], [[3, 2, -4], [0, -2, 0]], [[2, -3, -4], [0, 1, -3]]]> : tensor<4x2x3xi32>
  %rhs = stablehlo.constant dense<[[[4, 0], [4, 0], [2, 2]], [[0, -1], [2, -4], [1, 0]], [[-3, -3], [-4, 2], [2, -1]], [[4, -1], [-2, 4], [-4, -1]]]> : tensor<4x3x2xi32>
  %sizes = stablehlo.constant dense<[1, 3]> : tensor<2xi64>
  %r = "chlo.ragged_dot"(%lhs, %rhs, %sizes) {ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_batching_dimensions = [0], rhs_batching_dimensions = [0], lhs_contracting_dimensions = [2], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [0]>, precision_config = [#chlo<precision DEFAULT>, #chlo<precision DEFAULT>]} : (tensor<4x2x3xi32>, tensor<4x3x2xi32>, tensor<2xi64>) -> tensor<4x2x2xi32>
  check.expect_eq_const %r, dense<[[[30, 6], [-20, 4]], [[-5, 3], [-6, 15]], [[-25, -1], [8, -4]], [[30, -10], [10, 7]]]> : tensor<4x2x2xi32>
  return
}
