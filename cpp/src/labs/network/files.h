// A trained network as the text of files.
#pragma once

#include <string>

#include "network/training.h"

namespace descent::network {

// {"shape": [2, 8, 1], …, "blocks": [{"name": "W1", "rows": 8, "cols": 2, "values": […]}, …]} with
// every block column-major, in the order of layoutOf(), to 17 digits.
std::string weightsJson(const TrainingSetup& setup, const Vector& x);

// A Python module that rebuilds the network in PyTorch and loads that file into it.
std::string pytorchCode(const TrainingSetup& setup);

}  // namespace descent::network
