// Included before Eigen in the WebAssembly build: with a GNU compiler Eigen's SSE packets use
// inline x86 assembly, which there is none of here.
#include <Eigen/src/Core/util/Macros.h>
#undef EIGEN_COMP_GNUC
#define EIGEN_COMP_GNUC 0
