// The timed loop of the networks as a WebAssembly module of its own.
#include <emscripten/emscripten.h>

#include "networks.h"

extern "C" EMSCRIPTEN_KEEPALIVE double networkBench(int size, double milliseconds) {
  return descent::networkBench(size, milliseconds);
}
