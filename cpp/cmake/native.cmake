# The command line, the tests and the benchmark.
find_package(Eigen3 3.3 REQUIRED NO_MODULE)
find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(Catch2 REQUIRED)
target_link_libraries(descent_core PUBLIC Eigen3::Eigen)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 sees overlaps, overflows and unset values in inlined functions that are not there (its
  # bugs 105651, 105329 and 105562).
  target_compile_options(descent_flags INTERFACE
    -Wno-restrict -Wno-stringop-overflow -Wno-array-bounds -Wno-maybe-uninitialized)
endif()

add_executable(descent cpp/cli/main.cpp)
target_link_libraries(descent PRIVATE descent_core descent_flags CLI11::CLI11
                      nlohmann_json::nlohmann_json)

file(GLOB_RECURSE TESTS CONFIGURE_DEPENDS tests/*.cpp)
add_executable(descent_tests ${TESTS})
target_include_directories(descent_tests PRIVATE tests)
target_link_libraries(descent_tests PRIVATE descent_core descent_flags Catch2::Catch2
                      nlohmann_json::nlohmann_json)
# Tests wait for the compiler longer than for themselves.
target_compile_options(descent_tests PRIVATE $<IF:$<BOOL:${DESCENT_SANITIZE}>,-O0,-O1>)
target_precompile_headers(descent_tests PRIVATE tests/support/catch.h <Eigen/Dense>)
set_source_files_properties(tests/main.cpp PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
# The command line is tested as it is used: by running it.
target_compile_definitions(descent_tests PRIVATE
  DESCENT_PROGRAM="$<TARGET_FILE:descent>" DESCENT_REFERENCE="${CMAKE_CURRENT_SOURCE_DIR}/tests/reference")
add_dependencies(descent_tests descent)

enable_testing()
# One process for all: starting one for each case takes longer than the cases.
add_test(NAME native COMMAND descent_tests)

add_executable(descent_bench cpp/bench/main.cpp cpp/bench/networks.cpp)
target_link_libraries(descent_bench PRIVATE descent_core descent_flags CLI11::CLI11)

# What the WebAssembly is measured against: the networks and what trains them with the instructions
# that it has, 128 bits at once. These files stand before the library's.
file(GLOB NETWORK CONFIGURE_DEPENDS cpp/src/network/*.cpp)
add_executable(descent_bench_sse4 EXCLUDE_FROM_ALL cpp/bench/main.cpp cpp/bench/networks.cpp
  cpp/src/optimizers/adam.cpp ${NETWORK})
target_link_libraries(descent_bench_sse4 PRIVATE descent_core descent_flags CLI11::CLI11)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64|i[3-6]86")
  target_compile_options(descent_bench_sse4 PRIVATE -msse4.2)
endif()
