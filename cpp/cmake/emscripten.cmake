# All that depends on emscripten and its version; tried with 3.1.6 (Debian 12) and meant to hold
# for current ones.

# Eigen is header-only and lies outside emscripten's own include path.
find_path(EIGEN_DIR Eigen/Dense PATHS /usr/include/eigen3 /usr/local/include/eigen3
          NO_CMAKE_FIND_ROOT_PATH REQUIRED)
target_include_directories(descent_headers SYSTEM INTERFACE ${EIGEN_DIR})
# The reference, which needs formulas and citations, is made from the native program.
target_compile_definitions(descent_headers INTERFACE DESCENT_BRIEF)

# Eigen 3.4 has no WebAssembly packets: it takes the SSE ones, which emscripten emulates by
# 128-bit SIMD. The header switches off Eigen's inline x86 assembly; 16 registers stand for what
# wasm has without limit.
target_compile_options(descent_headers INTERFACE
  -msimd128 -msse4.1 -D__MMINTRIN_H -DEIGEN_ARCH_DEFAULT_NUMBER_OF_REGISTERS=16
  -include ${CMAKE_CURRENT_SOURCE_DIR}/cpp/cmake/eigen_without_assembly.h)
# Its emulated intrinsics declare variables that are not read.
target_compile_options(descent_flags INTERFACE -Wno-unused-but-set-variable)
# Errors are values; what cannot happen ends the module rather than crossing as a bare number.
target_compile_options(descent_headers INTERFACE -fno-exceptions)

# What describes, parses and reports, and what runs once, is compiled for size; what computes is not:
# for size Eigen loses its inlining, and with it more than tenfold in speed. Eigen's loops are over
# packets already: unrolling and vectorising them again costs a quarter of the download. The level
# stands at each target: an inherited one would come after a target's own, and win.
set(FOR_SPEED -O2 -fno-unroll-loops -fno-vectorize)
set(REPORTING ${SOURCES})
list(FILTER REPORTING INCLUDE REGEX
  "/cpp/src/(core|datasets|labs|landscapes|runs|schedules|theory)/")
list(FILTER REPORTING EXCLUDE REGEX
  "/cpp/src/(core/(measured|optimizer|oracle)|labs/depth/gauge)\\.cpp$")
set(COMPUTING ${SOURCES})
list(REMOVE_ITEM COMPUTING ${REPORTING})
add_core(descent_computing STATIC ${COMPUTING})
add_core(descent_reporting STATIC ${REPORTING})
target_compile_options(descent_computing PRIVATE ${FOR_SPEED})
target_compile_options(descent_reporting PRIVATE -Os)
# Of a template that both have compiled the linker takes the first.
add_library(descent_core INTERFACE)
target_link_libraries(descent_core INTERFACE descent_computing descent_reporting)

# The labs come as several modules, so that a page waits for no more than its first labs need. Every
# kind of thing that a module's labs may name is in it; the rest falls out when it is linked. A lab
# is in the last module some header of which its files include, else in descent.
set(MODULES descent descent-networks descent-approximation descent-attention)
set(descent-networks_HEADERS "(network/|runs/(network_lab|loss_surface)\\.h)")
set(descent-approximation_HEADERS "(labs/)?approximation/")
set(descent-attention_HEADERS "(labs/)?attention/")
set(descent_KINDS optimizers schedules landscapes problems)
set(descent-networks_KINDS optimizers schedules datasets)
set(descent-approximation_KINDS optimizers schedules)
set(descent-attention_KINDS optimizers schedules)
# Linked for size, the networks learn up to a third more slowly; what the others compute is small.
set(descent_LINKED -Oz -sMALLOC=emmalloc)
set(descent-networks_LINKED -O3)
set(descent-approximation_LINKED -O3)
set(descent-attention_LINKED -O3)
set(LINK_OPTIONS -sMODULARIZE=1 -sENVIRONMENT=web -sALLOW_MEMORY_GROWTH=1 -sTOTAL_STACK=1MB
  -sFILESYSTEM=0 -sDYNAMIC_EXECUTION=0)

function(module_of_lab path result)
  get_filename_component(folder ${path} DIRECTORY)
  file(GLOB files CONFIGURE_DEPENDS ${folder}/*)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${files})
  set(${result} descent PARENT_SCOPE)
  foreach(module IN LISTS MODULES)
    foreach(file IN LISTS files)
      if(DEFINED ${module}_HEADERS)
        file(STRINGS ${file} found REGEX "^#include \"${${module}_HEADERS}" LIMIT_COUNT 1)
        if(found)
          set(${result} ${module} PARENT_SCOPE)
        endif()
      endif()
    endforeach()
  endforeach()
endfunction()

foreach(path IN LISTS REGISTERED)
  file(RELATIVE_PATH kind ${CMAKE_CURRENT_SOURCE_DIR}/cpp/src ${path})
  string(REGEX REPLACE "/.*" "" kind ${kind})
  if(kind STREQUAL "labs")
    module_of_lab(${path} module)
    list(APPEND ${module}_REGISTERED ${path})
  endif()
  foreach(module IN LISTS MODULES)
    if(kind IN_LIST ${module}_KINDS)
      list(APPEND ${module}_REGISTERED ${path})
    endif()
  endforeach()
endforeach()

add_library(descent_bindings OBJECT cpp/bindings/descent_js.cpp)
target_link_libraries(descent_bindings PRIVATE descent_core descent_flags)
target_compile_options(descent_bindings PRIVATE -Os)

foreach(module IN LISTS MODULES)
  set(register_all ${CMAKE_CURRENT_BINARY_DIR}/register_all/${module}.cpp)
  write_register_all(${register_all} ${${module}_REGISTERED})
  add_executable(${module} ${register_all} $<TARGET_OBJECTS:descent_bindings>)
  set_target_properties(${module} PROPERTIES SUFFIX .js)
  target_compile_options(${module} PRIVATE -Os)
  target_link_libraries(${module} PRIVATE descent_core)
  target_link_options(${module} PRIVATE
    ${${module}_LINKED} -lembind -sEXPORT_NAME=createDescent ${LINK_OPTIONS})
endforeach()

# Their names, the page's first at the front, for those who load them.
add_custom_command(OUTPUT modules.txt
  COMMAND ${CMAKE_COMMAND} -E echo ${MODULES} > modules.txt DEPENDS ${MODULES})
add_custom_target(descent_js DEPENDS modules.txt)

# What `make bench` times in Node and in Chromium: the networks and what trains them, compiled and
# linked as in the page's modules.
write_register_all(${CMAKE_CURRENT_BINARY_DIR}/register_all/descent-bench.cpp
  cpp/src/optimizers/adam.cpp cpp/src/schedules/constant.cpp)
add_executable(descent_bench_js EXCLUDE_FROM_ALL cpp/bench/networks_js.cpp cpp/bench/networks.cpp
  ${CMAKE_CURRENT_BINARY_DIR}/register_all/descent-bench.cpp)
set_target_properties(descent_bench_js PROPERTIES OUTPUT_NAME descent-bench SUFFIX .js)
target_link_libraries(descent_bench_js PRIVATE descent_core descent_flags)
target_compile_options(descent_bench_js PRIVATE ${FOR_SPEED})
target_link_options(descent_bench_js PRIVATE
  ${descent-networks_LINKED} -sEXPORT_NAME=createBench ${LINK_OPTIONS})
