# The command line, the tests and the benchmark.
find_package(Eigen3 3.3 REQUIRED NO_MODULE)
find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(Catch2 REQUIRED)
target_link_libraries(descent_headers INTERFACE Eigen3::Eigen)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 sees overlaps, overflows and unset values in inlined functions that are not there (its
  # bugs 105651, 105329 and 105562).
  target_compile_options(descent_flags INTERFACE
    -Wno-restrict -Wno-stringop-overflow -Wno-array-bounds -Wno-maybe-uninitialized)
endif()

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # It takes a .cpp file that is included for a header.
  target_compile_options(descent_flags INTERFACE -Wno-subobject-linkage)
endif()

# The core as it is used, and watched by sanitizers and by Eigen's assertions.
write_register_all(register_all.cpp ${REGISTERED})
set(CORE ${SOURCES} ${CMAKE_CURRENT_BINARY_DIR}/register_all.cpp)
add_core(descent_core STATIC ${CORE})
set(SANITIZERS -fsanitize=address,undefined)
add_core(descent_core_sanitized OBJECT ${CORE})
target_compile_options(descent_core_sanitized PRIVATE
  -O1 -UNDEBUG ${SANITIZERS} -fno-sanitize-recover=all -fno-omit-frame-pointer)
# As Eigen finds without sanitizers: both sides free what the other has allocated.
target_compile_definitions(descent_core_sanitized PRIVATE EIGEN_MALLOC_ALREADY_ALIGNED=1)

# An executable on either. The watched objects stand first: of a header's function that both sides
# have compiled the linker takes theirs.
function(add_program name)
  add_executable(${name} ${ARGN})
  set_target_properties(${name} PROPERTIES UNITY_BUILD OFF)
  target_link_libraries(${name} PRIVATE descent_core descent_flags CLI11::CLI11
                        nlohmann_json::nlohmann_json)
endfunction()
function(add_sanitized_program name)
  add_executable(${name} $<TARGET_OBJECTS:descent_core_sanitized> ${ARGN})
  set_target_properties(${name} PROPERTIES UNITY_BUILD OFF)
  target_link_libraries(${name} PRIVATE descent_headers descent_flags CLI11::CLI11
                        nlohmann_json::nlohmann_json)
  target_link_options(${name} PRIVATE ${SANITIZERS})
endfunction()

file(GLOB PROGRAM CONFIGURE_DEPENDS cpp/cli/*.cpp)
find_package(Threads REQUIRED)
add_program(descent ${PROGRAM})
target_link_libraries(descent PRIVATE Threads::Threads)
add_sanitized_program(descent_sanitized ${PROGRAM})
target_link_libraries(descent_sanitized PRIVATE Threads::Threads)

# The tests are compiled once for both cores. One file counts calls of malloc, of which the
# sanitizers have their own.
file(GLOB_RECURSE TESTS CONFIGURE_DEPENDS tests/*.cpp)
set(COUNTING ${CMAKE_CURRENT_SOURCE_DIR}/tests/network/allocation_test.cpp)
list(REMOVE_ITEM TESTS ${COUNTING})
group_by_folder(${TESTS})
add_library(descent_test_objects OBJECT ${TESTS})
target_link_libraries(descent_test_objects PRIVATE descent_headers descent_flags Catch2::Catch2
                      nlohmann_json::nlohmann_json)
target_include_directories(descent_test_objects PRIVATE tests)
target_compile_definitions(descent_test_objects PRIVATE
  DESCENT_REFERENCE="${CMAKE_CURRENT_SOURCE_DIR}/tests/reference")
target_precompile_headers(descent_test_objects PRIVATE tests/support/catch.h <Eigen/Dense>)
set_source_files_properties(tests/main.cpp PROPERTIES
  SKIP_PRECOMPILE_HEADERS ON SKIP_UNITY_BUILD_INCLUSION ON)
# Tests wait for the compiler longer than for themselves.
target_compile_options(descent_test_objects PRIVATE -O1)

add_program(descent_tests $<TARGET_OBJECTS:descent_test_objects> ${COUNTING})
target_include_directories(descent_tests PRIVATE tests)
add_dependencies(descent_tests descent)
add_sanitized_program(descent_tests_sanitized $<TARGET_OBJECTS:descent_test_objects>)
add_dependencies(descent_tests_sanitized descent_sanitized)

# One process for all: starting one for each case takes longer than the cases. The command line is
# tested as it is used: by running it.
enable_testing()
add_test(NAME native COMMAND descent_tests)
set_tests_properties(native PROPERTIES ENVIRONMENT DESCENT_PROGRAM=$<TARGET_FILE:descent>)
add_test(NAME sanitized COMMAND descent_tests_sanitized ~[long])
set_tests_properties(sanitized PROPERTIES ENVIRONMENT DESCENT_PROGRAM=$<TARGET_FILE:descent_sanitized>)

add_program(descent_bench cpp/bench/main.cpp cpp/bench/networks.cpp)

# What the WebAssembly is measured against: the networks and what trains them with the instructions
# that it has, 128 bits at once. These files stand before the library's, where Adam lies apart so
# that it can be left out.
set_source_files_properties(cpp/src/optimizers/adam.cpp PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
file(GLOB NETWORK CONFIGURE_DEPENDS cpp/src/network/*.cpp)
add_program(descent_bench_sse4 cpp/bench/main.cpp cpp/bench/networks.cpp
  cpp/src/optimizers/adam.cpp ${NETWORK})
set_target_properties(descent_bench_sse4 PROPERTIES EXCLUDE_FROM_ALL ON)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64|i[3-6]86")
  target_compile_options(descent_bench_sse4 PRIVATE -msse4.2)
endif()
