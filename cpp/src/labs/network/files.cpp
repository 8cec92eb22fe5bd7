#include "labs/network/files.h"

#include "descent/text.h"

namespace descent::network {
namespace {

std::string widthsOf(const Architecture& architecture) {
  std::vector<std::string> widths;
  for (int l = 0; l <= architecture.depth(); ++l) {
    widths.push_back(std::to_string(architecture.width(l)));
  }
  return "[" + join(widths, ", ") + "]";
}

const char* inPython(Activation activation) {
  switch (activation) {
    case Activation::kIdentity:
      return "lambda z: z";
    case Activation::kRelu:
      return "torch.relu";
    case Activation::kLeakyRelu:
      return "nn.LeakyReLU(0.01)";
    case Activation::kTanh:
      return "torch.tanh";
    case Activation::kSigmoid:
      return "torch.sigmoid";
    case Activation::kGelu:
      return "nn.GELU()";
    case Activation::kSilu:
      return "nn.SiLU()";
    case Activation::kSoftplus:
      return "nn.Softplus()";
    case Activation::kSin:
      return "torch.sin";
    case Activation::kSquare:
      return "torch.square";
    case Activation::kCube:
      return "lambda z: z ** 3";
  }
  return "";
}

const char* inPython(Loss loss) {
  switch (loss) {
    case Loss::kSquared:
      return "0.5 * ((f - y) ** 2).sum(1).mean()";
    case Loss::kLogistic:
      return "nn.functional.softplus(-y * f).sum(1).mean()  # y is 1 or -1";
    case Loss::kSoftmax:
      return "nn.functional.cross_entropy(f, y)  # y is the class";
    case Loss::kHinge:
      return "torch.relu(1 - y * f).sum(1).mean()  # y is 1 or -1";
  }
  return "";
}

}  // namespace

std::string weightsJson(const TrainingSetup& setup, const Vector& x) {
  const Architecture& a = setup.architecture;
  std::string text = "{\"shape\": " + widthsOf(a) + ",\n \"activation\": \"" +
                     nameOf(a.activation) + "\",\n \"loss\": \"" + nameOf(setup.loss) +
                     "\",\n \"order\": \"column-major\"," + "\n \"blocks\": [";
  const char* between = "\n  ";
  for (const Block& block : layoutOf(a)) {
    std::vector<std::string> values;
    for (Eigen::Index i = 0; i < block.size(); ++i) {
      const double value = x[block.offset + i];
      values.push_back(std::isfinite(value) ? print(value) : "null");
    }
    text +=
        between + ("{\"name\": \"" + block.name) + "\", \"rows\": " + std::to_string(block.rows) +
        ", \"cols\": " + std::to_string(block.cols) + ", \"values\": [" + join(values, ", ") + "]}";
    between = ",\n  ";
  }
  return text + "\n ]}\n";
}

std::string pytorchCode(const TrainingSetup& setup) {
  const Architecture& a = setup.architecture;
  const std::string indent = "            ";
  std::string code = R"(# A network trained in Descent, in PyTorch. Beside it stands weights.json.
import json

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
WIDTHS = )" + widthsOf(a) +
                     R"(


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        pairs = list(zip(WIDTHS[:-1], WIDTHS[1:]))
        last = len(pairs) - 1
        self.linear = nn.ModuleList(nn.Linear(k, m, bias=)" +
                     (a.batchNorm ? "i == last" : "True") + R"() for i, (k, m) in enumerate(pairs))
        self.phi = )" +
                     inPython(a.activation) + "\n";
  if (a.batchNorm)
    code += "        self.norm = nn.ModuleList(nn.BatchNorm1d(m) for m in WIDTHS[1:-1])\n";
  if (a.residual) {
    code +=
        "        self.shortcut = nn.ModuleList(nn.Identity() if k == m else nn.Linear(k, m, "
        "bias=False)\n                                      for k, m in pairs[:-1])\n";
  }
  if (a.dropout > 0) code += "        self.dropout = nn.Dropout(" + print(a.dropout) + ")\n";
  code += R"(
    def forward(self, a):
        for i, linear in enumerate(self.linear[:-1]):
            h = linear(a)
)";
  if (a.batchNorm) code += indent + "h = self.norm[i](h)\n";
  code += indent + "h = self.phi(h)\n";
  if (a.dropout > 0) code += indent + "h = self.dropout(h)\n";
  code += indent + (a.residual ? "a = self.shortcut[i](a) + " + print(a.branchScale) + " * h\n"
                               : std::string("a = h\n"));
  code += R"(        return self.linear[-1](a)


def loss(f, y):
    return )" +
          std::string(inPython(setup.loss)) + R"(


def load(path="weights.json", inputs=None):
    """The network of that file. Batch norm takes its statistics from `inputs`, the training data."""
    network = Network()
    places = {"W": lambda l: network.linear[l].weight, "b": lambda l: network.linear[l].bias,
              "gamma": lambda l: network.norm[l].weight, "beta": lambda l: network.norm[l].bias,
              "S": lambda l: network.shortcut[l].weight}
    with torch.no_grad():
        for block in json.load(open(path))["blocks"]:
            name = block["name"].rstrip("0123456789")
            place = places[name](int(block["name"][len(name):]) - 1)
            values = torch.tensor(block["values"]).reshape(block["cols"], block["rows"]).T
            place.copy_(values.reshape(place.shape))
        network.eval()
        if hasattr(network, "norm"):
            if inputs is None:
                raise ValueError("batch norm needs the training inputs, n x d, for its statistics")
            n = len(inputs)
            for layer in network.norm:
                layer.train().momentum = 1.0  # what the last batch showed, and nothing older
            network(inputs)
            for layer in network.norm:  # n, where PyTorch keeps the estimate by n - 1
                layer.eval().running_var *= (n - 1) / n
    return network
)";
  return code;
}

}  // namespace descent::network
