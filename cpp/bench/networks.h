// How fast networks are trained: the loop that is timed natively and as WebAssembly.
#pragma once

namespace descent {

// The networks in the order of kSizes in web/bench/sizes.mjs.
inline constexpr int kNetworks = 3;
const char* networkName(int size);

// Training steps a second of a network, over at least so many milliseconds; a later call goes on
// with the same run.
double networkBench(int size, double milliseconds);

}  // namespace descent
