# All that depends on emscripten and its version; tried with 3.1.6 (Debian 12) and meant to hold
# for current ones.

# Eigen is header-only and lies outside emscripten's own include path.
find_path(EIGEN_DIR Eigen/Dense PATHS /usr/include/eigen3 /usr/local/include/eigen3
          NO_CMAKE_FIND_ROOT_PATH REQUIRED)
target_include_directories(descent_core SYSTEM PUBLIC ${EIGEN_DIR})

# Eigen 3.4 has no WebAssembly packets: it takes the SSE ones, which emscripten emulates by
# 128-bit SIMD. The header switches off Eigen's inline x86 assembly; 16 registers stand for what
# wasm has without limit.
target_compile_options(descent_core PUBLIC
  -msimd128 -msse4.1 -D__MMINTRIN_H -DEIGEN_ARCH_DEFAULT_NUMBER_OF_REGISTERS=16
  -include ${CMAKE_CURRENT_SOURCE_DIR}/cpp/cmake/eigen_without_assembly.h)
# Its emulated intrinsics declare variables that are not read.
target_compile_options(descent_flags INTERFACE -Wno-unused-but-set-variable)
# Errors are values; what cannot happen ends the module rather than crossing as a bare number.
target_compile_options(descent_core PUBLIC -fno-exceptions)
# Eigen's loops are over packets already: unrolling and vectorising them again costs a quarter of the
# download.
target_compile_options(descent_core PUBLIC -O2 -fno-unroll-loops -fno-vectorize)
# The reference, which needs formulas and citations, is made from the native program.
target_compile_definitions(descent_core PUBLIC DESCENT_BRIEF)

# What describes, parses and reports is compiled for size; what computes is not: for size Eigen
# loses its inlining, and with it more than tenfold in speed.
file(GLOB REPORTING cpp/src/labs/*.cpp cpp/src/labs/*/*.cpp cpp/src/landscapes/*.cpp
  cpp/src/schedules/*.cpp)
foreach(name catalogue description expression knob recipe record session spec text)
  list(APPEND REPORTING cpp/src/core/${name}.cpp)
endforeach()
set_source_files_properties(${REPORTING} cpp/bindings/descent_js.cpp PROPERTIES
  COMPILE_OPTIONS -Os SKIP_PRECOMPILE_HEADERS ON)

add_executable(descent_js cpp/bindings/descent_js.cpp)
set_target_properties(descent_js PROPERTIES OUTPUT_NAME descent SUFFIX .js)
target_link_libraries(descent_js PRIVATE descent_core descent_flags)
target_link_options(descent_js PRIVATE -Os -lembind
  -sMODULARIZE=1 -sEXPORT_NAME=createDescent -sENVIRONMENT=web -sALLOW_MEMORY_GROWTH=1
  -sTOTAL_STACK=1MB -sFILESYSTEM=0 -sDYNAMIC_EXECUTION=0)
